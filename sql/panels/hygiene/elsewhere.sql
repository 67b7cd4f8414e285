-- title: Tokens used elsewhere
-- question: Tokens of service accounts used where neither their workload nor their service account ever was, in the range. A proxy between pod and API server that is new looks the same.
-- next: hygiene/lineage
SELECT uniqExact(credential_id) AS value
FROM token_lineage
WHERE elsewhere
    AND first_used_at BETWEEN $__fromTime_ms AND $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(service_account, decodeURLComponent('${actor:percentencode}')), $actor)
