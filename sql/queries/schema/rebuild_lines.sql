-- title: Projection of the stored lines
-- question: How are the stored lines of identity providers and proxies brought under the present rules?
INSERT INTO lines
SELECT
    cluster,
    platform,
    '' AS source,
    batch_id,
    position,
    record_kind,
    '' AS reason,
    '' AS redacted,
    at AS received_at,
    false AS delivered,
    system,
    toNullable(at) AS at,
    ended_at,
    raw
FROM
(
    SELECT
        cluster,
        if(platform = 'kubernetes', '', toString(platform)) AS platform,
        batch_id,
        toUInt64(0) AS position,
        'identity' AS record_kind,
        component AS system,
        at,
        CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS ended_at,
        raw
    FROM auth_records FINAL
    WHERE raw != ''
    UNION ALL
    SELECT
        cluster,
        '' AS platform,
        batch_id,
        position,
        'access' AS record_kind,
        system,
        accepted_at AS at,
        toNullable(ended_at) AS ended_at,
        raw
    FROM access_records FINAL
)
