"""Show the page about one identity."""

from collections.abc import Callable, Mapping

from rich.console import Console
from rich.text import Text

from auditradar.ingest.output import values
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import KIND_STYLES, Layout
from auditradar.ingest.output.formats import encoded
from auditradar.ingest.output.hours import draw_hours
from auditradar.ingest.output.listing import Answer, data_output, writer_of
from auditradar.ingest.output.page_layouts import NAMES, SECTION_LAYOUTS
from auditradar.ingest.output.sections import draw_section, write_sections
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import ALL, Reader
from auditradar.ingest.reading.result import Page, Row, Stream
from auditradar.ingest.reading.who import Profile, names_like, profile

SECTION_LIMIT = 10
"""Rows of a section of the page when no limit is given."""


def show_who(reader: Reader, name: str, period: Period, cluster: str, answer: Answer) -> None:
    """Print the page about a name, or the names that a pattern matches."""
    found = names_like(reader, name, period, cluster, answer.rows)
    if "*" in name and len(found.rows) != 1:
        _show_names(found, answer)
        return
    limit = answer.limit if answer.limit is not None else SECTION_LIMIT if answer.fmt == "table" else 0
    page = profile(reader, str(found.records[0]["user_name"]), period, cluster, limit or ALL)
    if answer.fmt == "table":
        _draw(data_console(), page)
        say(f"{period.words[0].upper()}{period.words[1:]}. --limit 0 shows all rows, --format json has everything as one object.")
    elif answer.fmt in ("json", "jsonl"):
        data_output().write(encoded(page.record) + "\n")
    else:
        write_sections(answer.fmt, _headed(page), data_output())


def _show_names(found: Page, answer: Answer) -> None:
    if answer.fmt == "table":
        draw_section(data_console(), "", NAMES, found)
    else:
        writer_of(answer.fmt, NAMES)(Stream(found.columns, iter(found.rows)), data_output())
    say(f"{values.plural(found.total, 'name')}; auditradar who NAME shows one of them.")


def _headed(page: Profile) -> Mapping[str, Page]:
    identity = page.identity
    return {"identity": Page(tuple(identity), (list(identity.values()),), 1), **page.sections}


def _draw(console: Console, page: Profile) -> None:
    identity = page.identity
    _draw_header(console, identity)
    for name, layout in SECTION_LAYOUTS.items():
        if name == "sessions":
            draw_hours(console, page.sections["hours"].records)
        _draw_part(console, name, layout, page.sections[name], identity)


def _draw_part(console: Console, name: str, layout: Layout, section: Page, identity: Row) -> None:
    if section.rows:
        draw_section(console, _TITLES[name], layout, section)
    elif name in _ABSENT:
        console.print(Text(f"{_TITLES[name]}: ", "bold").append(_ABSENT[name](identity), "dim"), "")


def _draw_header(console: Console, identity: Row) -> None:
    kind = str(identity["actor_kind"])
    title = Text(values.visible(identity["actor"]), "bold " + KIND_STYLES.get(kind, "")).append(f"   {kind}", "dim")
    console.print(title)
    clusters, platforms = identity["clusters"], identity["platforms"]
    for label, words in (
        ("seen", f"{values.moment(identity['first_seen_at'])} to {values.moment(identity['last_seen_at'])} UTC"),
        ("clusters", f"{values.listed(clusters, 8)} ({values.listed(platforms)})"),
        ("groups", values.listed(identity["groups"], 8)),
        ("requests", _requests(identity)),
    ):
        if words:
            console.print(Text(f"{label:>9}  ", "dim").append(words))
    console.print()


def _requests(identity: Row) -> str:
    counted = [f"{values.count(identity['requests'])}, of them {values.plural(_int(identity, 'writes'), 'change')}"]
    counted.append(f"{values.count(identity['denied'])} refused")
    others = _int(identity, "requests_by_others_as")
    return values.joined([*counted, f"{others:,} by others acting as it" if others else ""])


def _int(row: Row, name: str) -> int:
    return int(str(row[name]))


def _no_sessions(identity: Row) -> str:
    return "none: only people, and service accounts that people use, have sessions" if identity["actor_kind"] != "human" else "none"


_TITLES: Mapping[str, str] = {
    "credentials": "Credentials",
    "addresses": "Addresses",
    "clients": "Programs",
    "sessions": "Sessions",
    "changes": "Changed",
    "sensitive": "Sensitive access",
    "refused": "Refused",
    "acting": "Acting for others",
    "failures": "Failed attempts from these addresses, by whomever",
}
_ABSENT: Mapping[str, Callable[[Row], str]] = {
    "sessions": _no_sessions,
    "changes": lambda _: "nothing",
    "sensitive": lambda _: "no secrets, shells, tokens or rights",
    "refused": lambda _: "never",
    "failures": lambda _: "none",
}
