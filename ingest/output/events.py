"""Show requests and their stages, or the raw events behind them."""

from auditradar.ingest.output import layouts
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.listing import Answer, Listing, data_output, show
from auditradar.ingest.output.values import plural
from auditradar.ingest.reading.filters import EventFilter
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import ALL, Reader


def show_events(reader: Reader, wanted: EventFilter, period: Period, answer: Answer) -> None:
    """Print what a filter finds."""
    query, layout = ("listings/stages", layouts.STAGES) if wanted.stages else ("listings/requests", layouts.REQUESTS)
    listing = Listing(query, layout, wanted.parameters, _words(wanted), _advice(wanted))
    if wanted.raw and answer.fmt == "table":
        _show_raw(reader, listing, period, answer.limit or ALL)
    else:
        show(reader, listing, period, answer)


def _show_raw(reader: Reader, listing: Listing, period: Period, limit: int) -> None:
    stream = reader.stream(listing.query, {**listing.parameters, **period.parameters, "limit": limit})
    out, written, column = data_output(), 0, stream.columns.index("raw")
    for row in stream.rows:
        out.write(f"{row[column]}\n")
        written += 1
    say(f"{plural(written, 'event')}; {period.words}.")


def _words(wanted: EventFilter) -> list[str]:
    """Say what was asked for."""
    named = ("cluster", "actor", "effective_user", "verb", "resource", "namespace", "name", "outcome", "client", "audit_ids")
    words = [f"{name.replace('_', ' ')} {' or '.join(values)}" for name in named if (values := getattr(wanted, name))]
    words += [f"address {wanted.address.text}"] if wanted.address.text else []
    return words + [f"the text {text!r}" for text in (wanted.text, wanted.raw_text) if text]


def _advice(wanted: EventFilter) -> tuple[str, ...]:
    return () if wanted.everybody else ("People and refused strangers only; --all-kinds adds machines.",)
