-- title: Requirements
-- question: What do the rows of evidence say about each requirement, and what is not known? A verdict is about what the audit record shows; the page of the report says what each query proves and what it cannot.
-- empty: The store knows no cluster.
-- include verdict: the verdicts of all requirements
-- note: panel is the number that dashboards/layout.py gives the panel of the evidence
SELECT
    requirement,
    status,
    cluster,
    finding,
    number AS evidence_rows,
    title AS asks_for,
    1 + CRC32(concat('evidence/', evidence)) % 999983 AS panel
FROM
(
    /* verdict */
)
ORDER BY
    position,
    indexOf(['fail', 'no-data', 'attention', 'pass', 'not-applicable'], status),
    cluster
LIMIT 1000
