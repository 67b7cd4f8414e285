-- title: Who read this record
-- question: Who asked this store, from where, how often, and when last?
-- proves: Everybody who asked through the front of this store in the period, under the name they proved and on whose behalf they claimed to ask, with what was refused.
-- cannot: Whether their work needs it. Reading by another road: the folder of the embedded engine, log files, and a client of a ClickHouse server, which `auditradar access check` looks at.
-- pass: a reader who proved a name
-- attention: the reader proved no name of a person or program, or was refused
-- none: attention; no reading is on record: nobody read through the front of the store in the period, and other roads leave no trace here
-- next: access
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster; the store is one, so all clusters have the same readers
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column reader: name that was proved; local for commands on the machine of the store
-- column on_behalf_of: for whom, as the client claims
-- column reads: statements that were answered
-- column refused: statements and logins that were refused
-- column addresses: client addresses
-- column first_at: first statement in the period
-- column last_at: last statement in the period
SELECT
    scope.cluster AS cluster,
    if(refused > 0 OR reader IN ('', 'local'), 'attention', 'pass') AS status,
    multiIf(
        reader = '' AND reads = 0, 'nobody was proved, and nothing was answered',
        reader = '', 'answered although nobody was proved',
        refused > 0, 'some of it was refused',
        reader = 'local', 'whoever has the account on the machine of the store',
        'read under a name of its own') AS finding,
    reader,
    on_behalf_of,
    reads,
    refused,
    addresses,
    first_at,
    last_at
FROM
(
    SELECT cluster
    FROM clusters
    WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
) AS scope
CROSS JOIN
(
    SELECT
        toString(reader) AS reader,
        toString(on_behalf_of) AS on_behalf_of,
        countIf(outcome = 'success') AS reads,
        countIf(outcome = 'refused') AS refused,
        arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
        min(at) AS first_at,
        max(at) AS last_at
    FROM audit_access
    WHERE at >= {since:DateTime64(6, 'UTC')}
        AND at < {until:DateTime64(6, 'UTC')}
    GROUP BY
        reader,
        on_behalf_of
) AS seen
