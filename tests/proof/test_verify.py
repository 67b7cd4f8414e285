"""Attack a store in every way, and find each; do everything honest, and find nothing."""

from collections.abc import Iterator

import pytest

from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.proof.head import differences, make_head
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.settings import ActorRule
from auditradar.ingest.sources import expand
from auditradar.sql import schema
from tests.cli.made import lines
from tests.proof.conftest import SETTINGS, Load

WHOLE = {"mutations_sync": 2}
ONE = "audit_id = '00000000-0000-0000-0000-000000000002'"
LEDGER = "ALTER TABLE batches UPDATE {} WHERE sequence = 2"


def problems(store: Engine) -> set[str]:
    return {found.problem for found in verify_store(store).mismatches}


def test_what_was_delivered_is_proven(store: Engine, bring: Load) -> None:
    bring()
    proof = verify_store(store)
    assert (proof.ok, proof.mismatches, proof.notes) == (True, [], [])
    assert proof.batches > 3
    assert proof.records == lines().count(b"\n")


ATTACKS = {
    "a typed column": (f"ALTER TABLE events UPDATE client_ip = '203.0.113.99' WHERE {ONE}", "misclassified"),
    "who it was": (f"ALTER TABLE events UPDATE actor = 'nobody' WHERE {ONE}", "changed"),
    "the kind of actor": (f"ALTER TABLE events UPDATE actor_kind = 'node' WHERE {ONE}", "misclassified"),
    "an annotation": (f"ALTER TABLE events UPDATE annotations = map() WHERE {ONE}", "changed"),
    "the platform": (f"ALTER TABLE events UPDATE platform = 'eks' WHERE {ONE}", "changed"),
    "the batch": (f"ALTER TABLE events UPDATE batch_id = 'x' WHERE {ONE}", "changed"),
    "raw": (f"ALTER TABLE events UPDATE raw = replaceOne(raw, 'web-1', 'web-7') WHERE {ONE}", "changed"),
    "raw and the column": (
        f"ALTER TABLE events UPDATE raw = replaceOne(raw, 'delete', 'getget'), verb = 'getget' WHERE {ONE}",
        "changed",
    ),
    "a row less": (f"ALTER TABLE events DELETE WHERE {ONE}", "missing"),
    "a hundred rows less": ("ALTER TABLE events DELETE WHERE actor = 'mia'", "missing"),
    "a rejected row": ("ALTER TABLE rejected UPDATE reason = 'other' WHERE 1", "changed"),
    "no rejected row": ("ALTER TABLE rejected DELETE WHERE 1", "missing"),
    "a ledger row": (LEDGER.format("records = records - 1"), "ledger-changed"),
    "no ledger row": ("ALTER TABLE batches DELETE WHERE sequence = 2", "ledger-removed"),
    "other numbers": ("ALTER TABLE batches UPDATE sequence = sequence + 1 WHERE sequence > 1", "ledger-changed"),
    "two batches swapped": (
        "ALTER TABLE batches UPDATE sequence = if(sequence = 2, 3, 2) WHERE sequence IN (2, 3)",
        "ledger-changed",
    ),
    "the tail": ("ALTER TABLE batches DELETE WHERE sequence > 3", "unledgered"),
    "the digests": ("ALTER TABLE digests DELETE WHERE kind = 'event'", "digest-removed"),
}


@pytest.mark.parametrize("view", ["parsed_to_events", "parsed_to_rejected", "parsed_to_digests"])
def test_a_delivery_that_was_killed_between_two_tables_and_sent_again_is_proven_with_a_note(store: Engine, bring: Load, view: str) -> None:
    store.command(f"DROP VIEW {view}")
    bring()
    store.command("TRUNCATE TABLE batches")  # the ledger comes last: a killed load did not write it
    store.command(next(made.text for made in schema() if made.name == view))
    bring()
    proof = verify_store(store)
    assert (proof.ok, proof.mismatches) == (True, [])
    records = lines().count(b"\n")
    assert proof.repeated == {"parsed_to_events": records - 1, "parsed_to_rejected": 1, "parsed_to_digests": records}[view]
    assert "carry another moment of receipt" in proof.notes[0]


def test_a_moment_of_receipt_that_was_changed_is_noted(attacked: Engine) -> None:
    attacked.command(f"ALTER TABLE events UPDATE ingested_at = ingested_at - 1 WHERE {ONE}", settings=WHOLE)
    proof = verify_store(attacked)
    assert (proof.ok, proof.repeated, len(proof.notes)) == (True, 1, 1)


