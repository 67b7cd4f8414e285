-- is_held(cluster, names, at, holds): whether a legal hold covers a row. Each hold is (cluster, actor, since, until), empty for any. Rows that name
-- nobody are held by cluster and time alone: whose they are is not known.
CREATE OR REPLACE FUNCTION is_held AS (cluster, names, at, holds) ->
    arrayExists(
        hold -> (hold.1 = '' OR hold.1 = cluster)
            AND (hold.2 = '' OR empty(arrayFilter(name -> name != '', names)) OR has(names, hold.2))
            AND at >= hold.3
            AND at < hold.4,
        holds)
