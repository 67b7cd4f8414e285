-- title: Break-glass login
-- question: Who uses an administrator that nobody can name?
-- summary: {{ $labels.actor }} is used on {{ $labels.cluster }} from {{ $labels.client_ip }} ({{ $labels.credential_kind }}, {{ printf "%.0f" $values.B.Value }} requests)
-- severity: critical
-- lookback: 1h
-- for: 0s
-- above: 0
-- no data: OK
SELECT
    cluster,
    actor,
    client_ip,
    credential_kind,
    sum(requests) AS requests
FROM sessions
WHERE last_seen_at >= $__fromTime
    AND started_at <= $__toTime
    AND is_break_glass(actor)
GROUP BY
    cluster,
    actor,
    client_ip,
    credential_kind
