"""What must hold for any stream of events, however misleading."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.reference import derive
from tests.reference.strategies import TRUSTED_PROXIES, deliveries, gaps, streams, to_ndjson

MICROSECOND = timedelta(microseconds=1)

Events = list[dict[str, Any]]
# The gap, the events, and how they are delivered.
Case = tuple[timedelta, Events, list[Events]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    gap = draw(gaps())
    events = draw(streams(gap))
    return gap, events, draw(deliveries(events))


@given(cases())
def test_delivery_changes_nothing(case: Case) -> None:
    gap, events, files = case
    delivered = [event for file in files for event in file]
    assert derive.sessions(delivered, gap, trusted_proxies=TRUSTED_PROXIES) == derive.sessions(events, gap, trusted_proxies=TRUSTED_PROXIES)
    assert derive.failed_attempts(delivered) == derive.failed_attempts(events)
    assert derive.denied_requests(delivered) == derive.denied_requests(events)
    assert derive.activity(delivered) == derive.activity(events)


@given(cases())
def test_sessions_of_a_key_are_apart_by_more_than_the_gap(case: Case) -> None:
    gap, events, _ = case
    keys = defaultdict(list)
    for session in derive.sessions(events, gap):
        keys[session.actor, session.key_credential, session.key_ip].append(session)
    for sessions in keys.values():
        assert [session.evidence for session in sessions] == ["first-seen"] + ["idle-gap"] * (len(sessions) - 1)
        assert all(later.started_at - earlier.last_seen_at > gap // MICROSECOND for earlier, later in pairwise(sessions))


@given(cases())
def test_sessions_hold_every_request_once(case: Case) -> None:
    gap, events, _ = case
    keyed = [request for request in derive.requests(events) if derive.session_key(request)]
    sessions = derive.sessions(events, gap)
    assert sum(session.requests for session in sessions) == len(keyed)
    assert sum(minute.requests for minute in derive.activity(events).values()) == len(keyed)


@given(cases())
def test_a_wider_gap_never_gives_more_sessions(case: Case) -> None:
    gap, events, _ = case
    assert len(derive.sessions(events, 2 * gap)) <= len(derive.sessions(events, gap))


@given(cases())
def test_events_survive_being_written(case: Case) -> None:
    _, events, _ = case
    assert [orjson.loads(line) for line in to_ndjson(events).splitlines()] == events


@given(cases())
def test_no_request_is_both_failed_and_denied(case: Case) -> None:
    _, events, _ = case
    failed = {(each.audit_id, each.attempted_at) for each in derive.failed_attempts(events)}
    assert not failed & {(each.audit_id, each.requested_at) for each in derive.denied_requests(events)}
