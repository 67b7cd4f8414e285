-- Who stood before the router: the join is on the connection's interval and backend, or on a request's method and path, never on a minute (minutes
-- only narrow the search). Requests beat connections; two client addresses mean none. Lines of proxies may be written by the second: one is allowed.
CREATE OR REPLACE VIEW authentication_origins
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    evidence_id String COMMENT 'auditID of the request to the oauth-server.',
    at DateTime64(6, 'UTC') COMMENT 'When it received the request.',
    client_ip String COMMENT 'The one client address that access logs name for it.'
)
AS
SELECT
    cluster,
    evidence_id,
    at,
    if(notEmpty(requesters), requesters[1], connected[1]) AS client_ip
FROM
(
    SELECT
        asked.cluster AS cluster,
        asked.evidence_id AS evidence_id,
        asked.at AS at,
        groupUniqArrayIf(2)(seen.client, seen.uri != '') AS requesters,
        groupUniqArrayIf(2)(seen.client, seen.uri = '') AS connected
    FROM
    (
        SELECT
            cluster,
            evidence_id,
            at,
            target,
            multiIf(target IN ('/oauth/token', '/logout') OR startsWith(target, '/login'), 'POST', '') AS method,
            toStartOfMinute(at) AS minute
        FROM auth_records FINAL
        WHERE component = 'oauth-server'
            AND is_hidden_address(cluster, toString(client_ip), toString(client_ip_evidence))
    ) AS asked
    INNER JOIN
    (
        SELECT
            cluster,
            path(uri) AS uri,
            upper(method) AS method,
            if(uri = '', accepted_at, accepted_at - toIntervalSecond(1)) AS begins_at,
            if(uri = '', ended_at, ended_at + toIntervalSecond(1)) AS ends_at,
            address_of(arrayPushBack(forwarded_for, toString(client_ip))[client_entry_of(cluster, arrayPushBack(forwarded_for, toString(client_ip)))]) AS client,
            arrayJoin(arrayMap(
                step -> toStartOfMinute(begins_at) + toIntervalMinute(step),
                range(toUInt32(least(dateDiff('minute', begins_at, ends_at), 10080) + 1)))) AS minute
        FROM access_records FINAL
        WHERE (access_records.uri != '' AND match(access_records.uri, '^(https?://[^/]+)?/(login|logout|oauth|oauth2callback)(/|\\?|$)'))
            OR (access_records.uri = '' AND (position(backend, 'oauth-openshift') > 0 OR (cluster, server_ip) IN (
                SELECT
                    cluster,
                    client_ip
                FROM auth_records
                WHERE kind = 'token-created'
                    AND by = 'system:serviceaccount:openshift-authentication:oauth-openshift')))
    ) AS seen ON seen.cluster = asked.cluster AND seen.minute = asked.minute
    WHERE asked.at BETWEEN seen.begins_at AND seen.ends_at
        AND seen.client != ''
        AND NOT is_trusted_proxy(seen.cluster, seen.client)
        AND (seen.uri = '' OR (seen.uri = asked.target AND (asked.method = '' OR seen.method = '' OR seen.method = asked.method)))
    GROUP BY
        cluster,
        evidence_id,
        at
)
WHERE length(requesters) = 1
    OR (empty(requesters) AND length(connected) = 1)
COMMENT 'Client addresses that access logs name for requests to the oauth-server, where there is exactly one.'
