-- title: Batches that came in
-- question: Which batches came to the ledger lately, and of which time are their events?
-- param since: when they came; all rows of a batch are in the store by then
SELECT
    batch_id,
    cluster,
    first_event_at,
    last_event_at,
    loaded_at
FROM batches
WHERE loaded_at >= {since:DateTime64(6, 'UTC')}
ORDER BY loaded_at
