-- title: Logins from outside given networks
-- question: Who logged in from an address that is not in our networks?
-- next: auditradar who NAME
-- tags: logins
-- attack: T1133 External Remote Services
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param networks: our networks; default 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,127.0.0.0/8,fc00::/7,::1/128
SELECT
    login_at,
    cluster,
    actor,
    method,
    client_ip,
    client_ip_evidence,
    confidence,
    session_id,
    evidence_ids
FROM logins
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND client_ip != ''
    AND NOT arrayExists(network -> isIPAddressInRange(if(client_ip = '', '::', client_ip), network), {networks:Array(String)})
ORDER BY
    login_at,
    cluster,
    actor
