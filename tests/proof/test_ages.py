"""Every stored table has its age: a policy, the age of what it is made of, or for ever; and what is derived outlives its events."""

import re
from pathlib import Path

import pytest

from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.refresh import refresh
from auditradar.ingest.retention.apply import apply_retention
from auditradar.ingest.retention.holds import Hold, add_hold, release_holds
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.settings import Retention, Settings
from auditradar.ingest.simulate import Plan, simulate
from auditradar.ingest.sources import expand
from auditradar.sql import retained, retention, schema
from tests.proof.test_retention import LAWSUIT, OVER, TIERS, policy

FOR_EVER = {
    "schema_log": "says what the schema was when",
    "batches": "the ledger",
    "batch_facts": "what the ledger is written from",
    "retention_log": "says what was removed when",
    "hold_log": "says what was held when",
    "cluster_facts": "a row a cluster and API server",
    "settings": "configuration",
    "actor_rules": "configuration",
    "client_rules": "configuration",
    "trusted_proxies": "configuration",
}
DERIVED = ("logins", "logouts", "sessions", "failed_attempts", "activity_minutes", "authentications")


def refreshed() -> set[str]:
    targets = [re.search(r"^REFRESH .* TO (\w+)", made.text, re.MULTILINE) for made in schema()]
    return {found[1] for found in targets if found}


def test_every_stored_table_has_its_age() -> None:
    stored = {made.name for made in schema() if made.kind == "TABLE" and "MergeTree" in made.text}
    assert {"events", "activity", "audit_access"} <= stored
    assert stored - refreshed() - FOR_EVER.keys() == set(retained()), "write sql/retention/<table>.sql, and a block in retention_months"
    assert FOR_EVER.keys() <= stored
    months = next(made.text for made in schema() if made.name == "retention_months")
    assert set(re.findall(r"'(\w+)' AS table", months)) == set(retained()) | refreshed()
    [ages] = re.findall(r"stored\.table IN \(([^)]*)\) AS refreshed", months)
    assert set(re.findall(r"\w+", ages)) == refreshed(), "what is recomputed has no time of its own"


def test_the_state_gives_every_table_the_class_of_its_policy() -> None:
    months = next(made.text for made in schema() if made.name == "retention_months")
    shown = {table: kind for kind, table in re.findall(r"'(\w+)' AS class,\s+'(\w+)' AS table", months)}
    assert {table: kind for table, kind in shown.items() if table not in refreshed()} == {
        table: retention(table).header["class"] for table in retained() if table != "digests"
    }
    assert {shown[table] for table in refreshed()} == {"identity"}


@pytest.mark.parametrize("platform", ["kubernetes", "openshift"])
def test_logins_and_sessions_stay_the_same_rows_when_their_events_are_gone(store: Engine, tmp_path: Path, platform: str) -> None:
    simulate(tmp_path, Plan(days=2, people=8, seed=5, events=6_000, platform=platform))  # type: ignore[arg-type]
    load(store, expand([str(tmp_path / "logs")]), LoadOptions(cluster="aged"))
    refresh(store)
    before = {view: answers(store, view) for view in DERIVED}
    assert all(rows for view, rows in before.items() if platform == "openshift" or view in ("logins", "sessions", "failed_attempts"))
    apply_retention(store, policy(30), "alice", "")
    assert store.rows("SELECT count() FROM events") == [(0,)]
    for view in DERIVED:
        assert answers(store, view) == before[view], view
    assert store.rows("SELECT sum(past_due) FROM retention_state") == [(0,)]
    assert verify_store(store).ok
    rebuild(store)
    for view in DERIVED:
        assert answers(store, view) == before[view], f"{view} after a rebuild"
    apply_retention(store, Settings(dsn="chdb:///unused", retention=Retention(events=30, identity=30, access=30)), "alice", "")
    left = store.rows("SELECT table, sum(rows) FROM retention_state WHERE class IN ('events', 'identity', 'access') GROUP BY table")
    assert left == []
    assert verify_store(store).ok


def test_who_read_the_audit_log_has_a_time_of_its_own_and_can_be_held(store: Engine) -> None:
    store.command(
        "INSERT INTO audit_access (at, reader, statement) VALUES ('2020-01-02 03:04:05', 'bob', 'a'), ('2020-01-02 03:04:05', 'alice', 'b')"
    )
    add_hold(store, Hold(actor="bob", cluster="prod", incident="INC-8"), LAWSUIT, TIERS)
    apply_retention(store, Settings(dsn="chdb:///unused", retention=Retention(reads=30)), "alice", "")
    assert store.rows("SELECT reader FROM audit_access") == [("bob",)]
    state = "SELECT class, cluster, rows, held, keep_days, past_due FROM retention_state WHERE table = 'audit_access'"
    assert store.rows(state) == [("reads", "", 1, 1, 30, 0)]
    release_holds(store, (), "INC-8", OVER, TIERS)
    apply_retention(store, Settings(dsn="chdb:///unused", retention=Retention(reads=30)), "alice", "")
    assert store.rows("SELECT reader FROM audit_access") == []


def answers(store: Engine, view: str) -> list[tuple[object, ...]]:
    rows = store.rows(f"SELECT * EXCEPT batch_id FROM {view} ORDER BY ALL" if view in WITH_BATCH else f"SELECT * FROM {view} ORDER BY ALL")
    return [tuple(row) for row in rows]


WITH_BATCH = ("failed_attempts", "authentications")
