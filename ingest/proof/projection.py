"""Name the rules under which records become rows, and read the feeds that do it as one query."""

import hashlib
import re

from auditradar.ingest.engine import Engine
from auditradar.sql import query, schema

FEEDS = ("landing_to_parsed", "parsed_to_events")
"""The feeds that make a row of events of a record, in their order."""
_SELECT = re.compile(r"\bAS\s+(?=SELECT\b|WITH\b)")


def rules_hash_of(engine: Engine) -> str:
    """Hash the rules, functions and feeds that classify what comes in now."""
    texts = [made.text for made in schema() if made.kind == "FUNCTION" or made.name in FEEDS]
    rules = engine.rows(query("proof/rules").text)[0][0]
    return hashlib.sha256("\n".join([*texts, rules]).encode()).hexdigest()


def projected(name: str) -> str:
    """Give a query of sql/queries that may read `projected`: the stored events as the feeds would make them of their raw text today.

    `stored_facts` is what proof/stored.sql hands through as the source: hashes of the columns that are stored.
    """
    parsed, events = (_select(feed) for feed in FEEDS)
    delivered = _reading(parsed, "landing", query("proof/stored").text, "")
    rows = _reading(events, "parsed", delivered, ",\n    source AS stored_facts")
    return f"WITH projected AS\n(\n{rows}\n)\n{query(name).text}"


def _select(feed: str) -> str:
    text = next(made.text for made in schema() if made.name == feed)
    found = _SELECT.search(text)
    assert found is not None, feed  # noqa: S101 - our own file
    return text[found.end() :]


def _reading(select: str, table: str, rows: str, more: str) -> str:
    """Let a feed read other rows than those of its table, and give more columns."""
    return re.sub(rf"\s+FROM {table}\b", lambda _: f"{more}\nFROM\n(\n{rows}\n) AS {table}", select, count=1)
