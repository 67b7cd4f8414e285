-- title: Rows of hold_log that do not match
-- question: Which rows of the log of holds were changed, removed or put in another order?
-- The hash is that of ingest/proof/logbook.py: all columns but chain_hash, one a line.
SELECT sequence
FROM
(
    SELECT
        *,
        lagInFrame((sequence, chain_hash), 1, (toUInt64(0), '')) OVER (ORDER BY sequence ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before,
        lower(hex(SHA256(arrayStringConcat(
            [
                toString(sequence),
                toString(toUnixTimestamp64Micro(at)),
                by,
                toString(action),
                hold_id,
                incident,
                actor,
                cluster,
                toString(toUnixTimestamp64Micro(since)),
                toString(toUnixTimestamp64Micro(until)),
                why,
                toString(rows),
                previous_hash],
            '\n')))) AS computed
    FROM hold_log
)
WHERE chain_hash != computed
    OR sequence != before.1 + 1
    OR previous_hash != before.2
ORDER BY sequence
