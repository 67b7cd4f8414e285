-- title: A row of hold_log
-- question: What is the hash of this row?
-- param sequence: number of the row
SELECT chain_hash
FROM hold_log
WHERE sequence = {sequence:UInt64}
