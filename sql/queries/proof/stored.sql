-- title: Stored events as they would be delivered
-- question: What would the feeds have to make of the raw text of each stored event?
-- param cluster: label of the cluster
-- param since: events from this moment on
-- param until: events before this moment
-- The names of `reason` and `redacted` are those of landing as well. The column source, which the feeds hand through, carries
-- the stored columns: those that come from the event itself, and those that rules made of it.
SELECT
    cluster,
    platform,
    component,
    tuple(
        tuple(
            component,
            audit_id,
            stage,
            level,
            requested_at,
            stage_at,
            verb,
            request_uri,
            api_group,
            api_version,
            resource,
            subresource,
            namespace,
            name,
            actor,
            actor_uid,
            actor_groups,
            mapKeys(actor_extra),
            mapValues(actor_extra),
            impersonated_user,
            impersonated_groups,
            effective_user,
            source_ips,
            user_agent,
            code,
            status,
            events.reason,
            message,
            decision,
            decision_reason,
            mapKeys(annotations),
            mapValues(annotations),
            events.redacted,
            richness),
        tuple(
            actor_kind,
            credential_kind,
            credential_id,
            peer_ip,
            client_ip,
            client_ip_evidence,
            client,
            outcome)) AS source,
    batch_id,
    toUInt64(1) AS position,
    'event' AS record_kind,
    '' AS reason,
    arrayStringConcat(events.redacted, ',') AS redacted,
    ingested_at AS received_at,
    raw
FROM events
WHERE cluster = {cluster:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
