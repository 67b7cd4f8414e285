"""Work out the statements that bring a store to the schema of this program."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditradar.ingest.engine import Engine, quoted
from auditradar.sql import Definition, query, schema

_AS_SELECT = re.compile(r"\bAS\s+(SELECT|WITH)\b")
_CREATE = re.compile(r"CREATE (?:OR REPLACE )?(VIEW|DICTIONARY) (?:IF NOT EXISTS )?")
_SETTINGS = re.compile(r" SETTINGS (.*)$")
_TTL = re.compile(r" TTL .*?(?= SETTINGS |$)")
REPLICATED_MEMORY = "replicated_deduplication_window_seconds = 604800"
"""A week, as before ClickHouse 25.10: an hour is its default since, and a load may be resumed later than that."""


@dataclass(frozen=True, slots=True)
class Step:
    """Be one statement of a plan and the object it changes."""

    object: str
    statement: str


@dataclass(frozen=True, slots=True)
class Column:
    """Be one column as the engine describes it."""

    type: str
    default_kind: str
    default_expression: str
    codec: str
    comment: str

    @property
    def sql(self) -> str:
        """Write the column's definition for ALTER TABLE."""
        default = f" {self.default_kind} {self.default_expression}" if self.default_kind else ""
        codec = f" {self.codec}" if self.codec else ""
        comment = self.comment.replace("\\", "\\\\").replace("'", "\\'")
        return f"{self.type}{default} COMMENT '{comment}'{codec}"


@dataclass(frozen=True, slots=True)
class Inventory:
    """Be what one database holds: definitions and engines by object, columns and skipping indices by table."""

    definitions: Mapping[str, str]
    engines: Mapping[str, str]
    columns: Mapping[str, Mapping[str, Column]]
    indices: Mapping[str, Mapping[str, str]]


def create_plan(on_cluster: str = "") -> list[Step]:
    """List the statements that make an empty database ours."""
    return [Step(made.name, for_cluster(made, on_cluster)) for made in schema()]


def for_cluster(made: Definition, on_cluster: str) -> str:
    """Adapt a statement to a replicated database: its DDL is replicated by itself, functions are not part of it, tables replicate."""
    if not on_cluster:
        return made.text
    if made.kind == "FUNCTION":
        return re.sub(r"(CREATE OR REPLACE FUNCTION \w+)", rf"\1 ON CLUSTER {quoted(on_cluster)}", made.text, count=1)
    text = re.sub(r"^ENGINE = (\w*MergeTree)", r"ENGINE = Replicated\1", made.text, flags=re.MULTILINE)
    return re.sub(r"non_replicated_deduplication_window = (\d+)", rf"replicated_deduplication_window = \1, {REPLICATED_MEMORY}", text)


def change_plan(engine: Engine) -> list[Step]:
    """List the statements that bring an existing store to this schema; empty when nothing differs."""
    have = inventory(engine, engine.dsn.database)
    steps = _function_steps(engine)
    with _scratch(engine, {step.object for step in steps}) as name:
        wanted = inventory(engine, name)
    for made in schema():
        if made.kind != "FUNCTION":
            steps += _object_steps(made, have, wanted)
    ours = {row[0] for row in engine.rows(query("schema/ours").text)}
    return steps + _obsolete_steps(have, wanted, ours)


