"""Show what is known, and say what cannot be."""

from collections.abc import Sequence
from itertools import groupby

from auditradar.ingest.output import layouts
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.formats import encoded
from auditradar.ingest.output.listing import Answer, data_output
from auditradar.ingest.output.sections import draw_section, write_sections
from auditradar.ingest.output.values import plural, visible
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Row


def show_coverage(reader: Reader, period: Period, cluster: str, answer: Answer) -> None:
    """Print holes first, then the totals of each API server; then say, cluster by cluster, what cannot be known.

    The blind spots are judged from all that the store has, whatever the period.
    """
    parameters = {"cluster": cluster, **period.parameters}
    holes = reader.page("coverage/holes", {**parameters, "limit": answer.rows})
    totals = reader.page("coverage/totals", parameters)
    spots = reader.page("coverage/blind_spots", {"cluster": cluster})
    if answer.fmt == "table":
        console = data_console()
        if holes.rows:
            draw_section(console, "Nothing is known of", layouts.HOLES, holes)
        if totals.rows:
            draw_section(console, "What is known", layouts.TOTALS, totals)
        _explain(period, holes.total, totals.records, spots.records)
    elif answer.fmt in ("json", "jsonl"):
        data_output().write(encoded({"holes": holes.records, "totals": totals.records, "blind_spots": spots.records}) + "\n")
    else:
        write_sections(answer.fmt, {"holes": holes, "totals": totals, "blind_spots": spots}, data_output())


def _explain(period: Period, holes: int, totals: Sequence[Row], spots: Sequence[Row]) -> None:
    if not totals:
        say(f"Nothing is known; {period.words}.")
        return
    say(f"{plural(holes, 'hole')} of an hour or more; {period.words}. --hours lists every hour.")
    for name, found in groupby(spots, key=lambda row: row["cluster"]):
        say(f"What cannot be known of {visible(name)}:")
        for row in found:
            remedy = f" {row['remedy']}" if row["remedy"] else ""
            say(f"  - {row['blind_spot']} {row['why']}{remedy}")
