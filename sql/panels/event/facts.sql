-- title: What is known of it
-- question: The fields of the request, or of the line of an identity provider, with what was derived from them. Times are UTC. What was not recorded is left out.
-- empty: No event with this audit id.
-- next: who
SELECT
    fact.1 AS field,
    fact.2 AS value
FROM
(
    SELECT arrayJoin([
        ('requested at', toString(requested_at)),
        ('last stage at', toString(stage_at)),
        ('took', concat(toString(dateDiff('millisecond', requested_at, stage_at)), ' ms')),
        ('cluster', toString(cluster)),
        ('who', toString(actor)),
        ('kind of actor', toString(actor_kind)),
        ('groups', arrayStringConcat(actor_groups, ', ')),
        ('acted as', toString(impersonated_user)),
        ('credential', toString(credential_kind)),
        ('credential id', credential_id),
        ('client address', toString(client_ip)),
        ('address known by', toString(client_ip_evidence)),
        ('all addresses', arrayStringConcat(source_ips, ' → ')),
        ('program', toString(client)),
        ('user agent', toString(user_agent)),
        ('what', target_of(verb, resource, subresource, namespace, name, request_uri)),
        ('request', request_uri),
        ('outcome', concat(toString(code), ' ', outcome)),
        ('answer', message),
        ('decision', toString(decision)),
        ('allowed or refused by', toString(decision_reason)),
        ('sensitive', sensitive_kind_of(verb, api_group, resource, subresource)),
        ('redacted', arrayStringConcat(redacted, ', ')),
        ('batch', toString(batch_id)),
        ('ingested at', toString(ingested_at))]) AS fact
    FROM
    (
        SELECT *
        FROM events
        WHERE audit_id = decodeURLComponent('${audit_id:percentencode}')
        ORDER BY
            stage_rank_of(stage) DESC,
            richness DESC
        LIMIT 1
    )
    UNION ALL
    SELECT arrayJoin([
        ('at', toString(at)),
        ('cluster', toString(cluster)),
        ('written by', toString(component)),
        ('meaning', toString(kind)),
        ('its own word', toString(decision)),
        ('who', toString(actor)),
        ('names', arrayStringConcat(names, ', ')),
        ('provider', toString(provider)),
        ('OAuth client', toString(client_name)),
        ('client address', toString(client_ip)),
        ('user agent', toString(user_agent)),
        ('groups', arrayStringConcat(groups, ', ')),
        ('why it failed', reason),
        ('batch', toString(batch_id))])
    FROM auth_records
    WHERE evidence_id = decodeURLComponent('${audit_id:percentencode}')
        AND raw != ''
)
WHERE value != ''
LIMIT 100