@contextlib.contextmanager
def _scratch(engine: Engine, changed_functions: set[str]) -> Iterator[str]:
    """Make the wanted schema in a database of its own, so that the engine normalises both sides.

    Functions belong to no database: the store's own come back at the end, for a plan must change nothing.
    """
    name = f"{engine.dsn.database}__schema"
    before = {name: text for name, text in engine.rows(query("schema/functions").text) if name in changed_functions}
    engine.command(f"DROP DATABASE IF EXISTS {quoted(name)}")
    engine.command(f"CREATE DATABASE {quoted(name)}")
    client = engine.new_client()
    client.database = name
    try:
        for made in schema():
            client.command(made.text)
        yield name
    finally:
        client.database = engine.dsn.database
        for text in before.values():
            engine.command(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
        engine.command(f"DROP DATABASE IF EXISTS {quoted(name)}")


def inventory(engine: Engine, database: str) -> Inventory:
    """Read what a database holds."""
    named = {"database": database}
    objects = engine.rows(query("schema/objects").text, named)
    columns: dict[str, dict[str, Column]] = {}
    for table, name, *facts in engine.rows(query("schema/columns").text, named):
        columns.setdefault(table, {})[name] = Column(*facts)
    indices: dict[str, dict[str, str]] = {}
    for table, name, definition in engine.rows(query("schema/indices").text, named):
        indices.setdefault(table, {})[name] = definition
    return Inventory(
        definitions={name: definition for name, _, definition, _ in objects},
        engines={name: full for name, _, _, full in objects},
        columns=columns,
        indices=indices,
    )


def _function_steps(engine: Engine) -> list[Step]:
    have: dict[str, str] = dict(map(tuple, engine.rows(query("schema/functions").text)))
    functions = [made for made in schema() if made.kind == "FUNCTION"]
    return [Step(made.name, made.text) for made in functions if have.get(made.name) != _written(engine, made)]


def _written(engine: Engine, made: Definition) -> str:
    """Let the engine write a function as it would store it."""
    body = re.sub(r"^--.*\n", "", made.text, flags=re.MULTILINE).replace("CREATE OR REPLACE FUNCTION", "CREATE FUNCTION", 1)
    return str(engine.rows(query("schema/written").text, {"statement": body})[0][0])


def _object_steps(made: Definition, have: Inventory, wanted: Inventory) -> list[Step]:
    if made.name not in have.definitions:
        return [Step(made.name, made.text)]
    if have.definitions[made.name] == wanted.definitions[made.name]:
        return []
    if made.kind == "TABLE":
        return _table_steps(made, have, wanted)
    if made.kind == "MATERIALIZED VIEW":
        return _feed_steps(made)
    return [Step(made.name, _CREATE.sub(r"CREATE OR REPLACE \1 ", made.text, count=1))]


def _feed_steps(made: Definition) -> list[Step]:
    """Change a feed in place, so that no block passes it by; a refreshable one recomputes everything and is made anew."""
    select = _AS_SELECT.search(made.text)
    if select is None or "\nREFRESH " in made.text:
        return [Step(made.name, f"DROP VIEW {made.name}"), Step(made.name, made.text)]
    return [Step(made.name, f"ALTER TABLE {made.name} MODIFY QUERY {made.text[select.start(1) :]}")]


def _table_steps(made: Definition, have: Inventory, wanted: Inventory) -> list[Step]:
    name = made.name
    if wanted.engines[name].startswith("Null"):
        return [Step(name, f"DROP TABLE {name}"), Step(name, made.text)]
    if _layout(have.engines[name]) != _layout(wanted.engines[name]):
        return _rebuild_steps(made, have, wanted)
    steps = _column_steps(name, have.columns[name], wanted.columns[name])
    steps += _index_steps(name, have.indices.get(name, {}), wanted.indices.get(name, {}))
    if _settings(have.engines[name]) != _settings(wanted.engines[name]):
        steps.append(Step(name, f"ALTER TABLE {name} MODIFY SETTING {_settings(wanted.engines[name])}"))
    comment = re.search(r"^COMMENT ('.*')$", made.text, re.MULTILINE)
    if comment and comment[1] not in have.definitions[name]:
        steps.append(Step(name, f"ALTER TABLE {name} MODIFY COMMENT {comment[1]}"))
    return steps


def _layout(engine: str) -> str:
    """Give what only a rebuild can change: engine, partitions, order; a TTL belongs to the retention policy and is left alone."""
    return _SETTINGS.sub("", _TTL.sub("", engine))


def _settings(engine: str) -> str:
    match = _SETTINGS.search(engine)
    return match[1] if match else ""


def _column_steps(table: str, have: Mapping[str, Column], wanted: Mapping[str, Column]) -> list[Step]:
    steps, previous = [], "FIRST"
    for name, column in wanted.items():
        if name not in have:
            steps.append(Step(table, f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {quoted(name)} {column.sql} {previous}"))
        elif have[name] != column:
            steps.append(Step(table, f"ALTER TABLE {table} MODIFY COLUMN {quoted(name)} {column.sql}"))
        previous = f"AFTER {quoted(name)}"
    gone = [name for name in have if name not in wanted]
    return steps + [Step(table, f"ALTER TABLE {table} DROP COLUMN IF EXISTS {quoted(name)}") for name in gone]


def _index_steps(table: str, have: Mapping[str, str], wanted: Mapping[str, str]) -> list[Step]:
    gone = [name for name in have if have[name] != wanted.get(name)]
    new = [name for name in wanted if have.get(name) != wanted[name]]
    steps = [Step(table, f"ALTER TABLE {table} DROP INDEX IF EXISTS {quoted(name)}") for name in gone]
    return steps + [Step(table, f"ALTER TABLE {table} ADD INDEX IF NOT EXISTS {quoted(name)} {wanted[name]}") for name in new]


def _rebuild_steps(made: Definition, have: Inventory, wanted: Inventory) -> list[Step]:
    """Copy a table whose order or engine changed into a new one and swap the two."""
    name, new = made.name, f"{made.name}__new"
    columns = wanted.columns[name].items()
    shared = ", ".join(quoted(column) for column, facts in columns if column in have.columns[name] and not facts.default_kind)
    text = re.sub(rf"\b{name}\b", new, made.text[made.text.index("CREATE") :], count=1)
    return [
        Step(name, f"DROP TABLE IF EXISTS {new}"),
        Step(name, text),
        Step(name, f"INSERT INTO {new} ({shared}) SELECT {shared} FROM {name}"),  # noqa: S608 - names come from our own schema
        Step(name, f"EXCHANGE TABLES {name} AND {new}"),
        Step(name, f"DROP TABLE {new}"),
    ]


def _obsolete_steps(have: Inventory, wanted: Inventory, ours: set[str]) -> list[Step]:
    """Drop what an earlier schema made and this one no longer has; objects that somebody else made stay."""
    gone = [name for name in have.definitions if name in ours and name not in wanted.definitions]
    return [Step(name, f"DROP {_kind(have.definitions[name])} IF EXISTS {name}") for name in gone]


def _kind(definition: str) -> str:
    return "DICTIONARY" if definition.startswith("CREATE DICTIONARY") else "VIEW" if "VIEW" in definition.split("(", 1)[0] else "TABLE"
