-- Recorded logins and tokens, with their ends.
CREATE MATERIALIZED VIEW IF NOT EXISTS presences_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON auth_facts_refresh TO presences
EMPTY
AS
WITH
    arrayFirst(step -> step.rank IN (2, 3) AND step.hidden = 0, steps) AS seen,
    arrayFirst(step -> step.client_ip != '', steps) AS met,
    if(seen.rank > 0, seen, met) AS placed,
    arrayFirst(step -> step.client_name != '', arrayConcat([begun], steps)) AS called,
    end_of_token(acts.actor, tokens.deleted_at, tokens.deleted_by, tokens.expires_at, tokens.inactive_at) AS token_end
SELECT
    acts.cluster AS cluster,
    acts.actor AS actor,
    if(is_token, begun.credential_id, begun.evidence_id) AS presence_id,
    begun.platform AS platform,
    if(is_token, 'openshift-oauth', 'unknown') AS credential_kind,
    if(is_token, begun.credential_id, '') AS credential_id,
    called.client_name AS client_name,
    arrayFirst(step -> step.provider != '', steps).provider AS provider,
    method_of_client_name(called.client_name) AS method,
    placed.client_ip AS client_ip,
    placed.client_ip_evidence AS client_ip_evidence,
    seen.rank = 0 AS hidden,
    arrayFirst(step -> step.user_agent != '', steps).user_agent AS user_agent,
    transform(begun.rank, [1, 2, 3], ['oauth-token', 'oauth-server', 'idp'], '') AS evidence,
    begun.at AS started_at,
    multiIf(is_token, token_end.1, left_at.evidence_id != '', left_at.at, toDateTime64('2299-01-01 00:00:00', 6, 'UTC')) AS ended_at,
    multiIf(is_token, token_end.2, left_at.evidence_id != '', 'logout', 'open') AS end_reason,
    multiIf(is_token, token_end.3, left_at.evidence_id != '', acts.actor, '') AS ended_by,
    multiIf(
        is_token AND token_end.2 IN ('logout', 'revoked'), [tokens.delete_id],
        is_token AND token_end.2 = 'expired', [tokens.limit_id],
        left_at.evidence_id != '', [left_at.evidence_id],
        []) AS end_ids,
    if(is_login = 1 AND number = 1, arrayDistinct(arrayMap(step -> step.evidence_id, steps)), []) AS login_ids,
    if(notEmpty(login_ids), login_ids, [begun.evidence_id]) AS start_ids,
    tokens.uses AS uses
FROM
(
    SELECT
        cluster,
        actor,
        steps,
        is_login,
        arrayJoin(arrayFilter(
            each -> each.1.step = 'token' OR (each.2 = 1 AND is_login = 1),
            arrayZip(steps, arrayEnumerate(steps)))) AS each,
        each.1 AS begun,
        each.2 AS number,
        begun.step = 'token' AS is_token,
        if(is_token, begun.credential_id, '') AS token_name,
        if(is_token, '', begun.credential_id) AS idp_session
    FROM login_acts
    WHERE is_session_actor(actor_kind(actor), '')
) AS acts
LEFT JOIN tokens ON tokens.cluster = acts.cluster AND tokens.credential_id = acts.token_name
LEFT JOIN
(
    SELECT
        cluster,
        credential_id,
        min(auth_facts.at) AS at,
        argMin(evidence_id, tuple(auth_facts.at, evidence_id)) AS evidence_id
    FROM auth_facts
    WHERE kind = 'idp-logout'
        AND credential_id != ''
    GROUP BY
        cluster,
        credential_id
) AS left_at ON left_at.cluster = acts.cluster AND left_at.credential_id = acts.idp_session
