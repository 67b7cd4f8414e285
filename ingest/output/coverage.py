"""Show what is known, and say what cannot be."""

from collections.abc import Sequence

from auditradar.ingest.output import layouts
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.formats import encoded
from auditradar.ingest.output.listing import Answer, data_output
from auditradar.ingest.output.sections import draw_section, write_sections
from auditradar.ingest.output.values import plural
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Row

CANNOT = (
    "A 401 of a kube-apiserver names nobody: the credential was not accepted, so who showed it is unknown.",
    "Plain Kubernetes has no login and no logout: both are inferred from requests, an end means silence longer than the session gap.",
    "A connection that ends in the TLS handshake, and what the audit policy leaves out, is in no audit log.",
)
"""What no audit log of an API server can show; audit-facts §1.2, §1.6, §3.5."""


def show_coverage(reader: Reader, period: Period, cluster: str, answer: Answer) -> None:
    """Print holes first, then the totals of each API server."""
    parameters = {"cluster": cluster, **period.parameters}
    holes = reader.page("coverage/holes", {**parameters, "limit": answer.rows})
    totals = reader.page("coverage/totals", parameters)
    if answer.fmt == "table":
        console = data_console()
        if holes.rows:
            draw_section(console, "Nothing is known of", layouts.HOLES, holes)
        if totals.rows:
            draw_section(console, "What is known", layouts.TOTALS, totals)
        _explain(period, holes.total, totals.records)
    elif answer.fmt in ("json", "jsonl"):
        data_output().write(encoded({"holes": holes.records, "totals": totals.records, "cannot_show": CANNOT}) + "\n")
    else:
        write_sections(answer.fmt, {"holes": holes, "totals": totals}, data_output())


def _explain(period: Period, holes: int, totals: Sequence[Row]) -> None:
    if not totals:
        say(f"Nothing is known; {period.words}.")
        return
    say(f"{plural(holes, 'hole')} of an hour or more; {period.words}. --hours lists every hour.")
    say("What these logs cannot show:")
    for words in CANNOT:
        say(f"  - {words}")
