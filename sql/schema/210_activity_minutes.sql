-- activity with its aggregate states finished: one row per session key and minute, whatever merges have happened.
CREATE OR REPLACE VIEW activity_minutes AS
SELECT
    cluster,
    actor,
    key_credential,
    key_ip,
    minute,
    max(activity.actor_kind) AS actor_kind,
    min(activity.first) AS first,
    max(activity.last) AS last,
    uniqExactMerge(activity.requests) AS requests,
    uniqExactMerge(activity.writes) AS writes,
    uniqExactMerge(activity.denied) AS denied,
    arraySort(groupUniqArrayArray(activity.clients)) AS clients,
    arraySort(groupUniqArrayArray(activity.addresses)) AS addresses,
    arraySort(groupUniqArrayArray(activity.credentials)) AS credentials,
    arraySort(groupUniqArrayArray(activity.acting_as)) AS acting_as
FROM activity
GROUP BY
    cluster,
    actor,
    key_credential,
    key_ip,
    minute
COMMENT 'Activity per session key and minute, ready to read.'
