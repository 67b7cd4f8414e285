"""Show the state of a store."""

from collections.abc import Sequence

from rich.text import Text

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.output import layouts, values
from auditradar.ingest.output.consoles import data_console
from auditradar.ingest.output.formats import encoded
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.output.sections import draw_section, write_sections
from auditradar.ingest.reading.result import Page, Row
from auditradar.ingest.reading.status import NOTHING_YET, Status


def show_no_store(dsn: Dsn, fmt: str) -> None:
    """Say that there is no store yet; that is a state, not an error."""
    if fmt == "table":
        _draw_facts({"store": f"{dsn} (not there yet)"})
        _draw_advice(NOTHING_YET)
    else:
        data_output().write(encoded({"store": str(dsn), "exists": False, "advice": NOTHING_YET}) + "\n")


def show_status(status: Status, fmt: str) -> None:
    """Print the state of a store."""
    if fmt == "table":
        _draw(status)
    elif fmt in ("json", "jsonl"):
        data_output().write(encoded({**status.record, "exists": True}) + "\n")
    else:
        write_sections(fmt, {"store": _page(status), "clusters": _clusters(status)}, data_output())


def _draw(status: Status) -> None:
    _draw_facts(
        {
            "store": status.store,
            "engine": status.engine,
            "schema": f"version {status.schema_version}",
            "size": _size(status.disk),
            "deliveries": _deliveries(status.deliveries),
            "rejected": _rejected(status.rejected),
            "rules": "those of the configuration" if status.rules_current else "not those of the configuration",
            **{name: str(words) for name, words in status.serving.items()},
        }
    )
    if status.clusters:
        draw_section(data_console(), "", layouts.CLUSTERS, _clusters(status))
    _draw_advice(status.advice)


def _draw_facts(facts: dict[str, str]) -> None:
    console = data_console()
    for name, words in facts.items():
        console.print(Text(f"{name:>10}  ", "dim").append(words), soft_wrap=True)
    console.print()


def _draw_advice(advice: Sequence[str]) -> None:
    console = data_console()
    console.print(Text("Next", "bold"))
    for words in advice:
        what, _, command = words.partition(": ")
        console.print(Text(f"  {what:<28} ").append(command, "bold"), soft_wrap=True)


def _size(disk: Row) -> str:
    stored, plain = values.size(disk["bytes_on_disk"]), values.size(disk["event_bytes"])
    return f"{stored} on disk for {values.count(disk['stored_events'])} stored events ({plain} as columns)"


def _deliveries(row: Row) -> str:
    if not row["batches"]:
        return "none"
    sources = values.plural(int(str(row["sources"])), "source")
    batches = values.plural(int(str(row["batches"])), "batch", "batches")
    return f"{batches} of {sources}, {values.size(row['bytes'])}, the last at {values.moment(row['last_load_at'])} UTC"


def _rejected(number: int) -> str:
    return f"{number:,} records; auditradar rejected lists them" if number else "none"


def _clusters(status: Status) -> Page:
    rows = tuple(list(row.values()) for row in status.clusters)
    return Page(tuple(status.clusters[0]) if status.clusters else (), rows, len(rows))


def _page(status: Status) -> Page:
    facts = {key: value for key, value in status.record.items() if isinstance(value, str | int | bool)}
    return Page(tuple(facts), (list(facts.values()),), 1)
