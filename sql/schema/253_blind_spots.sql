-- What cannot be known here, in words, derived from what is here: each row of cases is a condition on one cluster and what it means.
CREATE OR REPLACE VIEW blind_spots
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    topic String COMMENT 'logins, logouts, failures, addresses, credentials, requests or bodies.',
    blind_spot String COMMENT 'What cannot be known.',
    why String COMMENT 'Why not.',
    since Nullable(DateTime64(6, 'UTC')) COMMENT 'From when the data shows it; NULL where nothing dates it.',
    remedy String COMMENT 'What would help; empty where nothing does.'
)
AS
WITH
    has(components, 'kube-apiserver') AS has_front,
    has(components, 'oauth-apiserver') AS has_tokens,
    has(components, 'oauth-server') AS has_decisions,
    platform = 'openshift' AND (has_tokens OR has_decisions OR oauth_users > 0) AND NOT (oidc_users > 0 AND NOT has_tokens) AS has_oauth,
    platform = 'openshift' AND oidc_users > 0 AND NOT has_tokens AS is_external,
    arrayJoin(arrayFilter(row -> row.1, [
        tuple(has_front, 'failures', 'Who was behind a 401 of kube-apiserver.', 'The credential was not accepted, so the event names nobody; what breaks off in the TLS handshake is in no audit log.', first_event_at, 'Address, program and target are recorded; logs of the identity provider name the person.'),
        tuple(platform != 'openshift' OR is_external, 'logouts', 'When a person logged out.', 'Kubernetes has no logout: an end is silence longer than the session gap.', first_event_at, if(has_idp, '', 'Load the logs of the identity provider.')),
        tuple(platform != 'openshift' AND NOT has_idp AND NOT has_iam, 'logins', 'The moment of a login.', 'Kubernetes checks a credential with every request and records no login: it is inferred from the first request.', first_event_at, if(platform = 'eks', 'Load the authenticator log of the cluster.', 'Load the logs of the identity provider (Dex, Keycloak).')),
        tuple(platform = 'openshift' AND NOT is_external AND NOT has_tokens, 'logouts', 'Logins, logouts and revocations of tokens with owner and client.', 'They are in the audit log of oauth-apiserver, which is not here.', first_event_at, 'Load it: oc adm node-logs --role=master --path=oauth-apiserver/audit.log'),
        tuple(platform = 'openshift' AND NOT is_external AND NOT has_decisions, 'failures', 'Wrong passwords and errors of identity providers.', 'They are in the audit log of oauth-server (OpenShift 4.11 or newer), which is not here.', first_event_at, 'Load it: oc adm node-logs --role=master --path=oauth-server/audit.log'),
        tuple(has_oauth, 'logouts', 'That a token ended by age or inactivity.', 'The platform lets it disappear without an event; the end is computed from lifetime and timeout.', first_event_at, ''),
        tuple(is_external, 'logins', 'Logins, logouts and wrong passwords.', 'Users come with OIDC tokens and no OAuth log is here: with an external provider OpenShift has neither oauth-server nor oauth-apiserver.', oidc_since, if(has_idp, '', 'Load the logs of the identity provider.')),
        tuple(has_tokens AND bodiless_tokens > 0, 'logins', 'Owner and client of tokens that were created.', 'The audit policy recorded these creations without bodies (profile None or a custom rule), or only the copy of kube-apiserver is here.', bodiless_since, 'Use the audit profile Default for the oauth-openshift service account and load the log of oauth-apiserver.'),
        tuple(has_tokens AND created_tokens = 0 AND used_tokens > 0, 'logins', 'Creation of tokens.', 'Tokens are used but none was created while the log ran: they are older, or a custom audit rule leaves their creation out.', used_since, 'Load older logs; look at spec.audit of the APIServer configuration.'),
        tuple(has_decisions AND hidden_logins > 0 AND NOT has_access, 'addresses', 'Where people stood who logged in by the oauth-server.', 'Its route is passed through by the router, so it logs the address of the router; no access log is here.', hidden_since, 'Switch on access logging of the IngressController and load the router log, or name the proxies in trusted_proxies.'),
        tuple(has_decisions AND hidden_logins > 0 AND has_access, 'addresses', 'Where some people stood who logged in by the oauth-server.', 'For these requests the access logs name nobody, or more than one client.', hidden_since, 'Load access logs of the whole period.'),
        tuple(NOT has_front AND hasAny(components, ['openshift-apiserver', 'oauth-apiserver']), 'addresses', 'Real actor and address of requests to aggregated servers, and their count by the hour.', 'These servers see the effective user and the address of kube-apiserver, whose log is not here.', first_event_at, 'Load the audit log of kube-apiserver.'),
        tuple(platform = 'eks' AND NOT has_iam, 'failures', 'Which IAM principal was refused.', 'Its ARN is only in the authenticator log, which is not here.', first_event_at, 'Enable the log type authenticator of the cluster and load it.'),
        tuple(platform = 'gke' AND reads = 0, 'requests', 'Who read what.', 'No read is here: Data Access audit logs of the Kubernetes API are off by default.', first_event_at, 'Enable Data Access audit logs.'),
        tuple(anonymous_credentials > 0, 'credentials', 'Which credential a person showed, where the events give no id.', 'Certificates have one since Kubernetes 1.32, service account tokens since 1.29 (on by default since 1.30); static and OAuth tokens have none in API events.', anonymous_since, 'Upgrade; give every person a credential of their own.'),
        tuple(bodies = 0 AND requests > 0, 'bodies', 'What a change contained.', 'Every event was recorded at level Metadata.', first_event_at, 'Record writes at level Request in the audit policy.'),
        tuple(has_dex AND dex_failures = 0, 'failures', 'Wrong passwords at Dex.', 'No failure is here: Dex logs them since 2.40, and only for connectors that take a password.', dex_since, 'Use Dex 2.40 or newer.'),
        tuple(has_keycloak AND keycloak_logins = 0, 'logins', 'Successful logins at Keycloak.', 'No success is here: Keycloak logs them at level DEBUG unless told otherwise.', keycloak_since, 'Set spi-events-listener-jboss-logging-success-level=info.')
    ])) AS row
