-- title: A row of retention_log
-- question: What is the hash of this row?
-- param sequence: number of the row
SELECT chain_hash
FROM retention_log
WHERE sequence = {sequence:UInt64}
