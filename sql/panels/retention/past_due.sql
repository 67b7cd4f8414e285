-- title: Rows past due
-- question: Rows that the policy should have removed already and that no legal hold covers. More than none for longer than a day means that retention is not applied.
-- next: retention/state
SELECT sum(past_due) AS value
FROM retention_state
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
