-- title: Names like this one
-- question: Whom could a mistyped name have meant?
-- param name: what was typed
-- param limit: most rows returned
SELECT actor AS user_name
FROM
(
    SELECT DISTINCT
        toString(actor) AS actor,
        lower({name:String}) AS wanted
    FROM events
    WHERE actor != ''
)
WHERE positionUTF8(lower(actor), wanted) > 0
    OR damerauLevenshteinDistance(lower(actor), wanted) <= greatest(1, intDiv(length(wanted), 4))
    OR jaroWinklerSimilarity(lower(actor), wanted) > 0.85
    OR jaroWinklerSimilarity(lower(extract(actor, '[^:]*$')), wanted) > 0.85
ORDER BY
    actor_kind(actor) = 'human' DESC,
    jaroWinklerSimilarity(lower(actor), wanted) DESC,
    actor
LIMIT {limit:UInt64}
