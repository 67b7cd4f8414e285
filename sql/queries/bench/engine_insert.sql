-- title: What the engine itself can insert
-- question: How fast does ClickHouse alone read this file and fill events, with no derivations?
-- param path: NDJSON file of canonical events
INSERT INTO landing
SELECT
    'bench' AS cluster,
    '' AS platform,
    'kube-apiserver' AS component,
    {path:String} AS source,
    'bench' AS batch_id,
    toUInt64(1) AS position,
    'event' AS record_kind,
    '' AS reason,
    '' AS redacted,
    now64(6, 'UTC') AS received_at,
    line AS raw
FROM file({path:String}, 'LineAsString')