SELECT
    cluster,
    row.2 AS topic,
    row.3 AS blind_spot,
    row.4 AS why,
    row.5 AS since,
    row.6 AS remedy
FROM
(
    SELECT
        clusters.cluster AS cluster,
        clusters.platform AS platform,
        clusters.components AS components,
        toNullable(clusters.first_event_at) AS first_event_at,
        has(components, 'dex') AS has_dex,
        has(components, 'keycloak') AS has_keycloak,
        has(components, 'eks-authenticator') AS has_iam,
        has_dex OR has_keycloak AS has_idp,
        hasAny(components, ['haproxy-tcp', 'haproxy-http', 'nginx', 'ingress-nginx']) AS has_access,
        asked.* EXCEPT (cluster),
        of_people.* EXCEPT (cluster),
        recorded.* EXCEPT (cluster)
    FROM clusters
    LEFT JOIN
    (
        SELECT
            cluster,
            count() AS requests,
            countIf(level IN ('Request', 'RequestResponse')) AS bodies,
            countIf(verb IN ('get', 'list', 'watch')) AS reads
        FROM events
        GROUP BY cluster
    ) AS asked ON asked.cluster = clusters.cluster
    LEFT JOIN
    (
        SELECT
            cluster,
            countIf(credential_kind = 'openshift-oauth') AS oauth_users,
            countIf(credential_kind = 'oidc-token') AS oidc_users,
            minIf(toNullable(requested_at), credential_kind = 'oidc-token') AS oidc_since,
            countIf(credential_id = '' AND NOT is_aggregated_copy(component, request_uri)) AS anonymous_credentials,
            minIf(toNullable(requested_at), credential_id = '' AND NOT is_aggregated_copy(component, request_uri)) AS anonymous_since
        FROM events
        WHERE actor_kind = 'human'
        GROUP BY cluster
    ) AS of_people ON of_people.cluster = clusters.cluster
    LEFT JOIN
    (
        SELECT
            cluster,
            countIf(kind = 'token-created') AS created_tokens,
            countIf(kind = 'token-created' AND actor = '') AS bodiless_tokens,
            minIf(toNullable(at), kind = 'token-created' AND actor = '') AS bodiless_since,
            countIf(kind = 'token-used') AS used_tokens,
            minIf(toNullable(at), kind = 'token-used') AS used_since,
            countIf(kind = 'allowed' AND is_hidden_address(cluster, toString(client_ip), toString(client_ip_evidence))) AS hidden_logins,
            minIf(toNullable(at), kind = 'allowed' AND is_hidden_address(cluster, toString(client_ip), toString(client_ip_evidence))) AS hidden_since,
            countIf(component = 'dex' AND kind = 'idp-failure') AS dex_failures,
            minIf(toNullable(at), component = 'dex') AS dex_since,
            countIf(component = 'keycloak' AND kind = 'idp-login') AS keycloak_logins,
            minIf(toNullable(at), component = 'keycloak') AS keycloak_since
        FROM authentications
        GROUP BY cluster
    ) AS recorded ON recorded.cluster = clusters.cluster
)
COMMENT 'What cannot be known of each cluster, why, and what would help.'
