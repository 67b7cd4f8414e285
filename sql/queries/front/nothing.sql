-- title: No answer
-- question: What is said to a statement that needs no answer?
SELECT 1
WHERE 0
