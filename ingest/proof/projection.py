"""Name the rules under which records become rows, and read the feeds that do it as one query."""

import hashlib

from auditradar.ingest.engine import Engine
from auditradar.sql import query, schema

FEEDS = ("landing_to_parsed", "parsed_to_events")
"""The feeds that make a row of events of a record, in their order."""


def rules_hash_of(engine: Engine) -> str:
    """Hash the rules, functions and feeds that classify what comes in now."""
    texts = [made.text for made in schema() if made.kind == "FUNCTION" or made.name in FEEDS]
    rules = engine.rows(query("proof/rules").text)[0][0]
    return hashlib.sha256("\n".join([*texts, rules]).encode()).hexdigest()
