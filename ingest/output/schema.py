"""Show the schema: steps, objects with their columns, statements."""

import re
from collections.abc import Iterable, Sequence

from rich.text import Text

from auditradar.ingest.errors import SchemaError
from auditradar.ingest.output import fields, values
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.listing import Answer, data_output, writer_of
from auditradar.ingest.output.table import draw
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Row, Stream
from auditradar.ingest.schema.plan import Step
from auditradar.sql import schema

OBJECTS = Layout(
    "object",
    "objects",
    (fields.text("object", "name", "bold"), fields.text("kind", "kind"), fields.text("what it is", "comment", least=30)),
)
COLUMNS = Layout(
    "column",
    "columns",
    (fields.text("column", "name", "bold"), fields.text("type", "type", drop=1, least=16), fields.text("what it is", "comment", least=30)),
)


def show_steps(steps: Sequence[Step], *, applied: bool) -> None:
    """Print the statements that were or would be run."""
    out = data_output()
    if applied:
        say(f"{values.plural(len(steps), 'step')} taken." if steps else "The store has this schema already; nothing was changed.")
        return
    for step in steps:
        out.write(f"{step.statement.strip()};\n\n")
    say(
        f"{values.plural(len(steps), 'step')} to take; auditradar schema apply takes them."
        if steps
        else "The store has this schema; nothing to do."
    )


def say_rebuilt() -> None:
    """Say that every stored event was projected again."""
    say("Every stored event was projected again under the rules of the configuration.")


def show_ddl(names: Sequence[str]) -> None:
    """Print the statements of this program's schema, as its files have them."""
    chosen = [made for made in schema() if _wanted(made.name, names)]
    _require(chosen, names)
    for made in chosen:
        data_output().write(f"{made.text};\n\n")


def show_objects(reader: Reader, names: Sequence[str], answer: Answer) -> None:
    """Print all objects, or the columns of those that were named."""
    database = {"database": reader.engine.dsn.database}
    objects = [row for row in reader.records("describe/objects", database) if _wanted(str(row["name"]), names)]
    _require(objects, names)
    columns = [row for row in reader.records("describe/columns", database) if _wanted(str(row["table"]), names)]
    if answer.fmt != "table":
        rows = columns if names else objects
        writer_of(answer.fmt)(Stream(tuple(rows[0]), (list(row.values()) for row in rows)), data_output())
    elif names:
        _draw_columns(objects, columns)
    else:
        draw(data_console(), OBJECTS, objects)
        say(f"{values.plural(len(objects), 'object')}; auditradar schema show NAME… explains their columns.")


def _draw_columns(objects: Iterable[Row], columns: Sequence[Row]) -> None:
    console = data_console()
    for made in objects:
        title = Text(str(made["name"]), "bold underline").append(f"  {made['kind']}", "not underline dim")
        console.print(title)
        console.print(Text(str(made["comment"]) or "(no description)", "italic"))
        draw(console, COLUMNS, [row for row in columns if row["table"] == made["name"]])
        console.print()


def _wanted(name: str, names: Sequence[str]) -> bool:
    return not names or re.match(glob_pattern(names), name) is not None


def _require(found: Sequence[object], names: Sequence[str]) -> None:
    if not found:
        raise SchemaError(f"cannot show {', '.join(names) or 'the schema'}: there is no such object; auditradar schema show lists them")
