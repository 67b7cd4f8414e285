"""Sessions of recorded logins equal the plain reference, however the facts and requests lie around the limits of the rules."""

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from tests.reference import recorded, stories
from tests.reference.acts import CONFIGURED_GAP, SECOND

SESSIONS = """
SELECT cluster, actor, toUnixTimestamp64Micro(started_at), toUnixTimestamp64Micro(last_seen_at), toUnixTimestamp64Micro(ended_at),
    end_reason, ended_by, end_ids, requests, writes, evidence, confidence, login_ids, client_ip, method, client_name, provider,
    if(client_name = '', '', credential_id)
FROM sessions_with_gap(gap_seconds = {gap:UInt32}, since = {since:DateTime64(6, 'UTC')}, until = {until:DateTime64(6, 'UTC')})
"""
EVER = {"since": datetime(1970, 1, 1), "until": datetime(2100, 1, 1)}
EVIDENCE = {"token": "oauth-token", "password": "oauth-server", "idp": "idp"}
numbers = itertools.count()


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="recorded")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE recorded")


def deliver(store: Engine, told: dict[str, stories.Story]) -> None:
    """Insert the facts and the requests of each story, each story as a cluster of its own."""
    facts = [stories.auth_record(cluster, fact) for cluster, story in told.items() for fact in story.facts if fact.step != "deleted"]
    landed = [stories.landed(cluster, event) for cluster, story in told.items() for event in stories.events(story)]
    for table, rows in {"auth_records": facts, "landing": landed}.items():
        if rows:
            store.insert(table, list(rows[0]), b"\n".join(orjson.dumps(row) for row in rows), "JSONEachRow")
    refresh(store)


def stored(store: Engine, gap: int) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for cluster, *row in store.rows(SESSIONS, {"gap": gap // SECOND, **EVER}):
        found.setdefault(cluster, []).append(tuple(tuple(value) if isinstance(value, list) else value for value in row))
    return {cluster: sorted(rows, key=repr) for cluster, rows in found.items()}


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(stories.stories(), min_size=60, max_size=60))
def test_recorded_sessions_equal_the_reference(store: Engine, drawn: list[stories.Story]) -> None:
    told = {f"told-{next(numbers)}": story for story in drawn}
    deliver(store, told)
    for gap in (3600 * SECOND, CONFIGURED_GAP):
        found = stored(store, gap)
        for cluster, story in told.items():
            wanted = [
                tuple(EVIDENCE.get(str(value), value) if place == 9 else value for place, value in enumerate(row))
                for row in recorded.sessions(story.facts, story.asked, gap)
            ]
            assert found.get(cluster, []) == sorted(wanted, key=repr), story
