"""The files of a simulated run: deterministic, and written as an API server writes them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditradar.ingest.simulate import Plan, Truth, simulate

SMALL = Plan(days=0.5, people=6, events=1500, late=0.02, duplicated=0.02)
# Rewrite with: python -m pytest tests/unit/simulate -k same_on_every_machine (the failure prints the new value).
SMALL_SHA256 = "70279377030af37d24c10ca39b8eb549102c6dc62966975d49480e1cc92aa38c"

_ORDER = (
    *("kind", "apiVersion", "level", "auditID", "stage", "requestURI", "verb", "user", "impersonatedUser", "sourceIPs", "userAgent"),
    *("objectRef", "responseStatus", "requestObject", "responseObject", "requestReceivedTimestamp", "stageTimestamp", "annotations"),
)


def digest(out: Path) -> str:
    found = sorted(out.glob("logs/apiserver-*/audit.log"))
    assert found
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()


def lines(out: Path) -> Iterator[str]:
    for path in sorted(out.glob("logs/apiserver-*/audit.log")):
        yield from path.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    out = tmp_path_factory.mktemp("week")
    return out, simulate(out, Plan(events=40_000))


@pytest.fixture(scope="module")
def events(week: tuple[Path, Truth]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(week[0])]


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    simulate(tmp_path / "one", SMALL)
    simulate(tmp_path / "two", SMALL)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_a_plan_gives_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    simulate(tmp_path, SMALL)
    assert digest(tmp_path) == SMALL_SHA256


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    simulate(tmp_path / "one", SMALL)
    simulate(tmp_path / "two", SMALL.model_copy(update={"seed": 2}))
    assert digest(tmp_path / "one") != digest(tmp_path / "two")


def test_a_line_is_compact_json_with_go_escapes(week: tuple[Path, Truth]) -> None:
    escapes = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})
    for line in lines(week[0]):
        assert json.dumps(json.loads(line), separators=(",", ":"), ensure_ascii=False).translate(escapes) == line


def test_fields_come_in_the_order_of_the_go_type(events: list[dict[str, Any]]) -> None:
    for event in events:
        assert [name for name in _ORDER if name in event] == list(event)


def test_times_have_six_digits_and_are_in_order(events: list[dict[str, Any]]) -> None:
    for event in events:
        assert len(event["requestReceivedTimestamp"]) == len(event["stageTimestamp"]) == len("2026-01-05T00:00:00.000000Z")
        assert event["requestReceivedTimestamp"] <= event["stageTimestamp"] < "2026-01-12T00:00:00.000000Z"


def test_a_question_knows_no_answer(events: list[dict[str, Any]]) -> None:
    questions = [event for event in events if event["stage"] == "RequestReceived"]
    assert questions
    assert not [event for event in questions if {"responseStatus", "annotations", "impersonatedUser", "requestObject"} & event.keys()]


def test_a_401_is_one_event_of_nobody(events: list[dict[str, Any]]) -> None:
    refused = [event for event in events if event.get("responseStatus", {}).get("code") == 401]
    assert refused
    ids = {event["auditID"] for event in refused}
    assert {(event["stage"], json.dumps(event["user"])) for event in events if event["auditID"] in ids} == {("ResponseStarted", "{}")}


def test_secrets_are_logged_without_bodies(events: list[dict[str, Any]]) -> None:
    secrets = [event for event in events if event.get("objectRef", {}).get("resource") == "secrets"]
    assert secrets
    assert {event["level"] for event in secrets} == {"Metadata"}


def test_most_lines_are_written_in_order_and_some_up_to_a_day_late(tmp_path: Path) -> None:
    simulate(tmp_path, SMALL.model_copy(update={"late": 0.05, "duplicated": 0.0}))
    newest, late = "", 0
    stamps = [json.loads(line)["stageTimestamp"] for line in (tmp_path / "logs" / "apiserver-1" / "audit.log").read_text().splitlines()]
    for stamp in stamps:
        late += stamp[:16] < newest[:16]
        newest = max(newest, stamp)
    assert 0.01 < late / len(stamps) < 0.1


def test_some_lines_stand_in_both_files(tmp_path: Path) -> None:
    truth = simulate(tmp_path, SMALL)
    one, two = ((tmp_path / "logs" / name / "audit.log").read_text().splitlines() for name in ("apiserver-1", "apiserver-2"))
    assert set(one) & set(two)
    assert len(one) + len(two) == truth.counts.lines > truth.counts.events == len({*one, *two})


def test_truth_json_is_what_is_returned(week: tuple[Path, Truth]) -> None:
    out, truth = week
    assert Truth.model_validate_json((out / "truth.json").read_text(encoding="utf-8")) == truth


def test_progress_ends_at_all_lines(tmp_path: Path) -> None:
    seen: list[int] = []
    truth = simulate(tmp_path, SMALL, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == truth.counts.lines


def test_a_run_writes_a_file_per_api_server_and_leaves_none_of_an_earlier_run(tmp_path: Path) -> None:
    for servers in (3, 2):
        simulate(tmp_path, SMALL.model_copy(update={"api_servers": servers}))
        assert len(list(tmp_path.glob("logs/apiserver-*/audit.log"))) == servers
