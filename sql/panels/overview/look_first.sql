-- title: Look at these first
-- question: What in this range deserves a look before anything else: a login right after refused attempts, the use of an administrator without a person's name, rights given, tokens of pods in a person's hand or in a place where they never were, tokens used after logout, scans, holes in the log. Of each signal the latest ten. These are signals, not verdicts; an empty list proves nothing.
-- empty: Nothing in this range asks for attention.
SELECT
    at,
    signal,
    cluster,
    actor,
    client_ip,
    story,
    audit_id
FROM
(
    SELECT
        login_at AS at,
        'success after failures' AS signal,
        toString(cluster) AS cluster,
        toString(actor) AS actor,
        client_ip,
        concat(toString(attempts), ' refused attempts from this address, then a login ', toString(dateDiff('second', last_failure_at, login_at)), ' s later') AS story,
        evidence_ids[1] AS audit_id
    FROM logins_after_failures
    UNION ALL
    SELECT
        started_at,
        'break-glass identity',
        cluster,
        actor,
        client_ip,
        concat(toString(requests), ' requests, ', toString(writes), ' changes with ', arrayStringConcat(clients, ', ')),
        first_audit_id
    FROM sessions
    WHERE is_break_glass(actor)
    UNION ALL
    SELECT
        started_at,
        'service account in a hand',
        cluster,
        actor,
        client_ip,
        concat('a service account was used with ', arrayStringConcat(clients, ', '), ': ', toString(requests), ' requests'),
        first_audit_id
    FROM sessions
    WHERE actor_kind = 'service-account'
        AND evidence = 'first-seen'
        AND method != 'web-console'
    UNION ALL
    SELECT
        assumeNotNull(first_used_at),
        'token used elsewhere',
        cluster,
        service_account,
        client_ip,
        concat(
            'a token of this service account was used where its workload never was',
            if(issued_by = '', '', concat('; ', issued_by, ' had it made at ', issued_from))),
        evidence_ids[1]
    FROM token_lineage
    WHERE elsewhere
    UNION ALL
    SELECT
        attempted_at,
        'dead token used',
        cluster,
        actor,
        client_ip,
        concat('a token of theirs was ', reason, ' to ', target),
        evidence_ids[1]
    FROM failed_attempts
    WHERE class = 'unknown-or-expired-token'
        AND startsWith(reason, 'used after')
        AND reason != 'used after expiry'
    UNION ALL
    SELECT
        started_at,
        'scan',
        cluster,
        '',
        client_ip,
        concat(toString(attempts), ' attempts at ', toString(distinct_targets), ' different things with ', client),
        evidence_ids[1]
    FROM failed_attempt_origins
    WHERE origin = 'scan'
    UNION ALL
    SELECT
        requested_at,
        if(role = 'cluster-admin', 'cluster-admin given', 'rights given'),
        cluster,
        actor,
        client_ip,
        concat(
            verb, ' ', resource, ' ', if(name = '', JSONExtractString(raw, 'requestObject', 'metadata', 'name'), name),
            if(namespace = '', '', concat(' in ', namespace)), if(role = '', '', concat(': ', role, ' for ', arrayStringConcat(subjects, ', ')))),
        audit_id
    FROM
    (
        SELECT
            *,
            JSONExtractString(raw, 'requestObject', 'roleRef', 'name') AS role,
            arrayMap(
                subject -> concat(JSONExtractString(subject, 'kind'), ' ', JSONExtractString(subject, 'name')),
                JSONExtractArrayRaw(raw, 'requestObject', 'subjects')) AS subjects
        FROM requests
        WHERE $__timeFilter_ms(requested_at)
            AND requested_at IN (
                SELECT requested_at
                FROM events
                WHERE resource IN ('clusterrolebindings', 'rolebindings')
                    AND actor_kind = 'human'
                    AND verb IN ('create', 'update', 'patch')
                    AND $__timeFilter_ms(requested_at))
            AND resource IN ('clusterrolebindings', 'rolebindings')
            AND actor_kind = 'human'
            AND verb IN ('create', 'update', 'patch')
            AND outcome = 'success'
    )
    WHERE verb = 'create' OR role = 'cluster-admin'
    UNION ALL
    SELECT
        hole_from,
        'hole in the log',
        cluster,
        '',
        '',
        concat('no event of ', component, ' for ', toString(hours), if(hours = 1, ' hour', ' hours')),
        ''
    FROM holes
)
WHERE $__timeFilter_ms(at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY at DESC
LIMIT 10 BY signal
LIMIT 50
