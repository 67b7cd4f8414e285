-- client_entry_of(cluster, source_ips): index of the entry that names the client: the first from the right that is no trusted proxy; the
-- leftmost when all are; 0 for an empty list.
CREATE OR REPLACE FUNCTION client_entry_of AS (cluster, source_ips) ->
    if(empty(source_ips), 0, greatest(1, arrayLastIndex(entry -> NOT is_trusted_proxy(cluster, entry), source_ips)))
