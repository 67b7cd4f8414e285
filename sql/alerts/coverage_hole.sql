-- title: Hole in coverage
-- question: Which API server has hours without a single event between hours with events?
-- summary: {{ $labels.component }} of {{ $labels.cluster }} has {{ printf "%.0f" $values.B.Value }} hours without an event in the last two days
-- severity: warning
-- lookback: 48h
-- for: 30m
-- above: 0
-- no data: OK
-- The oauth-server is silent where nobody logs in.
SELECT
    cluster,
    component,
    countIf(gap) AS hours_missing
FROM hours_covered
WHERE $__timeFilter(hour)
    AND component != 'oauth-server'
GROUP BY
    cluster,
    component
