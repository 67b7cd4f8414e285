"""The rollups that panels read say what the raw events say, however often and in whatever order those were loaded."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.dashboards.rehearsal import HOLE
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.sources import expand

HOURLY = """
SELECT toUnixTimestamp(hour), verb, resource, subresource, client, denied, uniqExactMerge(requests)
FROM requests_hourly
WHERE cluster = {cluster:String} AND outcome != 'in-progress'
GROUP BY ALL
"""
SEEN = "SELECT toUnixTimestamp(hour), groupUniqArrayArray(minutes) FROM minutes_seen WHERE cluster = {cluster:String} GROUP BY hour"
STATE = """
SELECT cityHash64(groupArray(tuple(*)))
FROM (SELECT * EXCEPT requests, finalizeAggregation(requests) FROM requests_hourly FINAL ORDER BY ALL)
"""
QUICK = "SELECT cluster, component, hour, silent_minutes, gap FROM hours_covered WHERE cluster IN ('demo', 'holed')"
COVERED = "SELECT toString(hour), gap FROM hours_covered WHERE cluster = {cluster:String} AND gap"


@pytest.fixture(scope="module")
def log(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two thousand events of the simulation as a log of their own."""
    path = tmp_path_factory.mktemp("rollups") / "audit.log"
    raw = engine.rows("SELECT raw FROM events WHERE cluster = 'demo' ORDER BY cityHash64(audit_id), stage_at LIMIT 2000")
    path.write_text("".join(f"{row[0]}\n" for row in raw))
    load(engine, expand([str(path)]), LoadOptions(cluster="rollups"))
    return path


@pytest.fixture(scope="module")
def events(log: Path) -> list[Mapping[str, Any]]:
    return [orjson.loads(line) for line in log.read_bytes().splitlines()]


def received(event: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(event["requestReceivedTimestamp"]).astimezone(UTC)


def hour_of(moment: datetime) -> int:
    return int(moment.replace(minute=0, second=0, microsecond=0).timestamp())


def hourly(engine: Engine) -> Counter[tuple[Any, ...]]:
    counted: Counter[tuple[Any, ...]] = Counter()
    for *key, _client, _denied, requests in engine.rows(HOURLY, {"cluster": "rollups"}):
        counted[tuple(key)] += requests
    return counted


def test_hourly_requests_are_the_distinct_requests_of_the_log(engine: Engine, events: list[Mapping[str, Any]]) -> None:
    wanted: defaultdict[tuple[Any, ...], set[tuple[str, str]]] = defaultdict(set)
    for event in events:
        reference = event.get("objectRef", {})
        if event.get("responseStatus", {}).get("code", 0):
            key = (hour_of(received(event)), event["verb"], reference.get("resource", ""), reference.get("subresource", ""))
            wanted[key].add((event["auditID"], event["requestReceivedTimestamp"]))
    assert len(wanted) > 100
    assert hourly(engine) == Counter({key: len(requests) for key, requests in wanted.items()})


def test_minutes_seen_are_the_minutes_of_the_log(engine: Engine, events: list[Mapping[str, Any]]) -> None:
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for event in events:
        wanted[hour_of(received(event))].add(received(event).minute)
    given = {hour: set(minutes) for hour, minutes in engine.rows(SEEN, {"cluster": "rollups"})}
    assert given == wanted


def test_loading_again_changes_no_number(engine: Engine, log: Path) -> None:
    before = engine.rows(STATE)
    load(engine, expand([str(log)]), LoadOptions(cluster="rollups", again=True))
    assert engine.rows(STATE) == before


def test_a_rebuild_gives_the_same_rollups(engine: Engine) -> None:
    before = engine.rows(STATE), sorted(engine.rows(QUICK))
    rebuild(engine)
    assert (engine.rows(STATE), sorted(engine.rows(QUICK))) == before


def test_a_missing_hour_is_a_hole(engine: Engine) -> None:
    hole = HOLE.decode().replace("T", " ") + "00:00"
    assert engine.rows(COVERED, {"cluster": "holed"}) == [(hole, 1)]
    assert engine.rows(COVERED, {"cluster": "demo"}) == []


def test_covered_hours_agree_with_coverage(engine: Engine) -> None:
    exact = engine.rows(
        "SELECT cluster, component, hour, silent_minutes, gap FROM coverage WHERE cluster IN ('demo', 'holed') AND events + gap > 0"
    )
    quick = engine.rows(QUICK)
    assert len(quick) > 100
    assert sorted(quick) == sorted(exact)
