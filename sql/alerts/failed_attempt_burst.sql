-- title: Burst of failed attempts
-- question: Which address tries credentials on one thing after another?
-- summary: {{ $labels.client_ip }} was refused {{ printf "%.0f" $values.B.Value }} times on {{ $labels.cluster }} ({{ $labels.class }}, {{ $labels.client }})
-- severity: warning
-- lookback: 30m
-- for: 0s
-- above: 9
-- no data: OK
-- A machine with an expired token asks for one thing again and again: hundreds of refusals, no attack, and no alert.
SELECT
    cluster,
    class,
    client_ip,
    client_of(user_agent) AS client,
    uniqExact(attempted_at, evidence_ids) AS attempts
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
GROUP BY
    cluster,
    class,
    client_ip,
    client
HAVING uniqExact(target) >= 4
