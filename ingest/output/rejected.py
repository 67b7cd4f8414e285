"""Show the records that could not be read."""

from auditradar.ingest.output import layouts
from auditradar.ingest.output.listing import Answer, Listing, show
from auditradar.ingest.reading.period import FIRST, LAST, Period
from auditradar.ingest.reading.reader import Reader

# Delivery times belong to the clock, not to the log: the range of events says nothing about them.
ALWAYS = Period(FIRST, LAST, "in all deliveries")


def show_rejected(reader: Reader, source: str, cluster: str, answer: Answer) -> None:
    """Print rejected records of sources and clusters that match regular expressions."""
    parameters = {"source": source, "cluster": cluster}
    show(reader, Listing("listings/rejected", layouts.REJECTED, parameters), ALWAYS, answer)
