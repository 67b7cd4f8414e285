-- title: Tokens issued for service accounts
-- question: Who made tokens for service accounts, and from where were they used?
-- next: auditradar queries run credential-use --param credential=ID
-- tags: tokens, privileges
-- attack: T1098.001 Additional Cloud Credentials
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities that issued them; default human,service-account
SELECT
    issued.requested_at AS issued_at,
    issued.cluster AS cluster,
    issued.actor AS issued_by,
    issued.client_ip AS issued_from,
    concat('system:serviceaccount:', issued.namespace, ':', issued.name) AS service_account,
    issued.credential AS credential_id,
    arraySort(groupUniqArrayIf(used.client_ip, used.client_ip != '')) AS used_from,
    countIf(used.audit_id != '') AS uses,
    [issued.audit_id] AS evidence_ids
FROM
(
    SELECT
        *,
        issued_credential_of(annotations) AS credential
    FROM requests
    WHERE (cluster, requested_at) IN
        (
            SELECT
                cluster,
                requested_at
            FROM events
            WHERE requested_at >= {since:DateTime64(6, 'UTC')}
                AND requested_at < {until:DateTime64(6, 'UTC')}
                AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
                AND resource = 'serviceaccounts'
                AND subresource = 'token'
                AND outcome = 'success'
                AND actor_kind IN {kinds:Array(String)}
        )
        AND resource = 'serviceaccounts'
        AND subresource = 'token'
        AND outcome = 'success'
        AND actor_kind IN {kinds:Array(String)}
) AS issued
LEFT JOIN
(
    SELECT
        cluster,
        credential_id,
        client_ip,
        audit_id
    FROM requests
    WHERE (cluster, requested_at) IN
        (
            SELECT
                cluster,
                requested_at
            FROM events
            WHERE credential_kind = 'service-account-token'
                AND credential_id IN
                (
                    SELECT issued_credential_of(annotations)
                    FROM events
                    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
                        AND requested_at < {until:DateTime64(6, 'UTC')}
                        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
                        AND resource = 'serviceaccounts'
                        AND subresource = 'token'
                        AND outcome = 'success'
                )
        )
        AND credential_kind = 'service-account-token'
        AND credential_id != ''
) AS used ON used.cluster = issued.cluster AND used.credential_id = issued.credential
GROUP BY
    issued.requested_at,
    issued.cluster,
    issued.actor,
    issued.client_ip,
    issued.namespace,
    issued.name,
    issued.credential,
    issued.audit_id
ORDER BY
    issued_at,
    cluster
