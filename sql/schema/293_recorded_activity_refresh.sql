CREATE MATERIALIZED VIEW IF NOT EXISTS recorded_activity_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON reigns_refresh TO recorded_activity
EMPTY
AS
SELECT
    cluster,
    actor,
    owner,
    key_ip,
    max(owned_slices.actor_kind) AS actor_kind,
    min(owned_slices.first_seen_at) AS first_seen_at,
    arraySort(groupArray(slice)) AS slices,
    groupArrayIf(slice.3.audit_id, is_ending) AS endings
FROM owned_slices
GROUP BY
    cluster,
    actor,
    owner,
    key_ip
