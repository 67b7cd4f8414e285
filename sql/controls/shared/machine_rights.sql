-- title: What system accounts did
-- question: What did each service account do, and with which rights?
-- proves: Every service account that was active, with what it asked for and whether a binding of cluster-admin allowed any of it: the list for a review.
-- cannot: That somebody looked at the list. Rights that were not used. Service accounts that were not active.
-- pass: the account used no administrative rights
-- attention: the account used administrative rights, or was refused
-- none: attention; no service account was active
-- next: events
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column requests: distinct requests
-- column writes: requests that change something
-- column secrets: requests for secrets
-- column privileged: requests that all rights allowed
-- column denied: requests refused by authorization
-- column first_at: the first of them
-- column last_at: the last of them
SELECT
    cluster,
    if(privileged > 0 OR denied > 0, 'attention', 'pass') AS status,
    multiIf(privileged > 0, 'used administrative rights', denied > 0, 'was refused', 'no administrative rights used') AS finding,
    actor,
    requests,
    writes,
    secrets,
    privileged,
    denied,
    first_at,
    last_at
FROM
(
    SELECT
        cluster,
        actor,
        uniqExact(cluster, requested_at, audit_id) AS requests,
        uniqExactIf((cluster, requested_at, audit_id), is_write(verb, resource, subresource)) AS writes,
        uniqExactIf((cluster, requested_at, audit_id), resource = 'secrets') AS secrets,
        uniqExactIf((cluster, requested_at, audit_id), is_privileged(actor_groups, decision_reason)) AS privileged,
        uniqExactIf((cluster, requested_at, audit_id), is_denied(code, decision)) AS denied,
        min(requested_at) AS first_at,
        max(requested_at) AS last_at
    FROM events
    WHERE actor_kind = 'service-account'
        AND requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor
)
