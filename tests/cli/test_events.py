from collections import Counter
from importlib.resources import as_file, files
from typing import Any

import orjson
import pytest

from auditradar.ingest.demo.fill import SAMPLE
from auditradar.ingest.sources import expand
from tests.cli.conftest import Run

ALL = ("--since", "100d", "--all-kinds")


def ids(run: Run, *arguments: str) -> list[int]:
    """Run `events` on the day written by hand and give the numbers of the requests, the newest first."""
    result = run("events", "--cluster", "hand", "--format", "jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return [int(orjson.loads(line)["audit_id"][-12:]) for line in result.stdout.splitlines()]


def test_the_last_day_of_the_log_without_machines(run: Run) -> None:
    assert ids(run) == [5, 30, 22, 21, 20, 4, 3, 2, 1]


def test_machines_when_asked_for(run: Run) -> None:
    assert ids(run, "--all-kinds") == [5, 30, 22, 21, 20, 14, 13, 12, 11, 10, 4, 3, 2, 1]
    assert ids(run, "--actor", "system:node:*") == [14, 13, 12, 11, 10]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--verb", "delete"), [2]),
        (("--verb", "delete,get"), [5, 3, 2]),
        (("--verb", "delete", "--verb", "get"), [5, 3, 2]),
        (("--resource", "secrets"), [20, 4]),
        (("--resource", "pods", "--actor", "mia"), [5, 3, 2, 1]),
        (("--resource", "pods/log"), [5]),
        (("--resource", "*/log"), [5]),
        (("--namespace", "shop", "--actor", "mia"), [5, 3, 2, 1]),
        (("--name", "web-*"), [5, 3, 2]),
        (("--outcome", "forbidden"), [4]),
        (("--outcome", "unauthenticated"), [22, 21, 20]),
        (("--address", "198.51.100.0/24"), [22, 21, 20]),
        (("--address", "2001:db8::1"), [30]),
        (("--client", "curl"), [22, 21, 20]),
        (("--effective-user", "boss"), [3]),
        (("--text", "CANNOT LIST"), [4]),
        (("--raw-text", "devs"), [5, 4, 3, 2, 1]),
        (("--text", "devs"), []),
        (("--audit-id", "00000000-0000-0000-0000-000000000002"), [2]),
        (("--until", "2026-03-01T08:15"), [2, 1]),
        (("--verb", "list", "--resource", "pods", "--actor", "mia"), [1]),
    ],
)
def test_filters_find_what_they_say(run: Run, arguments: tuple[str, ...], wanted: list[int]) -> None:
    assert ids(run, *arguments) == wanted


def test_an_audit_id_is_found_at_any_time(run: Run) -> None:
    result = run("events", "--audit-id", sample()[0]["auditID"], "--format", "json")
    assert [row["cluster"] for row in orjson.loads(result.stdout)] == ["real"]


def sample() -> list[dict[str, Any]]:
    """Read the real sample with plain Python."""
    with as_file(files("auditradar.ingest.demo").joinpath(SAMPLE)) as path:
        return [orjson.loads(line) for line in b"".join(expand([str(path)])[0].chunks()).splitlines()]


def test_the_real_sample_is_all_there(run: Run) -> None:
    result = run("events", "--cluster", "real", *ALL, "--format", "jsonl")
    found = Counter((row["verb"], row["code"], row["actor"]) for row in map(orjson.loads, result.stdout.splitlines()))
    assert found == Counter((event["verb"], event["responseStatus"]["code"], event["user"]["username"]) for event in sample())
    assert sum(found.values()) == 100


def test_raw_events_are_what_was_logged(run: Run) -> None:
    result = run("events", "--cluster", "hand", "--raw", "--audit-id", "00000000-0000-0000-0000-000000000004")
    raw = orjson.loads(result.stdout)
    assert (raw["user"]["username"], raw["verb"], raw["responseStatus"]["code"]) == ("mia", "list", 403)


def test_stages_are_listed_when_asked_for(run: Run) -> None:
    result = run("events", "--cluster", "hand", "--stages", "--format", "jsonl", "--outcome", "unauthenticated")
    assert {orjson.loads(line)["stage"] for line in result.stdout.splitlines()} == {"ResponseStarted"}


def test_an_outcome_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    result = run("events", "--outcome", "denied")
    assert result.exit_code == 2
    assert "'denied' is none of success, unauthenticated, forbidden" in result.stderr
