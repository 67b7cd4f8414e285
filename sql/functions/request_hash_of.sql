-- request_hash_of(component, audit_id, requested_at): identity of a request within its cluster, for exact distinct counts.
CREATE OR REPLACE FUNCTION request_hash_of AS (component, audit_id, requested_at) ->
    sipHash64(component, audit_id, requested_at)