TABLES = ("events", "rejected", "batches", "digests", "auth_records", "access_records")


@pytest.fixture(scope="module")
def loaded(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Load once, and keep a copy of what attacks change."""
    path = tmp_path_factory.mktemp("attacked") / "a.log"
    path.write_bytes(lines())
    load(engine, expand([str(path)]), LoadOptions(cluster="hand", batch_bytes=2_000))
    for table in TABLES:
        engine.command(f"OPTIMIZE TABLE {table} FINAL")
        engine.command(f"CREATE TABLE {table}__saved AS {table}")
        engine.command(f"ALTER TABLE {table}__saved ATTACH PARTITION ALL FROM {table}")
    return engine


@pytest.fixture
def attacked(loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give the loaded store as if the load were long ago, and bring it back afterwards."""
    monkeypatch.setattr("auditradar.ingest.proof.store.SETTLED_AFTER", -SETTINGS.session_gap)
    yield loaded
    for table in TABLES:
        loaded.command(f"TRUNCATE TABLE {table}")
        loaded.command(f"ALTER TABLE {table} ATTACH PARTITION ALL FROM {table}__saved")


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_and_named(attacked: Engine, name: str) -> None:
    statement, problem = ATTACKS[name]
    attacked.command(statement, settings=WHOLE)
    first = verify_store(attacked).first
    assert first is not None
    assert first.problem == problem, first.words
    assert first.cluster == "hand"


def test_only_an_exported_head_shows_a_tail_that_was_cut_with_its_rows(attacked: Engine) -> None:
    head = make_head(attacked)
    for table in ("events", "rejected", "digests"):
        attacked.command(f"ALTER TABLE {table} DELETE WHERE batch_id IN (SELECT batch_id FROM batches WHERE sequence > 3)", settings=WHOLE)
    attacked.command("ALTER TABLE batches DELETE WHERE sequence > 3", settings=WHOLE)
    assert verify_store(attacked).ok
    assert [found.problem for found in differences(attacked, head)] == ["head-missing"]
    attacked.command(LEDGER.format("chain_hash = 'x'"), settings=WHOLE)
    assert [found.problem for found in differences(attacked, make_head(attacked) | {"chains": [["hand", "b", 9, "x"]]})] == ["head-missing"]


def test_rows_and_digests_that_were_changed_together_do_not_match_the_ledger(attacked: Engine) -> None:
    attacked.command(f"ALTER TABLE events DELETE WHERE {ONE}", settings=WHOLE)
    attacked.command(
        "ALTER TABLE digests UPDATE entries = arrayFilter(e -> e.1 != toDateTime64('2026-03-01 08:10:00', 6, 'UTC'), entries) WHERE 1",
        settings=WHOLE,
    )
    first = verify_store(attacked).first
    assert first is not None
    assert (first.problem, first.sequence) == ("digest-changed", 1)


def test_a_doctored_copy_that_takes_the_place_of_a_row_is_found(attacked: Engine) -> None:
    attacked.command(
        f"INSERT INTO events SELECT * REPLACE (concat(raw, ' ') AS raw, richness + 1000000 AS richness) FROM events WHERE {ONE}"
    )
    assert {found.problem for found in verify_store(attacked).mismatches} == {"changed"}
    attacked.command("OPTIMIZE TABLE events FINAL")
    assert {found.problem for found in verify_store(attacked).mismatches} == {"changed"}


def test_a_row_that_nobody_delivered_is_found_and_a_copy_is_not(attacked: Engine) -> None:
    attacked.command(f"INSERT INTO events SELECT * FROM events WHERE {ONE}")
    assert verify_store(attacked).ok
    attacked.command(
        f"INSERT INTO events SELECT * REPLACE (replaceOne(raw, '0000002', '0000009') AS raw, replaceOne(audit_id, '0000002', '0000009') "
        f"AS audit_id, richness_of(level, replaceOne(raw, '0000002', '0000009')) AS richness) FROM (SELECT * FROM events WHERE {ONE})"
    )
    first = verify_store(attacked).first
    assert first is not None
    assert (first.problem, first.sequence, first.hour) == ("added", 1, "2026-03-01T08:00:00Z")


def test_rows_that_come_with_digests_of_their_own_are_in_no_ledger(attacked: Engine) -> None:
    attacked.command("INSERT INTO digests SELECT * REPLACE ('x' AS batch_id) FROM digests LIMIT 1")
    first = verify_store(attacked).first
    assert first is not None
    assert (first.problem, first.batch_id) == ("unledgered", "x")


def test_copies_in_any_order_and_by_several_roads_are_no_alarm(store: Engine, bring: Load) -> None:
    data = lines()
    richer = data.replace(b'"level":"Metadata"', b'"level":"Request"')
    bring(richer, "other.log")
    bring(data)
    bring(data, "again.log", again=True)
    bring(b"".join(data.splitlines(keepends=True)[::-1]), "backwards.log")
    assert verify_store(store).ok
    store.command("OPTIMIZE TABLE events FINAL")
    store.command("OPTIMIZE TABLE digests FINAL")
    proof = verify_store(store)
    assert proof.ok, [found.words for found in proof.mismatches]


def test_other_rules_are_no_tampering_and_a_rebuild_proves_them_too(store: Engine, bring: Load) -> None:
    bring()
    ruled = SETTINGS.model_copy(update={"actor_rules": [ActorRule(pattern="mia", actor_kind="service-account", match="exact")]})
    sync_rules(store, ruled)
    before = verify_store(store)
    assert (before.ok, before.outdated) == (True, 5)
    rebuild(store)
    after = verify_store(store)
    assert (after.ok, after.outdated) == (True, 0)
    store.command("ALTER TABLE events UPDATE actor_kind = 'human' WHERE actor = 'mia'", settings=WHOLE)
    assert problems(store) == {"misclassified"}
    sync_rules(store, SETTINGS)


def test_events_lines_and_what_cannot_be_read_may_share_a_batch(store: Engine, bring: Load) -> None:
    events = lines().splitlines(keepends=True)
    dex = [
        f'time="2026-03-01T08:00:0{number}Z" level=info msg="login successful: connector \\"ldap\\", username=\\"mia\\", '
        f'preferred_username=\\"\\", email=\\"mia@example.com\\", groups=[]"\n'.encode()
        for number in range(3)
    ]
    bring(b"".join([dex[0], *events[:2], dex[1], b"no event\n", *events[2:4], dex[2]]), "mixed.log")
    assert store.rows("SELECT sum(records), sum(rejected) FROM batches FINAL") == [(8, 1)]
    assert store.rows("SELECT (SELECT count() FROM events), (SELECT groupArray(position) FROM rejected)") == [(4, [5])]
    assert store.rows("SELECT count() FROM auth_records WHERE raw != ''") == [(3,)]
    proof = verify_store(store)
    assert (proof.ok, proof.notes, proof.records) == (True, [], 8)


def test_lines_of_identity_providers_and_proxies_are_proven_too(store: Engine, bring: Load) -> None:
    dex = (
        b'time="2026-03-01T08:00:00Z" level=info msg="login successful: connector \\"ldap\\", username=\\"mia\\", '
        b'preferred_username=\\"\\", email=\\"mia@example.com\\", groups=[]"\n'
    )
    proxy = (
        b"2026-03-01T08:00:01+00:00 h haproxy[1]: 203.0.113.5:5000 [01/Mar/2026:08:00:00.000] fe be_tcp:o:x/pod:a 1/0/100 200 -- "
        b"1/1/0/0/0 0/0\n"
    )
    bring(dex, "dex.log")
    bring(proxy, "haproxy.log")
    bring(b"\n" + dex + proxy, "both.log")  # the same lines, cut otherwise
    bring(dex, "typed.log", platform="openshift", again=True)
    counts = store.rows("SELECT kind, sum(length(entries)) FROM digests GROUP BY kind ORDER BY kind")
    assert counts == [("access", 2), ("identity", 3)]
    proof = verify_store(store)
    assert proof.ok, [found.words for found in proof.mismatches]
    for table, column, was in (("auth_records", "decision", "login successful"), ("access_records", "backend", "be_tcp:o:x")):
        store.command(f"ALTER TABLE {table} UPDATE {column} = 'x' WHERE 1", settings=WHOLE)
        assert problems(store) == {"misclassified"}, table
        store.command(f"ALTER TABLE {table} UPDATE {column} = '{was}' WHERE 1", settings=WHOLE)
    store.command("ALTER TABLE access_records UPDATE position = 99 WHERE 1", settings=WHOLE)
    assert problems(store) == {"changed"}
    store.command("ALTER TABLE access_records DELETE WHERE 1", settings=WHOLE)
    store.command("ALTER TABLE auth_records UPDATE raw = replaceOne(raw, 'mia', 'max') WHERE 1", settings=WHOLE)
    assert problems(store) == {"added", "missing"}
    store.command("ALTER TABLE auth_records DELETE WHERE 1", settings=WHOLE)
    assert problems(store) == {"missing"}
