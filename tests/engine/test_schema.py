import re
from collections.abc import Iterator

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import SchemaError
from auditradar.ingest.schema.apply import apply_schema, ensure_schema, schema_steps
from auditradar.ingest.schema.plan import change_plan, create_plan, inventory
from auditradar.ingest.schema.state import read_state
from auditradar.sql import SCHEMA_VERSION, fingerprint, schema

DAMAGE = {
    "a column is missing": "ALTER TABLE events DROP COLUMN decision_reason",
    "a column is new here": "ALTER TABLE events ADD COLUMN old_fact String",
    "a column has another type": "ALTER TABLE rejected MODIFY COLUMN source LowCardinality(String)",
    "a comment is old": "ALTER TABLE events COMMENT COLUMN verb 'old words'",
    "a table comment is old": "ALTER TABLE batches MODIFY COMMENT 'old words'",
    "an index is missing": "ALTER TABLE events DROP INDEX audit_id_index",
    "a setting is old": "ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 5",
    "a view is missing": "DROP VIEW logins",
    "a view says something else": "CREATE OR REPLACE VIEW logouts AS SELECT 1 AS one",
    "a feed is missing": "DROP VIEW events_to_activity",
    "a feed does something else": "ALTER TABLE events_to_cluster_facts MODIFY QUERY SELECT cluster, component, "
    "toUInt8(1) AS platform_rank, "
    "requested_at AS first_event_at, stage_at AS last_event_at FROM events",
    "the refresh is another": "DROP VIEW sessions_refresh",
    "a dictionary is missing": "DROP DICTIONARY trusted_proxies_dictionary",
    "a function does something else": "CREATE OR REPLACE FUNCTION is_denied AS (code, decision) -> 1",
    "a Null table is another": "DROP TABLE landing",
}


