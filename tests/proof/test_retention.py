"""Let time pass by policy: what is due goes, what is held stays, and verification tells both from tampering."""

import pytest

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.retention.apply import apply_retention
from auditradar.ingest.retention.holds import Decision, Hold, add_hold, release_holds
from auditradar.ingest.retention.policy import changes_between, policy_in_force, wanted_policy
from auditradar.ingest.schema.plan import change_plan
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.settings import ClusterRetention, ClusterSettings, Retention, Settings
from tests.cli.made import lines
from tests.proof.conftest import Load

TIERS = Retention()
LAWSUIT, OVER = Decision("carol", "lawsuit"), Decision("carol", "over")


def policy(kept_days: int = 397, **own: int) -> Settings:
    clusters = {"dev": ClusterSettings(retention=ClusterRetention(**own))} if own else {}
    return Settings(dsn="chdb:///unused", retention=Retention(events=kept_days), clusters=clusters)


def of_year(year: int) -> bytes:
    return lines().replace(b"2026-03-01T", f"{year}-03-01T".encode())


def kept(store: Engine, table: str = "events", at: str = "requested_at") -> list[tuple[str, int, int]]:
    rows = store.rows(f"SELECT toString(cluster), toYear({at}) AS year, count() FROM {table} GROUP BY ALL ORDER BY ALL")
    return [(row[0], row[1], row[2]) for row in rows]


def past_due(store: Engine) -> int:
    return int(store.rows("SELECT sum(past_due) FROM retention_state")[0][0])


def test_what_is_due_goes_with_its_month_and_nothing_alarms(store: Engine, bring: Load) -> None:
    bring(of_year(2020), "old.log")
    bring(name="new.log")
    sessions = kept(store, "sessions", "started_at")
    apply_retention(store, policy(), "alice", "policy of 2026")
    assert [row[:2] for row in kept(store)] == [("hand", 2026)]
    assert kept(store, "sessions", "started_at") == sessions, "derived identity facts are kept longer than the events"
    assert past_due(store) == 0
    proof = verify_store(store)
    assert (proof.ok, proof.expired) == (True, 14), [found.words for found in proof.mismatches]
    assert change_plan(store) == [], "the schema leaves the TTLs alone"
    rebuild(store)
    assert kept(store, "sessions", "started_at") == sessions
    assert verify_store(store).ok


def test_a_cluster_whose_events_all_went_has_no_hours_and_a_period_that_does_not_end_before_it_begins(store: Engine, bring: Load) -> None:
    bring(of_year(2020), cluster="gone")
    bring(name="new.log", cluster="here")
    apply_retention(store, policy(), "alice", "policy of 2026")
    assert [row[0] for row in kept(store)] == ["here"]
    assert store.rows("SELECT DISTINCT toString(cluster) FROM hours_covered") == [("here",)]
    assert store.rows("SELECT DISTINCT toString(cluster) FROM coverage WHERE gap") == [("here",)], "what went is no hole"
    assert store.rows("SELECT min(first_event_at <= last_event_at) FROM clusters") == [(True,)]


def test_a_cluster_may_keep_less_and_months_of_several_clusters_go_row_by_row(store: Engine, bring: Load) -> None:
    bring(of_year(2025), cluster="prod")
    bring(of_year(2025), cluster="dev")
    apply_retention(store, policy(3650, events=30), "alice", "")
    assert [row[:2] for row in kept(store)] == [("prod", 2025)]
    assert past_due(store) == 0
    assert verify_store(store).ok
    log = store.rows("SELECT class, cluster, old_days, new_days, by FROM retention_log WHERE class = 'events' ORDER BY sequence")
    assert log == [("events", "", 0, 3650, "alice"), ("events", "dev", -1, 30, "alice")]


def test_a_longer_policy_does_not_make_tampering_of_what_went_before(store: Engine, bring: Load) -> None:
    bring(of_year(2020))
    apply_retention(store, policy(30), "alice", "")
    apply_retention(store, policy(0), "alice", "")
    assert kept(store) == []
    assert verify_store(store).ok
    store.command("ALTER TABLE retention_log UPDATE new_days = 1 WHERE sequence = 1", settings={"mutations_sync": 2})
    assert [found.problem for found in verify_store(store).mismatches] == ["log-changed"]


def test_what_is_held_stays_until_it_is_released(store: Engine, bring: Load) -> None:
    bring(of_year(2020))
    name, covered = add_hold(store, Hold(actor="mia", incident="INC-7"), LAWSUIT, TIERS)
    assert (name, covered) == ("H-1", 8)
    apply_retention(store, policy(), "alice", "")
    actors = store.rows("SELECT toString(actor), count() FROM events GROUP BY 1 ORDER BY 1")
    assert actors == [("", 3), ("mia", 5)], "rows that name nobody may be hers"
    assert past_due(store) == 0
    proof = verify_store(store)
    assert proof.ok, [found.words for found in proof.mismatches]
    store.command("ALTER TABLE events DELETE WHERE verb = 'delete'", settings={"mutations_sync": 2})
    assert [found.problem for found in verify_store(store).mismatches] == ["hold-broken"]
    with pytest.raises(RetentionError, match="no such hold stands"):
        release_holds(store, ("H-9",), "", OVER, TIERS)
    assert release_holds(store, (), "INC-7", OVER, TIERS) == ["H-1"]
    apply_retention(store, policy(), "alice", "")
    assert kept(store) == []
    assert verify_store(store).ok
    [row] = store.rows("SELECT active, added_by, why, released_by, release_why FROM holds")
    assert row == (False, "carol", "lawsuit", "carol", "over")


def test_what_changes_is_said_before_it_is_done(store: Engine) -> None:
    changes = changes_between(policy_in_force(store), wanted_policy(policy(30, events=10)))
    words = {change.words: change.shorter for change in changes}
    assert words["events: for ever → 30 days"]
    assert words["events of cluster dev: as all others → 10 days"]
    longer = changes_between({("events", ""): 30}, {("events", ""): 0})
    assert [(change.words, change.shorter) for change in longer] == [("events: 30 days → for ever", False)]


def test_the_state_shows_what_is_stored(store: Engine, bring: Load) -> None:
    bring()
    states = store.rows("SELECT DISTINCT table FROM retention_state")
    assert {("events",), ("digests",), ("sessions",), ("rejected",)} <= {tuple(row) for row in states}
