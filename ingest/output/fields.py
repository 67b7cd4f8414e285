"""Describe the columns of a table for people: what each shows, and what gives way when the terminal is narrow."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rich.text import Text

from auditradar.ingest.output import values
from auditradar.ingest.reading.result import Row, Value

OPENSHIFT, KUBERNETES = "#EE0000", "#326CE5"  # the projects' own colours; design §7
PLATFORM_STYLES = {"openshift": OPENSHIFT}
FORWARDED = " ⇠"
"""Mark of an address that a trusted proxy or its access log named."""
KIND_STYLES = {"human": "bold", "service-account": "cyan"}
OUTCOME_STYLES = {"success": "green", "forbidden": "red", "unauthenticated": "red", "server-error": "magenta", "in-progress": "yellow"}


@dataclass(frozen=True, slots=True)
class Field:
    """Be one column. `drop` says when it gives way: the highest first, 0 never; `least` is how narrow it may be folded or cut, 0 never.

    `same` lets a column whose rows are all alike move into the line under the table.
    """

    header: str
    show: Callable[[Row], Text]
    drop: int = 0
    least: int = 0
    cut: bool = False
    right: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Be a table: what its rows are called, one and many, and its columns."""

    one: str
    many: str
    fields: tuple[Field, ...]
    nothing: str = ""
    advice: tuple[str, ...] = field(default=())


def text(header: str, name: str, style: str = "", **how: object) -> Field:
    """Show a column as it is."""
    return _field(header, lambda row: Text(values.visible(_of(row, name)), style), how)


def moment(header: str, name: str, **how: object) -> Field:
    """Show a time."""
    return _field(header, lambda row: Text(values.moment(row[name])), how)


def hour(header: str, name: str, **how: object) -> Field:
    """Show a full hour."""
    return _field(header, lambda row: Text(values.moment(row[name])[:16]), how)


def number(header: str, name: str, alarm: bool = False, **how: object) -> Field:
    """Show a count; a zero is dim, and an alarming one red."""
    return _field(header, lambda row: _counted(row[name], alarm), {"right": True, **how})


def duration(header: str, name: str, **how: object) -> Field:
    """Show seconds as hours and minutes."""
    return _field(header, lambda row: Text(values.duration(row[name])), {"right": True, **how})


def several(header: str, name: str, most: int = 3, **how: object) -> Field:
    """Show the first of several values."""
    return _field(header, lambda row: Text(values.listed(row[name], most)), how)


def made(header: str, show: Callable[[Row], Text], **how: object) -> Field:
    """Show something made of several columns."""
    return _field(header, show, how)


def cluster(**how: object) -> Field:
    """Show the cluster in the colour of its platform."""
    return _field("cluster", cluster_text, {"drop": 2, "same": True, "least": 14, **how})


def platform(**how: object) -> Field:
    """Show the platform as a badge."""
    return _field("platform", platform_text, {"drop": 6, "same": True, **how})


def actor(header: str = "who", name: str = "actor", **how: object) -> Field:
    """Show a user name; nobody is said to be nobody."""
    return _field(header, lambda row: actor_text(row, name), {"least": 24, **how})


def evidence(**how: object) -> Field:
    """Tell what the platform recorded from what was inferred."""
    return _field("evidence", evidence_text, {"drop": 5, **how})


def address(**how: object) -> Field:
    """Show the client address; one that a trusted proxy named is marked."""
    return _field("from", address_text, how)


def outcome(**how: object) -> Field:
    """Show what became of a request."""
    return _field("outcome", lambda row: Text(_of(row, "outcome"), OUTCOME_STYLES.get(_of(row, "outcome"), "yellow")), {"least": 9, **how})


def cluster_text(row: Row) -> Text:
    """Write the cluster."""
    return Text(values.visible(_of(row, "cluster")), _platform_style(row))


def platform_text(row: Row) -> Text:
    """Write the platform badge."""
    name = _of(row, "platform")
    return Text(f"● {values.visible(name)}" if name else "", _platform_style(row))


def actor_text(row: Row, name: str = "actor") -> Text:
    """Write a user name in the style of its kind."""
    shown = values.visible(_of(row, name))
    return Text(shown, KIND_STYLES.get(_of(row, "actor_kind"), "")) if shown else Text("nobody known", "dim")


def evidence_text(row: Row) -> Text:
    """Write `recorded` bright and `inferred` dim, with what it rests on."""
    confidence, rests = _of(row, "confidence"), _of(row, "evidence")
    style = "bold green" if confidence == "recorded" else "dim"
    return Text(f"{confidence}: {rests}" if rests and rests != confidence else confidence, style)


def address_text(row: Row) -> Text:
    """Write the client address."""
    shown = values.visible(_of(row, "client_ip"))
    mark = FORWARDED if _of(row, "client_ip_evidence") in ("forwarded", "access-log") else ""
    return Text(shown).append(mark, "dim") if shown else Text("unknown", "dim")


def _field(header: str, show: Callable[[Row], Text], how: dict[str, object]) -> Field:
    return Field(header, show, **how)  # type: ignore[arg-type]  # the names are checked where a layout is made: at import


def _of(row: Row, name: str) -> str:
    value: Value = row.get(name)
    return "" if value is None else str(value)


def _platform_style(row: Row) -> str:
    return PLATFORM_STYLES.get(_of(row, "platform"), KUBERNETES)


def _counted(value: Value, alarm: bool) -> Text:
    style = "dim" if not value else "bold red" if alarm else ""
    return Text(values.count(value), style)
