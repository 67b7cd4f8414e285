"""Read the statements that the engine does not give as a tree: DESCRIBE, EXISTS, SHOW CREATE, SHOW FUNCTIONS.

Their outline (`EXPLAIN AST`) says what they are; they name a table and no more. A SELECT inside DESCRIBE is checked as a tree of its own.
"""

import re
from dataclasses import dataclass

from auditradar.ingest.embedded import Connection
from auditradar.ingest.front.limits import Limits
from auditradar.ingest.front.parse import ask, checked, written
from auditradar.ingest.front.refusal import Refusal, denied
from auditradar.ingest.front.request import Asked
from auditradar.ingest.front.vocabulary import INFORMATION_SCHEMA, SYSTEM_TABLES, Vocabulary
from auditradar.ingest.front.words import names
from auditradar.sql import query

KINDS = names(
    """DescribeQuery ExistsDatabaseQuery ExistsDictionaryQuery ExistsTableQuery ExistsViewQuery ShowCreateDatabaseQuery
    ShowCreateDictionaryQuery ShowCreateTableQuery ShowCreateViewQuery ShowFunctions ShowSetting"""
)
PARTS = frozenset({"Identifier", "TableExpression", "TableIdentifier"})
_LINE = re.compile(r"^( *)(\w+)(?: +(.*?))?(?: \(alias .*\))?(?: \(children \d+\))?$")
_SELECT_INSIDE = re.compile(r"^(DESCRIBE (?:TABLE )?\()(.*)(\)(?: FORMAT \w+)?)$", re.DOTALL)
_FORMAT = re.compile(r" FORMAT (\w+)$")


@dataclass(frozen=True, slots=True)
class Outline:
    """Be a checked statement as the engine writes it, and the format it names."""

    text: str
    format: str = ""


def read_outline(session: Connection, vocabulary: Vocabulary, asked: Asked, limits: Limits) -> Outline:
    """Check a statement that is no tree; Refusal says what is not allowed."""
    plain = ask(session, "front/plain", text=asked.statement)
    inside = _SELECT_INSIDE.match(plain)
    if inside:
        statement = checked(session, vocabulary, inside[2], asked.parameters, limits)
        plain = f"{inside[1]}{written(session, statement.inner)}{inside[3]}"
    else:
        outline = session.query(f"{query('front/outline').text} {plain}", "TSVRaw", asked.parameters).bytes() or b""
        _check_lines(outline.decode(errors="replace").splitlines(), vocabulary)
    named = _FORMAT.search(plain)
    return Outline(plain, named[1] if named else "")


def _check_lines(lines: list[str], vocabulary: Vocabulary) -> None:
    first = _LINE.match(lines[0]) if lines else None
    if first is None or first[2] not in KINDS:
        raise Refusal(164, "Cannot execute query in readonly mode: only reading statements are answered here")
    for line in filter(None, lines[1:]):
        match = _LINE.match(line)
        if match is None or match[2] not in PARTS:
            raise denied("only a table may be named here")
        if match[2] == "TableIdentifier":
            _check_table((match[3] or "").split("."), vocabulary.database)


def _check_table(parts: list[str], own: str) -> None:
    database = parts[0] if len(parts) > 1 else own
    if database == "system" and parts[1] in SYSTEM_TABLES:
        return
    if database != own and database.lower() != INFORMATION_SCHEMA:
        raise denied(f"{'.'.join(parts)} is not in the database {own}")
