"""Taking an EventList apart as text gives what the envelopes give."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.envelopes import decode as decoding
from auditradar.ingest.envelopes.decode import decode
from auditradar.ingest.envelopes.listed import LIST_HEAD, listed_events
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.envelopes.runs import Run

EVENT: dict[str, Any] = {
    "level": "Metadata",
    "auditID": "0a0a0a0a-0000-4000-8000-000000000001",
    "stage": "ResponseComplete",
    "requestURI": "/api/v1/namespaces/x/pods?limit=5",
    "verb": "list",
    "user": {"username": "alice"},
    "sourceIPs": ["10.0.0.1"],
    "requestReceivedTimestamp": "2026-01-05T10:00:00.000000Z",
    "stageTimestamp": "2026-01-05T10:00:00.100000Z",
}
FORGED = {**EVENT, "auditID": "forged", "user": {"username": "mallory"}}


def listed(items: list[Any]) -> bytes:
    return LIST_HEAD + b",".join(map(orjson.dumps, items)) + b"]}"


def as_decoded(line: bytes, monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[list[Any], list[Any], list[int]]:
    if monkeypatch is not None:
        monkeypatch.setattr(decoding, "listed_events", lambda _: [])
    found = decode(Run(0, line + b"\n", 1), DecodeOptions())
    notes = [(index, note.kind, note.reason, note.redacted, note.component) for index, note in sorted(found.notes.items())]
    rejected = {index for index, kind, *_ in notes if kind == "rejected"}
    records = [record if index in rejected else orjson.loads(record) for index, record in enumerate(found.records)]
    return records, notes, list(found.positions)


CASES = {
    "one": [EVENT],
    "with kind": [{"kind": "Event", "apiVersion": "audit.k8s.io/v1", **EVENT}] * 2,
    "many": [EVENT | {"auditID": f"{number:036d}"} for number in range(50)],
    "a forged event in a list of a body": [EVENT | {"requestObject": {"list": [{"a": 1}, FORGED, FORGED]}}, EVENT],
    "a forged event in a text": [EVENT | {"userAgent": orjson.dumps([EVENT, FORGED]).decode()}, EVENT],
    "a secret": [EVENT | {"requestURI": "/login?access_token=sha256~0123456789abcdefghijklmnopqrstuvwxyz0123456789"}],
    "no time": [EVENT, {key: value for key, value in EVENT.items() if not key.endswith("Timestamp")}],
    "another way to write the time": [EVENT | {"requestReceivedTimestamp": "2026-01-05T11:00:00+01:00"}],
    "kind twice": [EVENT | {"kind": "Pod"}],
    "one address": [EVENT | {"sourceIPs": "10.0.0.1"}],
    "empty id": [EVENT | {"auditID": ""}],
    "no stage": [EVENT, {key: value for key, value in EVENT.items() if key != "stage"}],
    "words between": [EVENT, "text", EVENT],
}


@pytest.mark.parametrize("items", CASES.values(), ids=CASES)
def test_both_ways_give_the_same(items: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    line = listed(items)
    fast = as_decoded(line)
    assert fast == as_decoded(line, monkeypatch)
    assert not any(record.get("auditID") == "forged" for record in fast[0] if isinstance(record, dict))


def test_the_usual_list_is_taken_apart_as_text() -> None:
    assert len(listed_events(listed(CASES["many"]))) == 50
    assert len(listed_events(listed(CASES["with kind"]))) == 2
    sample = Path(__file__).parents[3] / "tests" / "fixtures" / "event-list"
    assert list(sample.iterdir())


values = st.recursive(
    st.none()
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=8)
    | st.sampled_from(['},{"level":"', '{"level":"Metadata","auditID":"', "]}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["level", "auditID", "items", "a"]), inner, max_size=3),
    max_leaves=8,
)
items = st.lists(
    st.fixed_dictionaries({}, optional={"requestObject": values, "userAgent": st.text(max_size=8), "annotations": values}).map(
        lambda extra: EVENT | extra
    )
    | values,
    min_size=1,
    max_size=4,
)


@given(items)
def test_whatever_is_inside_both_ways_give_the_same(some: list[Any]) -> None:
    line = listed(some)
    fast = as_decoded(line)
    with pytest.MonkeyPatch.context() as patched:
        assert as_decoded(line, patched) == fast


@given(items, st.data())
def test_a_list_that_is_broken_gives_the_same(some: list[Any], data: st.DataObject) -> None:
    line = bytearray(listed(some))
    at = data.draw(st.integers(len(LIST_HEAD), len(line) - 1))
    line[at] = data.draw(st.sampled_from(b'{}[],":x'))
    fast = as_decoded(bytes(line))
    with pytest.MonkeyPatch.context() as patched:
        assert as_decoded(bytes(line), patched) == fast
