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
    opened.cluster AS cluster,
    opened.actor AS actor,
    opened.client_ip AS client_ip,
    count() AS attempts
FROM
(
    SELECT
        cluster,
        actor,
        client_ip,
        login_at
    FROM logins
    WHERE $__timeFilter_ms(login_at)
        AND evidence != 'idle-gap'
        AND client_ip != ''
) AS opened
INNER JOIN
(
    SELECT
        cluster,
        client_ip,
        attempted_at
    FROM failed_attempts
    WHERE attempted_at >= $__fromTime - toIntervalMinute(15)
        AND attempted_at <= $__toTime
) AS refused ON refused.cluster = opened.cluster AND refused.client_ip = opened.client_ip
WHERE refused.attempted_at BETWEEN opened.login_at - toIntervalMinute(15) AND opened.login_at
GROUP BY
    cluster,
    actor,
    client_ip
