-- title: Rows of events
-- question: How many rows were inserted?
SELECT count()
FROM events
