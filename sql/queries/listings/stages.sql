-- title: Stages of requests
-- question: Which stages of which requests were logged?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: regular expression of user names; empty for all
-- param effective_user: regular expression of the identities that requests were authorized as; empty for all
-- param verb: regular expression of verbs; empty for all
-- param resource: regular expression of resource or resource/subresource; empty for all
-- param namespace: regular expression of namespaces; empty for all
-- param name: regular expression of object names; empty for all
-- param outcome: regular expression of outcomes; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param client: regular expression of programs; empty for all
-- param text: text to find in any typed column, in upper or lower case; empty for all
-- param raw_text: text to find in the raw event, in upper or lower case; empty for all
-- param audit_ids: audit ids; empty for all
-- param batch_ids: batches that delivered the copy that is kept; empty for all
-- param all_kinds: whether machines are shown too
-- param with_raw: whether the raw event is returned
-- param preselect: whether the events are looked through first, which is faster unless nearly all of them match
-- param limit: most rows returned
SELECT
    requested_at,
    stage_at,
    ingested_at,
    cluster,
    platform,
    component,
    audit_id,
    stage,
    level,
    actor,
    actor_kind,
    actor_uid,
    actor_groups,
    actor_extra,
    impersonated_user,
    impersonated_groups,
    effective_user,
    verb,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    request_uri,
    api_group,
    api_version,
    resource,
    subresource,
    namespace,
    name,
    client_ip,
    client_ip_evidence,
    peer_ip,
    source_ips,
    user_agent,
    client,
    credential_kind,
    credential_id,
    code,
    status,
    outcome,
    reason,
    message,
    decision,
    decision_reason,
    annotations,
    redacted,
    batch_id,
    if({with_raw:Bool}, staged.raw, '') AS raw
FROM
(
    SELECT *
    FROM events
    ORDER BY
        cluster,
        requested_at,
        audit_id,
        component,
        stage,
        richness DESC
    LIMIT 1 BY
        cluster,
        requested_at,
        audit_id,
        component,
        stage
) AS staged
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND (NOT {preselect:Bool} OR requested_at IN (
        SELECT requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND ({actor:String} = '' OR match(actor, {actor:String}))
            AND ({effective_user:String} = '' OR match(effective_user, {effective_user:String}))
            AND ({verb:String} = '' OR match(verb, {verb:String}))
            AND ({namespace:String} = '' OR match(namespace, {namespace:String}))
            AND ({name:String} = '' OR match(name, {name:String}))
            AND ({outcome:String} = '' OR match(outcome, {outcome:String}))
            AND ({client:String} = '' OR match(client, {client:String}))
            AND (empty({audit_ids:Array(String)}) OR has({audit_ids:Array(String)}, audit_id))
            AND ({all_kinds:Bool} OR actor_kind IN ('human', 'service-account') OR code IN (401, 403))))
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({actor:String} = '' OR match(actor, {actor:String}))
    AND ({effective_user:String} = '' OR match(effective_user, {effective_user:String}))
    AND ({verb:String} = '' OR match(verb, {verb:String}))
    AND ({resource:String} = '' OR match(if(subresource = '', toString(resource), concat(resource, '/', subresource)), {resource:String}))
    AND ({namespace:String} = '' OR match(namespace, {namespace:String}))
    AND ({name:String} = '' OR match(name, {name:String}))
    AND ({outcome:String} = '' OR match(outcome, {outcome:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({client:String} = '' OR match(client, {client:String}))
    AND ({text:String} = '' OR positionCaseInsensitiveUTF8(
        concat(
            request_uri, '\n',
            name, '\n',
            namespace, '\n',
            message, '\n',
            user_agent, '\n',
            actor, '\n',
            effective_user, '\n',
            credential_id, '\n',
            client_ip, '\n',
            decision_reason),
        {text:String}) > 0)
    AND ({raw_text:String} = '' OR positionCaseInsensitiveUTF8(staged.raw, {raw_text:String}) > 0)
    AND (empty({audit_ids:Array(String)}) OR has({audit_ids:Array(String)}, audit_id))
    AND (empty({batch_ids:Array(String)}) OR has({batch_ids:Array(String)}, batch_id))
    AND (
        {all_kinds:Bool}
        OR actor_kind = 'human'
        OR is_failed_attempt(actor_kind, code, verb, request_uri)
        OR (cluster, actor) IN (
            SELECT
                cluster,
                actor
            FROM sessions))
ORDER BY
    requested_at DESC,
    stage_at DESC,
    cluster,
    audit_id,
    component,
    stage
LIMIT {limit:UInt64}
