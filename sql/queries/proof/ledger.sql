-- title: Ledger rows that do not match
-- question: Which rows of the ledger were changed, removed or put in another order?
-- param cluster: regular expression for the clusters; empty for all
-- Two loaders of one source at the same moment may write two rows that follow the same one: the chain forks, and no row is lost by that.
-- The hash is chain_hash_of of ingest/ledger.py: the facts of a row, one a line, in the order of its dataclass.
SELECT
    multiIf(
        chain_hash != computed, 'ledger-changed',
        sequence > 1 AND empty(before), 'ledger-removed',
        'ledger-relinked') AS problem,
    cluster,
    source,
    sequence,
    batch_id,
    loaded_at
FROM
(
    SELECT
        *,
        if(
            sequence = 1,
            [''],
            groupUniqArray(chain_hash) OVER (PARTITION BY cluster, source ORDER BY sequence RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING)) AS before,
        lower(hex(SHA256(arrayStringConcat(
            [
                toString(cluster),
                source,
                toString(component),
                batch_id,
                toString(first_offset),
                toString(bytes),
                toString(first_position),
                toString(records),
                toString(rejected),
                toString(redacted),
                toString(excluded),
                ifNull(toString(toUnixTimestamp64Micro(first_event_at)), ''),
                ifNull(toString(toUnixTimestamp64Micro(last_event_at)), ''),
                content_hash,
                arrayStringConcat(
                    arrayMap(part -> concat(part.1, ' ', toString(part.2), ' ', toString(part.3), ' ', part.4), parts),
                    ','),
                rules_hash,
                previous_hash,
                toString(sequence)],
            '\n')))) AS computed
    FROM batches
    FINAL
    WHERE match(cluster, {cluster:String})
)
WHERE chain_hash != computed
    OR NOT has(before, previous_hash)
ORDER BY
    loaded_at,
    cluster,
    source,
    sequence
