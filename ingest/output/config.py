"""Show settings as TOML, each with where it comes from."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.reading.configuration import Setting

TABLES = ("clusters", "actor_rules", "client_rules")
"""Settings that TOML writes as tables, and therefore last."""


def show_settings(settings: Sequence[Setting], config: Path | None) -> None:
    """Print TOML that gives the same settings when it is read again."""
    out = data_output()
    for setting in sorted(settings, key=lambda setting: setting.name in TABLES or isinstance(setting.value, Mapping)):
        out.write(f"# {setting.description} ({setting.origin})\n")
        out.write(toml_entry(setting.name, setting.value) + "\n")
    say(f"Read from {config}." if config else "There is no configuration file; put these lines into auditradar.toml to change them.")


def show_check(config: Path | None, found: str, misspelt: Sequence[tuple[str, str]]) -> None:
    """Print that the settings can be used, and which variables of the environment are not what somebody meant."""
    for name, meant in misspelt:
        say(f"Nobody reads the variable {name}; {meant} is one.")
    data_output().write(f"{config or 'The settings without a configuration file'}: can be used; {found}.\n")


def toml_entry(name: str, value: Any) -> str:
    """Write one setting as TOML: tables under headings, everything else in a line."""
    if name in TABLES and not value:
        return f"# {name}: none\n"
    if isinstance(value, Mapping):
        tables = {f"{name}.{_key(key)}": part for key, part in value.items()} if name in TABLES else {name: value}
        return "\n".join(_table(f"[{heading}]", part) for heading, part in tables.items())
    if name in TABLES:
        return "\n".join(_table(f"[[{name}]]", part) for part in value)
    return f"{name} = {_scalar(value)}\n"


def _table(heading: str, entries: Mapping[str, Any]) -> str:
    """Write a table, those within it after its own lines; TOML has no word for a value that is not given."""
    own = [
        f"# {key}: not given" if value is None else f"{key} = {_scalar(value)}" for key, value in entries.items() if not _is_table(value)
    ]
    inner = [_inner(heading.strip("[]"), key, value) for key, value in entries.items() if _is_table(value)]
    return "\n".join([heading, *own, "", *inner])


def _inner(parent: str, key: str, value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    name = f"{parent}.{_key(key)}"
    if isinstance(value, Mapping):
        return _table(f"[{name}]", value)
    return "\n".join(_table(f"[[{name}]]", part) for part in value)


def _is_table(value: Any) -> bool:
    """Tell a table, or a list of them, from a value that fits a line."""
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value))


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _scalar(name)


def _scalar(value: Any) -> str:
    """Write a value; JSON's strings, numbers, booleans and arrays are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
