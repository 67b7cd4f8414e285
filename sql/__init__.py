"""Hold the SQL that defines what AuditRadar means, and read it; all else in this folder is SQL and data."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

SCHEMA_VERSION = 1
"""Number of the schema; raised with every released change of sql/schema or sql/functions."""

_CREATE = re.compile(r"^CREATE (?:OR REPLACE )?(TABLE|MATERIALIZED VIEW|VIEW|DICTIONARY|FUNCTION) (?:IF NOT EXISTS )?(\w+)", re.MULTILINE)
_HEADER = re.compile(r"^-- (\w+(?: \w+)?): (.*)$")


@dataclass(frozen=True, slots=True)
class Definition:
    """Be one object of the schema: `kind` is TABLE, VIEW, MATERIALIZED VIEW, DICTIONARY or FUNCTION; `text` its statement."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """Be one query file: its title, the question it answers, its parameters with what each is, its text, and its whole header."""

    name: str
    title: str
    question: str
    parameters: dict[str, str]
    text: str
    header: dict[str, str] = field(default_factory=dict)


@cache
def schema() -> tuple[Definition, ...]:
    """Read the schema in the order in which it must be applied: tables and dictionaries (0xx), functions, feeds (1xx), views (2xx)."""
    objects = [(file.name, _definition(file)) for file in _sql_files("schema")]
    functions = [_definition(file) for file in _sql_files("functions")]
    first = [made for name, made in objects if name < "1"]
    rest = [made for name, made in objects if name >= "1"]
    return (*first, *functions, *rest)


@cache
def fingerprint() -> str:
    """Hash all statements of the schema: equal fingerprints mean equal schemas."""
    return hashlib.sha256("\n".join(made.text for made in schema()).encode()).hexdigest()


@cache
def query(name: str) -> Query:
    """Read `queries/<name>.sql`; the name may have a folder, as in `who/sessions`."""
    return _read("queries", name)


@cache
def panel(name: str) -> Query:
    """Read `panels/<dashboard>/<panel>.sql`: the query of a panel or of a variable, with the macros of Grafana's data source in it."""
    return _read("panels", name)


@cache
def alert(name: str) -> Query:
    """Read `alerts/<name>.sql`: the query of an alert rule, with the macros that the data source expands in Grafana's server."""
    return _read("alerts", name)


@cache
def retention(name: str) -> Query:
    """Read `retention/<table>.sql`: the statement that says when the rows of a table may go."""
    return _read("retention", name)


@cache
def access(name: str) -> Query:
    """Read `access/<name>.sql`: statements that only a server can run."""
    return _read("access", name)


def retained() -> tuple[str, ...]:
    """List the tables whose rows are not kept for ever."""
    return tuple(file.name.removesuffix(".sql") for file in _sql_files("retention"))


def alerts() -> tuple[str, ...]:
    """List the names of all alert rules."""
    return tuple(file.name.removesuffix(".sql") for file in _sql_files("alerts"))


def questions() -> tuple[str, ...]:
    """List the names of the queries that auditors and investigators ask by name."""
    return tuple(file.name.removesuffix(".sql") for file in _sql_files("queries/auditor"))


def _read(folder: str, name: str) -> Query:
    file = files("auditradar.sql").joinpath(folder, *f"{name}.sql".split("/"))
    return parsed(name, file.read_text(encoding="utf-8"))


def parsed(name: str, text: str) -> Query:
    """Read the text of a query file."""
    header = [(match[1], match[2]) for line in text.splitlines() if (match := _HEADER.match(line))]
    facts = dict(header)
    parameters = {key.removeprefix("param "): value for key, value in header if key.startswith("param ")}
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return Query(name, facts.get("title", name), facts.get("question", ""), parameters, body.strip(), facts)


def rules(name: str) -> bytes:
    """Read the built-in rows of a rule table, one JSON object a line, in order of precedence."""
    return files("auditradar.sql").joinpath("rules", f"{name}.jsonl").read_bytes()


def _sql_files(folder: str) -> Iterator[Traversable]:
    found = [file for file in files("auditradar.sql").joinpath(*folder.split("/")).iterdir() if file.name.endswith(".sql")]
    return iter(sorted(found, key=lambda file: file.name))


def _definition(file: Traversable) -> Definition:
    text = file.read_text(encoding="utf-8").strip()
    match = _CREATE.search(text)
    if match is None:
        raise ValueError(f"{file.name} holds no CREATE statement")
    return Definition(match[1], match[2], text)
