CREATE OR REPLACE VIEW persons
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    person_key String COMMENT 'What all names of the person have in common; see person_key_of.',
    actors Array(String) COMMENT 'Names that the cluster knows for it, in order of the alphabet; more than one where they differ in prefix or case only.'
)
AS
SELECT
    cluster,
    person_key_of(name) AS person_key,
    arraySort(groupUniqArray(name)) AS actors
FROM
(
    SELECT
        cluster,
        toString(actor) AS name
    FROM activity
    WHERE key_credential = ''
    GROUP BY
        cluster,
        name
    UNION DISTINCT
    SELECT
        cluster,
        toString(actor) AS name
    FROM auth_facts
    WHERE actor != ''
        AND kind IN ('token-created', 'token-refreshed', 'token-deleted', 'allowed')
    GROUP BY
        cluster,
        name
)
GROUP BY
    cluster,
    person_key
COMMENT 'Names under which a cluster knows its people, so that the line of an identity provider finds its person.'
