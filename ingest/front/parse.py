"""Let the engine parse a statement and write one."""

import json
from collections.abc import Mapping

from auditradar.ingest.embedded import Connection
from auditradar.ingest.front.limits import Limits
from auditradar.ingest.front.refusal import Refusal
from auditradar.ingest.front.statement import Statement, check
from auditradar.ingest.front.vocabulary import Vocabulary
from auditradar.sql import query

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\0": "\\0"})
"""A parameter arrives as ClickHouse's escaped text."""


def checked(session: Connection, vocabulary: Vocabulary, text: str, parameters: Mapping[str, str], limits: Limits) -> Statement:
    """Parse a statement and check it, and the filters in it; Refusal says what is not allowed, RuntimeError what the engine cannot read."""
    statement = _parsed(session, vocabulary, text, parameters, limits)
    for condition in statement.filters:
        _parsed(session, vocabulary, ask(session, "front/filter", filter=condition), {}, limits)
    return statement


def written(session: Connection, tree: str) -> str:
    """Let the engine write a tree as a statement."""
    return ask(session, "front/write", tree=tree)


def ask(session: Connection, name: str, **values: str) -> str:
    """Run a query of ours that answers one text."""
    escaped = {key: value.translate(ESCAPES) for key, value in values.items()}
    answer = session.query(query(name).text, "RawBLOB", escaped).bytes()
    return (answer or b"").decode()


def _parsed(session: Connection, vocabulary: Vocabulary, text: str, parameters: Mapping[str, str], limits: Limits) -> Statement:
    try:
        tree = json.loads(ask(session, "front/parse", text=text))
        return check(tree, vocabulary, parameters, limits)
    except (RecursionError, UnicodeDecodeError):
        raise Refusal(62, "Syntax error: the statement is nested too deeply, or holds bytes that are no text") from None
