"""Name the rules under which records become rows, and read the feeds that do it as one query."""

import hashlib
import re
from collections.abc import Mapping

from auditradar.ingest.engine import Engine
from auditradar.sql import query, schema

FEEDS: Mapping[str, tuple[str, str]] = {
    "event": ("landing_to_parsed", "parsed_to_events"),
    "identity": ("landing_lines_to_lines", "lines_to_auth_records"),
    "access": ("landing_lines_to_lines", "lines_to_access_records"),
}
"""The feeds that make a row of a record, in their order, by its kind."""
STORED: Mapping[str, str] = {"event": "proof/stored", "identity": "proof/stored_identity", "access": "proof/stored_access"}
COMPARED: Mapping[str, str] = {
    "event": "proof/events",
    "identity": "proof/identity",
    "access": "proof/access",
    "rejected": "proof/rejected",
}
_SELECT = re.compile(r"\bAS\s+(?=SELECT\b|WITH\b)")


def rules_hash_of(engine: Engine) -> str:
    """Hash the rules, functions and feeds that classify what comes in now."""
    feeds = set().union(*FEEDS.values())
    texts = [made.text for made in schema() if made.kind == "FUNCTION" or made.name in feeds]
    rules = engine.rows(query("proof/rules").text)[0][0]
    return hashlib.sha256("\n".join([*texts, rules]).encode()).hexdigest()


def comparison_of(kind: str) -> str:
    """Give the query that compares stored records of a kind with their digests.

    It may read `projected`: the stored records as the feeds would make them of their raw text today. `stored_facts` is what the query of
    the stored records hands through as the source: the columns that are stored.
    """
    text = query(COMPARED[kind]).text
    if kind not in FEEDS:
        return text
    rows = query(STORED[kind]).text
    for number, feed in enumerate(FEEDS[kind]):
        rows = _reading(_select(feed), feed.split("_to_")[0], rows, ",\n    source AS stored_facts" if number else "")
    return f"WITH projected AS\n(\n{rows}\n)\n{text}"


def _select(feed: str) -> str:
    text = next(made.text for made in schema() if made.name == feed)
    found = _SELECT.search(text)
    assert found is not None, feed  # noqa: S101 - our own file
    return text[found.end() :]


def _reading(select: str, table: str, rows: str, more: str) -> str:
    """Let a feed read other rows than those of its table, and give more columns."""
    return re.sub(rf"\s+FROM {table}\b", lambda _: f"{more}\nFROM\n(\n{rows}\n) AS {table}", select, count=1)
