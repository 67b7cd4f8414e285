-- title: What the audit policy records
-- question: Does the record hold the kinds of requests that matter, and no secrets?
-- proves: For each concern, whether requests of that kind are on record and at which levels: secrets and other credentials at Metadata only, changes of workloads and rights, shells and tunnels, refused requests.
-- cannot: A kind that is not on record may not have happened. The policy itself is a file on the control plane and in no event.
-- pass: on record at a fitting level
-- attention: nothing of this kind is on record
-- fail: contents of secrets are recorded
-- none: attention; no request was recorded
-- next: events
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column concern: kind of requests
-- column requests: distinct requests
-- column levels: how much of them is recorded
-- column wanted: what would fit
SELECT
    cluster,
    multiIf(requests = 0, 'attention', bodies_of_secrets > 0, 'fail', 'pass') AS status,
    multiIf(requests = 0, 'nothing of this kind is on record', bodies_of_secrets > 0, 'contents are recorded', 'on record') AS finding,
    concern,
    requests,
    levels,
    if(concern = 'secrets and tokens', 'Metadata only', 'any level') AS wanted
FROM
(
    SELECT
        cluster,
        concern,
        countIf(concern = seen) AS requests,
        arrayStringConcat(arraySort(groupUniqArrayIf(toString(level), concern = seen)), ', ') AS levels,
        countIf(concern = seen AND seen = 'secrets and tokens' AND (level = 'RequestResponse' OR (level = 'Request' AND is_write(verb, resource, subresource))) AND code < 300) AS bodies_of_secrets
    FROM
    (
        SELECT
            cluster,
            level,
            code,
            verb,
            resource,
            subresource,
            multiIf(
                resource IN ('secrets', 'tokenreviews') OR subresource = 'token', 'secrets and tokens',
                subresource IN ('exec', 'attach', 'portforward', 'proxy'), 'shells, tunnels and proxies',
                api_group IN ('rbac.authorization.k8s.io', 'authorization.openshift.io') AND is_write(verb, resource, subresource), 'changes of rights',
                resource IN ('pods', 'deployments', 'daemonsets', 'statefulsets', 'jobs', 'cronjobs', 'replicasets') AND is_write(verb, resource, subresource), 'changes of workloads',
                is_denied(code, decision), 'refused requests',
                'others') AS seen,
            arrayJoin(['secrets and tokens', 'shells, tunnels and proxies', 'changes of rights', 'changes of workloads', 'refused requests']) AS concern
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND stage != 'RequestReceived'
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    GROUP BY
        cluster,
        concern
)
