-- title: Sessions that can be looked at
-- question: Of whose sessions is every request on record, and where does the record end?
-- proves: For every person with a session in the period: the requests of the sessions, each of which is on record, and the connections into pods, of which only the beginning and the end are.
-- cannot: What was typed in a shell, and what went through a tunnel: the audit log ends at the connection. What was on a screen.
-- pass: every request of the sessions is on record
-- attention: the person opened connections whose inside is not recorded
-- none: attention; nobody had a session
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column sessions: sessions in the period
-- column requests: distinct requests
-- column connections: shells, tunnels and proxies into the cluster, and debug containers
-- column first_at: beginning of the first session
-- column last_at: the last of them
-- column audit_id: auditID of the decisive event
SELECT
    own.cluster AS cluster,
    if(inside.connections > 0, 'attention', 'pass') AS status,
    if(inside.connections > 0, 'opened connections whose inside is not recorded', 'every request is on record') AS finding,
    own.actor AS actor,
    own.sessions AS sessions,
    own.requests AS requests,
    inside.connections AS connections,
    own.first_at AS first_at,
    own.last_at AS last_at,
    own.audit_id AS audit_id
FROM
(
    SELECT
        cluster,
        toString(actor) AS actor,
        count() AS sessions,
        sum(sessions.requests) AS requests,
        min(started_at) AS first_at,
        max(last_seen_at) AS last_at,
        argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
    FROM sessions
    WHERE actor_kind = 'human'
        AND last_seen_at >= {since:DateTime64(6, 'UTC')}
        AND started_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor
) AS own
LEFT JOIN
(
    SELECT
        cluster,
        toString(actor) AS actor,
        uniqExact(requested_at, events.audit_id) AS connections
    FROM events
    WHERE subresource IN ('exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers')
        AND actor_kind = 'human'
        AND NOT is_denied(code, decision)
        AND requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor
) AS inside ON inside.cluster = own.cluster AND inside.actor = own.actor
