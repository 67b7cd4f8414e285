-- title: Logins outside working hours
-- question: Who logged in at night or at the weekend?
-- next: auditradar who NAME
-- tags: logins
-- attack: T1078 Valid Accounts
-- param timezone: time zone of the office; default UTC
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param from_hour: first working hour; default 7
-- param to_hour: hour at which work ends; default 19
SELECT
    login_at,
    cluster,
    actor,
    method,
    client_ip,
    formatDateTime(toTimeZone(login_at, {timezone:String}), '%a %H:%i') AS local_time,
    confidence,
    session_id,
    evidence_ids
FROM logins
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND (
        toDayOfWeek(toTimeZone(login_at, {timezone:String})) > 5
        OR toHour(toTimeZone(login_at, {timezone:String})) < {from_hour:UInt8}
        OR toHour(toTimeZone(login_at, {timezone:String})) >= {to_hour:UInt8})
ORDER BY
    login_at,
    cluster,
    actor
