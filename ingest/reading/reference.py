"""Describe the schema and the settings from where they are defined."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from auditradar.ingest.durations import duration_text
from auditradar.ingest.settings import (
    Access,
    AccessUser,
    ActorRule,
    ClientRule,
    ClusterRetention,
    ClusterSettings,
    FollowSettings,
    FrontSettings,
    Retention,
    ServeSettings,
    Settings,
)
from auditradar.sql import Definition, schema

_COLUMN = re.compile(r"^    (\w+) ((?:(?! COMMENT ').)+?) COMMENT '((?:[^']|'')*)'", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^COMMENT '((?:[^']|'')*)'", re.MULTILINE)
_REMARK = re.compile(r"^-- (.*)$", re.MULTILINE)
_MACHINERY = re.compile(r"\s+(?:MATERIALIZED|CODEC)\b.*$", re.DOTALL)
_COMPUTED = "the default place in the user's data folder"
MODELS: Sequence[tuple[str, type[BaseModel]]] = (
    ("Top level", Settings),
    ("serve", ServeSettings),
    ("front", FrontSettings),
    ("clusters.NAME", ClusterSettings),
    ("follow", FollowSettings),
    ("actor_rules", ActorRule),
    ("client_rules", ClientRule),
    ("retention", Retention),
    ("clusters.NAME.retention", ClusterRetention),
    ("access", Access),
    ("access.users", AccessUser),
)


def schema_page() -> str:
    """Write the page about tables, views and functions."""
    made = schema()
    parts = ["# Schema", "", "Generated from `sql/schema` and `sql/functions`; `make reference` writes this page anew.", ""]
    for heading, kinds in (
        ("Tables", ("TABLE",)),
        ("Views", ("VIEW",)),
        ("Feeds", ("MATERIALIZED VIEW",)),
        ("Dictionaries", ("DICTIONARY",)),
    ):
        parts += [f"## {heading}", ""]
        for one in made:
            if one.kind in kinds:
                parts += _object(one)
    parts += ["## Functions", ""]
    return "\n".join([*parts, *(line for one in made if one.kind == "FUNCTION" for line in _function(one))]) + "\n"


def settings_page() -> str:
    """Write the page about the settings."""
    parts = [
        "# Settings",
        "",
        "Generated from `ingest/settings.py`; `make reference` writes this page anew.",
        "",
        "Settings are keys of one TOML file: `--config`, else `auditradar.toml` beside the work or in the user's configuration folder.",
        "Each is also an environment variable: `AUDITRADAR_` and its name in capitals. Options of a command come first, then the",
        "environment, then the file. `auditradar config show` prints what holds and where it comes from.",
        "",
        "Durations are texts with a unit (`250ms`, `10s`, `15m`, `8h`, `1h30m`), sizes are numbers of bytes and end in `bytes`, how",
        "long rows are kept is a number of days. A text or path that is empty is not given.",
        "",
    ]
    for heading, model in MODELS:
        parts += [f"## {heading}", "", "| setting | default | what it is |", "|---|---|---|"]
        parts += [f"| `{name}` | {_default(field)} | {_cell(field.description or '')} |" for name, field in model.model_fields.items()]
        parts.append("")
    return "\n".join(parts)


def _object(made: Definition) -> Iterator[str]:
    yield from (f"### {made.name}", "")
    comment = _COMMENT.search(made.text)
    said = _unquoted(comment[1]) if comment else " ".join(_REMARK.findall(made.text.split("CREATE", 1)[0]))
    yield from (said, "") if said else ()
    columns = _COLUMN.findall(made.text)
    if columns:
        yield from ("| column | type | what it is |", "|---|---|---|")
        yield from (f"| `{name}` | `{_type(kind)}` | {_cell(_unquoted(words))} |" for name, kind, words in columns)
        yield ""


def _unquoted(literal: str) -> str:
    return literal.replace("''", "'")


def _function(made: Definition) -> Iterator[str]:
    words = " ".join(_REMARK.findall(made.text))
    yield from (f"### {made.name}", "", words, "")


def _type(text: str) -> str:
    return " ".join(_MACHINERY.sub("", text).split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if field.is_required():
        return "must be given"
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
        return "below"
    if value is PydanticUndefined:
        return _COMPUTED if field.default_factory is not list and field.default_factory is not dict else "none"
    return f"`{_written(value)}`" if value not in ("", [], None) else "none"


def _written(value: Any) -> str:
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
