-- title: Rules in force
-- question: Which rules classify what comes in now, as one hash?
SELECT lower(hex(SHA256(toString((
    (
        SELECT arraySort(groupArray((rank, match, pattern, actor_kind)))
        FROM actor_rules
    ),
    (
        SELECT arraySort(groupArray((rank, pattern, client, method, interactive)))
        FROM client_rules
    ),
    (
        SELECT arraySort(groupArray((prefix, clusters)))
        FROM trusted_proxies
    )))))) AS rules
