"""Query files keep to their form: a header that says what they answer, and parameters that are described and used."""

import re
from pathlib import Path

import pytest

from auditradar.sql import query

ROOT = Path(__file__).parents[2] / "sql" / "queries"
FOLDERS = ("coverage", "describe", "listings", "odd", "reading", "report", "status", "who")
NAMES = sorted(str(file.relative_to(ROOT).with_suffix("")) for folder in FOLDERS for file in (ROOT / folder).glob("*.sql"))


def test_there_are_queries() -> None:
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_what_it_answers(name: str) -> None:
    asked = query(name)
    assert asked.title != name
    assert asked.question.endswith("?")


@pytest.mark.parametrize("name", NAMES)
def test_described_parameters_are_the_used_ones(name: str) -> None:
    asked = query(name)
    assert set(asked.parameters) == set(re.findall(r"\{(\w+):", asked.text))


def test_requests_and_stages_are_filtered_alike() -> None:
    filters = [query(f"listings/{name}").text.split("WHERE requested_at", 1)[1].split("\nORDER BY")[0] for name in ("requests", "stages")]
    assert filters[0].replace("requests.raw", "raw") == filters[1].replace("staged.raw", "raw")