@pytest.fixture
def store(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give a database of its own to a test; it shares the engine."""
    name = f"schema_{abs(hash(request.node.name))}"
    with Engine(Dsn(path=engine.dsn.path, database=name)) as opened:
        yield opened
        opened.command(f"DROP DATABASE IF EXISTS {name}")
        for made in schema():
            if made.kind == "FUNCTION":
                opened.client.database = None
                opened.command(made.text)


def picture(store: Engine) -> object:
    return inventory(store, store.dsn.database)


def test_an_empty_store_has_no_schema(store: Engine) -> None:
    assert read_state(store).missing


def test_applying_records_every_object_and_repeating_changes_nothing(store: Engine) -> None:
    steps = apply_schema(store)
    assert [step.object for step in steps] == [made.name for made in schema()]
    assert read_state(store).fingerprint == fingerprint()
    logged = {row[0] for row in store.rows("SELECT object FROM schema_log")}
    assert logged == {made.name for made in schema()} | {""}
    before = picture(store)
    assert apply_schema(store) == []
    assert schema_steps(store) == []
    assert picture(store) == before


def test_a_store_that_equals_the_schema_needs_no_change(store: Engine) -> None:
    apply_schema(store)
    assert change_plan(store) == []


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_any_other_schema_reaches_the_same_end(store: Engine, damage: str) -> None:
    apply_schema(store)
    wanted = picture(store)
    store.command(damage)
    store.command("TRUNCATE TABLE schema_log")
    store.command(f"INSERT INTO schema_log (applied_at, version, fingerprint, object) VALUES (now64(6), {SCHEMA_VERSION}, 'earlier', '')")
    planned = change_plan(store)
    assert planned, "the damage was not noticed"
    assert apply_schema(store) == planned
    assert picture(store) == wanted
    assert change_plan(store) == []


def test_a_derivation_that_is_new_is_filled_from_what_the_store_holds(store: Engine) -> None:
    apply_schema(store)
    store.command(
        "INSERT INTO forwarded_requests (cluster, request, requested_at, component, audit_id) VALUES "
        "('shop', 1, '2026-01-05 10:00:00', 'kube-apiserver', 'one'), ('shop', 1, '2026-01-05 10:00:01', 'openshift-apiserver', 'one')"
    )
    store.command("DROP VIEW copy_facts_refresh")
    store.command("DROP TABLE copy_facts")
    store.command(f"INSERT INTO schema_log (applied_at, version, fingerprint, object) VALUES (now64(6), {SCHEMA_VERSION}, 'earlier', '')")
    assert {step.object for step in apply_schema(store)} == {"copy_facts", "copy_facts_refresh"}
    assert store.rows("SELECT audit_id, component FROM copy_facts") == [("one", "openshift-apiserver")]


def test_a_plan_changes_nothing(store: Engine) -> None:
    apply_schema(store)
    store.command("CREATE OR REPLACE FUNCTION is_denied AS (code, decision) -> 1")
    store.command("DROP VIEW logins")
    before = picture(store)
    assert {step.object for step in change_plan(store)} == {"is_denied", "logins"}
    assert picture(store) == before
    assert store.rows("SELECT is_denied(200, 'allow')") == [(1,)]


def test_a_table_in_another_order_is_rebuilt_with_its_rows(store: Engine) -> None:
    apply_schema(store)
    store.command("DROP TABLE settings", settings={"check_table_dependencies": 0})
    store.command("CREATE TABLE settings (value String, name LowCardinality(String)) ENGINE = MergeTree ORDER BY value")
    store.command("INSERT INTO settings (name, value) VALUES ('kept', 'yes')")
    for step in change_plan(store):
        store.command(step.statement)
    assert store.rows("SELECT name, value FROM settings") == [("kept", "yes")]
    assert change_plan(store) == []


def test_what_an_earlier_schema_made_goes_and_what_others_made_stays(store: Engine) -> None:
    apply_schema(store)
    store.command("CREATE VIEW obsolete AS SELECT 1 AS one")
    store.command("CREATE VIEW of_the_auditor AS SELECT 1 AS one")
    row = {"version": 1, "fingerprint": "earlier", "object": "obsolete", "statement": "CREATE VIEW obsolete"}
    store.insert("schema_log", tuple(row), orjson.dumps(row), "JSONEachRow")
    assert [(step.object, step.statement) for step in change_plan(store)] == [("obsolete", "DROP VIEW IF EXISTS obsolete")]


def test_a_newer_schema_is_refused(store: Engine) -> None:
    apply_schema(store)
    newer = SCHEMA_VERSION + 1
    store.command(f"INSERT INTO schema_log (applied_at, version, fingerprint, object) VALUES (now64(6) + 1, {newer}, 'later', '')")
    with pytest.raises(SchemaError, match=f"schema {newer} is newer than schema {SCHEMA_VERSION} of this program; upgrade auditradar"):
        ensure_schema(store)


def test_a_foreign_database_is_refused_and_left_alone(store: Engine) -> None:
    store.create_database()
    store.command("CREATE TABLE events (theirs UInt8) ENGINE = Memory")
    with pytest.raises(SchemaError, match="holds tables that are not AuditRadar's; name another database"):
        apply_schema(store)
    assert store.rows("SHOW TABLES") == [("events",)]


def test_every_table_and_column_is_described(store: Engine) -> None:
    apply_schema(store)
    tables = {made.name for made in schema() if made.kind in {"TABLE", "VIEW"}}
    assert len(tables) > 25
    missing = store.rows(
        "SELECT table, name FROM system.columns WHERE database = currentDatabase() AND comment = '' AND has({tables:Array(String)}, table)",
        {"tables": sorted(tables)},
    )
    assert missing == []
    silent = store.rows(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND comment = '' AND engine NOT LIKE 'MaterializedView' "
    )
    assert silent == []


def test_a_replicated_schema_is_valid_sql(store: Engine) -> None:
    store.create_database()
    steps = create_plan("main")
    tables = [step for step in steps if "ENGINE = Replicated" in step.statement]
    functions = [step for step in steps if "ON CLUSTER `main`" in step.statement]
    assert len(tables) > 5
    assert len(functions) == sum(made.kind == "FUNCTION" for made in schema())
    for step in steps:
        store.rows("SELECT formatQuery({statement:String})", {"statement": step.statement})
        assert "non_replicated_deduplication_window" not in step.statement


def test_every_table_behind_the_feeds_remembers_the_blocks_it_took() -> None:
    targets = {match[1] for made in schema() if (match := re.search(r"^CREATE MATERIALIZED VIEW .* TO (\w+) AS$", made.text, re.MULTILINE))}
    tables = {made.name: made.text for made in schema() if made.kind == "TABLE"}
    kept = {name for name in targets if "ENGINE = Null" not in tables[name]}
    assert {"events", "rejected", "activity", "refusals", "batch_facts", "cluster_facts"} <= kept
    assert {name for name in kept if "non_replicated_deduplication_window = " not in tables[name]} == set()
