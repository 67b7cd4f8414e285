from typing import Any

import orjson
import pytest

from tests.cli.conftest import Run


@pytest.fixture
def mia(run: Run) -> dict[str, Any]:
    page: dict[str, Any] = orjson.loads(run("who", "mia", "--format", "json").stdout)
    return page


def test_the_page_counts_what_was_done(mia: dict[str, Any]) -> None:
    assert (mia["actor"], mia["actor_kind"], mia["clusters"]) == ("mia", "human", ["hand"])
    assert (mia["requests"], mia["writes"], mia["denied"]) == (5, 1, 1)
    assert (mia["first_seen_at"], mia["last_seen_at"]) == ("2026-03-01T08:00:00.000000Z", "2026-03-01T18:00:00.500000Z")


def test_every_section_is_filled(mia: dict[str, Any]) -> None:
    assert [(row["credential_kind"], row["credential_id"], row["requests"]) for row in mia["credentials"]] == [
        ("x509", "X509SHA256=abc", 5)
    ]
    assert [(row["client_ip"], row["requests"], row["failed_attempts"]) for row in mia["addresses"]] == [("203.0.113.5", 5, 0)]
    assert [(row["client"], row["requests"]) for row in mia["clients"]] == [("kubectl", 5)]
    assert [row["started_at"][11:16] for row in mia["sessions"]] == ["18:00", "08:00"]
    assert [(row["verb"], row["what"], row["names"]) for row in mia["changes"]] == [("delete", "pods", ["web-1"])]
    assert [(row["kind"], row["target"], row["outcome"]) for row in mia["sensitive"]] == [
        ("secrets read", "list secrets in kube-system", "forbidden"),
        ("acted as another", "get pods web-2 in shop", "success"),
    ]
    assert [(row["target"], row["requests"]) for row in mia["refused"]] == [("list secrets in kube-system", 1)]
    assert [(row["relation"], row["other"]) for row in mia["acting"]] == [("acted as", "boss")]
    assert {(row["weekday"], row["hour"]): row["requests"] for row in mia["hours"]} == {(7, 8): 4, (7, 18): 1}
    assert mia["failures"] == []


def test_who_was_only_acted_as_has_a_page_too(run: Run) -> None:
    page = orjson.loads(run("who", "boss", "--format", "json").stdout)
    assert (page["requests"], page["requests_by_others_as"]) == (0, 1)
    assert [(row["relation"], row["other"]) for row in page["acting"]] == [("acted for by", "mia")]


def test_the_page_for_people_has_the_same_facts(run: Run) -> None:
    shown = run("who", "mia", env={"COLUMNS": "120"}).stdout
    for words in ("mia   human", "5, of them 1 change, 1 refused", "X509SHA256=abc", "Working hours (UTC)", "acted as boss"):
        assert words in shown


@pytest.mark.parametrize("fmt", ["csv", "markdown"])
def test_the_page_has_its_sections_in_other_formats(run: Run, fmt: str) -> None:
    shown = run("who", "mia", "--format", fmt).stdout
    assert "# credentials" in shown
    assert "X509SHA256=abc" in shown


def test_an_unknown_name_is_answered_with_a_similar_one(run: Run) -> None:
    result = run("who", "mai")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cannot find 'mai'" in result.stderr
    assert "did you mean 'mia'" in result.stderr


def test_a_pattern_lists_the_names(run: Run) -> None:
    found = orjson.loads(run("who", "*", "--cluster", "hand", "--format", "json").stdout)
    assert {row["user_name"]: row["requests"] for row in found if row["user_name"] in ("mia", "boss", "system:node:n1")} == {
        "mia": 5,
        "boss": 1,
        "system:node:n1": 5,
    }
