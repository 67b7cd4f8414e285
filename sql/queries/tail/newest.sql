-- title: Newest batch
-- question: When did a batch come to the ledger last?
SELECT max(loaded_at) AS newest
FROM batches
