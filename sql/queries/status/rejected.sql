-- title: Records that could not be read
-- question: How many records were rejected in all?
SELECT count() AS rejected
FROM rejected FINAL
