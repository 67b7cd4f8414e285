"""What the simulator plants is found by the queries that look for odd things, without its truth."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.reading.odd import odd_queries, odd_things
from auditradar.ingest.reading.result import Row
from auditradar.ingest.reading.store import open_reader
from tests.cli.conftest import Spawn

TITLES = {
    "break-glass": "Break-glass login",
    "failure-then-success": "Success after failures",
    "stolen-credential": "New address, strange hour",
    "refused-impersonation": "Refused impersonation",
    "token-spraying": "One address, many doors",
    "new-cluster-admin": "New cluster-admin",
    "anonymous-scan": "One address, many doors",
    "refused-sweep": "Refused again and again",
    "namespace-deleted": "Namespace deleted",
    "forged-address": "Forged address",
    "token-outside": "A pod's token in a person's hand",
}
"""Which query must find which story; expired-token-storm is no attack and must not be called one."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, spawn: Spawn) -> tuple[str, Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    made = spawn("simulate", str(folder / "made"))
    assert made.returncode == 0, made.stderr
    dsn = f"chdb://{folder / 'store'}"
    shown = spawn("demo", "--dsn", dsn)
    assert shown.returncode == 0, shown.stderr
    return dsn, folder / "made", shown.stdout


@pytest.fixture(scope="module")
def found(demo: tuple[str, Path, str]) -> list[Row]:
    with open_reader(parse_dsn(demo[0])) as reader:
        return odd_things(reader, "^simulated$")


@pytest.fixture(scope="module")
def stories(demo: tuple[str, Path, str]) -> dict[str, dict[str, Any]]:
    truth = orjson.loads((demo[1] / "truth.json").read_bytes())
    return {story["what"]: story for story in truth["anomalies"]}


@pytest.mark.parametrize(("what", "title"), TITLES.items())
def test_a_planted_story_is_found(found: list[Row], stories: dict[str, dict[str, Any]], what: str, title: str) -> None:
    story = stories[what]
    assert [row for row in found if row["what"] == title and row["client_ip"] == story["client_ip"]]


def test_an_expired_token_is_no_attack(found: list[Row], stories: dict[str, dict[str, Any]]) -> None:
    assert stories["expired-token-storm"]["client_ip"] not in {row["client_ip"] for row in found}


def test_no_query_cries_wolf(found: list[Row]) -> None:
    assert {str(row["what"]) for row in found} >= set(TITLES.values())
    assert len(found) <= 3 * len(odd_queries())


def test_every_finding_has_its_evidence(found: list[Row]) -> None:
    assert all(row["evidence_ids"] and row["story"] for row in found)


def test_the_demo_tells_it_and_says_what_to_type_next(demo: tuple[str, Path, str]) -> None:
    shown = demo[2]
    for words in (
        "openshift-real",
        "kube:admin",
        "bad-password",
        "recorded: oauth-token",
        "inferred: first-seen",
        "What is odd, each found by a query",
        "auditradar who alice",
        f"export AUDITRADAR_DSN={demo[0]}",
    ):
        assert words in shown


def test_the_demo_can_be_run_again(demo: tuple[str, Path, str], spawn: Spawn) -> None:
    again = spawn("demo", "--dsn", demo[0])
    assert again.returncode == 0
    assert again.stdout.count("loaded before") == 3
    assert again.stdout.split("Who logged in")[1] == demo[2].split("Who logged in")[1]
