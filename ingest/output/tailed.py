"""Print requests as they arrive, each at once."""

import sys
from collections.abc import Iterable

from auditradar.ingest.output import values
from auditradar.ingest.output.formats import encoded
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.reading.result import Row

FORMATS = ("table", "jsonl")
_WIDTHS = (19, 15, 28, 16)


def show_arrivals(rows: Iterable[Row], fmt: str) -> None:
    """Print rows and hand them over now: somebody watches."""
    out = data_output()
    for row in rows:
        out.write((encoded(row) if fmt == "jsonl" else _line(row)) + "\n")
    sys.stdout.flush()


def _line(row: Row) -> str:
    """Write a request in one line; columns that do not fit push the next ones."""
    actor = values.visible(row["actor"] or row["actor_kind"])
    other = str(row["effective_user"])
    acting = f" as {values.visible(other)}" if other not in ("", str(row["actor"])) else ""
    client = values.visible(row["client"])
    texts = (values.moment(row["requested_at"]), str(row["outcome"]), f"{actor}{acting}", values.visible(row["client_ip"]))
    columns = [text.ljust(width) for text, width in zip(texts, _WIDTHS, strict=True)]
    return "  ".join([*columns, values.visible(row["target"])]) + (f"  ({client})" if client else "")
