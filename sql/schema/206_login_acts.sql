-- Steps of one person no more than 30 s after the first of them are one act, unless their addresses differ. A step whose address is hidden goes with
-- the address before it, or, where there is none, after it.
CREATE OR REPLACE VIEW login_acts
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'The person, as the cluster names them where it does.',
    steps Array(Tuple(
        rank UInt8,
        at DateTime64(6, 'UTC'),
        evidence_id String,
        step String,
        platform String,
        credential_id String,
        client_name String,
        provider String,
        client_ip String,
        client_ip_evidence String,
        hidden UInt8,
        user_agent String)) COMMENT 'The steps, the decisive first: tokens, then what the OAuth server accepted, then lines of identity providers, then cookies used again.',
    is_login UInt8 COMMENT 'Whether somebody showed a credential. A token with nothing but a cookie before it is silent single sign-on and no login; a token alone is one: then the log of the OAuth server is not there.'
)
AS
SELECT
    cluster,
    actor,
    arraySort(arrayFilter((step, act) -> act = chosen_act, mine, acts)) AS steps,
    toUInt8(
        arrayExists(step -> step.rank IN (2, 3), steps)
        OR (steps[1].rank = 1 AND NOT arrayExists(step -> step.rank = 4, steps))) AS is_login
FROM
(
    SELECT
        cluster,
        actor,
        mine,
        arrayFold(
            (found, step) -> arrayPushBack(found, if(notEmpty(found) AND dateDiff('microsecond', found[-1], step.at) <= 30000000, found[-1], step.at)),
            mine,
            CAST([], 'Array(DateTime64(6, \'UTC\'))')) AS acts,
        arrayJoin(arrayDistinct(acts)) AS chosen_act
    FROM
    (
        SELECT
            cluster,
            actor,
            arrayMap(timed -> timed.3, burst) AS all_steps,
            arrayMap(step -> if(step.hidden = 1, '', step.client_ip), all_steps) AS shown,
            arrayReverseFill(address -> address != '', arrayFill(address -> address != '', shown)) AS addresses,
            arrayJoin(arrayDistinct(addresses)) AS address,
            arrayFilter((step, its) -> its = address, all_steps, addresses) AS mine
        FROM
        (
            SELECT
                cluster,
                actor,
                arrayJoin(split_where_silent(
                    arraySort(groupArray(tuple(
                        at,
                        at,
                        CAST(
                            tuple(
                                transform(step, ['token', 'password', 'callback', 'idp', 'cookie'], [1, 2, 2, 3, 4], 5),
                                at,
                                evidence_id,
                                step,
                                platform,
                                credential_id,
                                client_name,
                                provider,
                                client_ip,
                                client_ip_evidence,
                                hidden,
                                user_agent),
                            'Tuple(rank UInt8, at DateTime64(6, \'UTC\'), evidence_id String, step String, platform String, credential_id String, client_name String, provider String, client_ip String, client_ip_evidence String, hidden UInt8, user_agent String)')))),
                    30)) AS burst
            FROM login_steps
            GROUP BY
                cluster,
                actor
        )
    )
)
COMMENT 'Recorded facts about authentication folded into what a person did once.'
