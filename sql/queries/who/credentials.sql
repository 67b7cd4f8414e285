-- title: Credentials
-- question: What did they show to get in, from where?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    credential_kind,
    if(key_credential_of(credential_kind, credential_id) != '', credential_id, '') AS credential_id,
    uniqExactIf(requests.credential_id, requests.credential_id != '') AS distinct_ids,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    count() AS requests,
    arraySort(groupUniqArrayIf(toString(client_ip), client_ip != '')) AS addresses,
    multiIf(
        length(addresses) > 1 AND credential_kind = 'x509', 'one certificate, several addresses',
        length(addresses) > 1 AND credential_kind = 'eks-iam', 'one access key, several addresses',
        '') AS remark
FROM requests
WHERE actor = {name:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    credential_kind,
    credential_id
ORDER BY
    last_seen_at DESC,
    credential_id
