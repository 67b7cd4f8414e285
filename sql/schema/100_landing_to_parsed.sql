CREATE MATERIALIZED VIEW IF NOT EXISTS landing_to_parsed TO parsed AS
SELECT
    cluster,
    if(
        platform = '',
        platform_of(component, event.user.username, event.user.uid, event.user.groups, event.user.extra, event.userAgent, event.requestURI),
        platform) AS platform,
    component_of(
        given,
        event.requestURI,
        event.user.username,
        event.sourceIPs,
        event.userAgent,
        event.responseStatus.code,
        event.annotations,
        position(raw, '"requestObject":') + position(raw, '"responseObject":') > 0) AS component,
    source,
    batch_id,
    position,
    multiIf(
        record_kind = 'rejected', reason,
        event.auditID = '' AND NOT isValidJSON(raw), 'broken JSON',
        event.auditID = '', 'not an audit event: it has no auditID',
        event.verb = '', 'not an audit event: it has no verb',
        event.requestReceivedTimestamp IS NULL, 'not an audit event: its requestReceivedTimestamp cannot be read',
        toYear(event.requestReceivedTimestamp) NOT BETWEEN 2014 AND 2099, 'its requestReceivedTimestamp lies outside 2014 to 2099',
        '') AS reason,
    redacted,
    received_at,
    raw,
    event
FROM
(
    SELECT
        * EXCEPT (component),
        component AS given,
        JSONExtract(raw, 'Tuple(
            auditID String,
            level LowCardinality(String),
            stage LowCardinality(String),
            requestURI String,
            verb LowCardinality(String),
            user Tuple(
                username LowCardinality(String),
                uid LowCardinality(String),
                groups Array(LowCardinality(String)),
                extra Map(LowCardinality(String), Array(String))),
            impersonatedUser Tuple(
                username LowCardinality(String),
                groups Array(LowCardinality(String))),
            sourceIPs Array(LowCardinality(String)),
            userAgent LowCardinality(String),
            objectRef Tuple(
                resource LowCardinality(String),
                namespace LowCardinality(String),
                name String,
                apiGroup LowCardinality(String),
                apiVersion LowCardinality(String),
                subresource LowCardinality(String)),
            responseStatus Tuple(
                status LowCardinality(String),
                message String,
                reason LowCardinality(String),
                code Int32),
            requestReceivedTimestamp Nullable(DateTime64(6, \'UTC\')),
            stageTimestamp Nullable(DateTime64(6, \'UTC\')),
            annotations Map(LowCardinality(String), String))') AS event
    FROM landing
)
