-- session_id_of(cluster, actor, key_credential, key_ip, started_at): the same events give the same id on any machine, in any order.
CREATE OR REPLACE FUNCTION session_id_of AS (cluster, actor, key_credential, key_ip, started_at) ->
    lower(hex(sipHash128(cluster, actor, key_credential, key_ip, started_at)))
