-- title: Success after failures
-- question: Who got in from an address that was refused just before?
-- summary: {{ $labels.actor }} got in to {{ $labels.cluster }} from {{ $labels.client_ip }} after {{ printf "%.0f" $values.B.Value }} refused attempts
-- severity: critical
-- lookback: 1h
-- for: 0s
-- above: 2
-- no data: OK
-- Only the first login ever of that actor from that address: somebody who mistyped at the usual desk is no news.
SELECT
    cluster,
    actor,
    client_ip,
    max(attempts) AS attempts
FROM logins_after_failures
WHERE $__timeFilter_ms(login_at)
    AND evidence != 'idle-gap'
GROUP BY
    cluster,
    actor,
    client_ip
