"""Turn `--since` and `--until` into a range of time.

A duration counts back from the newest event of the store, not from the clock: a store of last year's logs must not look empty.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from auditradar.ingest.durations import parse_duration, parse_moment
from auditradar.ingest.reading.clusters import known_clusters, listed
from auditradar.ingest.reading.reader import Reader

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC)  # the end of DateTime64(6) in schema terms: no event lies beyond 2099

Bound = datetime | timedelta
"""A moment, or how long before the newest event."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Be the range as it was asked for; None is open."""

    since: Bound | None = None
    until: Bound | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Be a range of time, its end excluded, and the words for it; `known` is False where the store holds no event at all."""

    since: datetime
    until: datetime
    words: str
    known: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        """Give the range as query parameters."""
        return {"since": engine_time(self.since), "until": engine_time(self.until)}


def parse_bound(text: str) -> Bound:
    """Read a moment or a duration; ValueError says how to write them."""
    try:
        return parse_duration(text)
    except ValueError:
        return parse_moment(text, LAST)


def is_empty(since: Bound | None, until: Bound | None) -> bool:
    """Tell whether nothing can lie in a range, whatever the newest event is."""
    if isinstance(since, datetime) and isinstance(until, datetime):
        return since >= until
    return isinstance(since, timedelta) and isinstance(until, timedelta) and since <= until


def resolve(reader: Reader, asked: Asked, cluster: str = "") -> Period:
    """Work out the range for clusters that match a regular expression."""
    rows = reader.records("reading/period", {"cluster": cluster})
    if not rows:
        return Period(FIRST, LAST, _unknown_words(reader, cluster), known=False)
    oldest, newest = (_moment(rows[0][name]) for name in ("oldest", "newest"))
    since, until = (_fixed(bound, newest) for bound in (asked.since, asked.until))
    shown = _range_words(since or oldest, until, newest)
    return Period(since or FIRST, until or LAST, _words(asked, shown))


def _unknown_words(reader: Reader, cluster: str) -> str:
    if cluster and (names := known_clusters(reader)):
        return f"no such cluster is loaded; {listed(names)}"
    return "nothing is loaded yet; load audit logs with: auditradar load PATH --cluster NAME"


def _fixed(bound: Bound | None, newest: datetime) -> datetime | None:
    if bound is None or isinstance(bound, datetime):
        return bound
    return newest - min(bound, newest - FIRST)


def _words(asked: Asked, shown: str) -> str:
    if asked.since is None and asked.until is None:
        return f"all that is known, {shown}"
    if isinstance(asked.since, timedelta) or isinstance(asked.until, timedelta):
        return f"{shown}, counted back from the newest event"
    return shown


def _range_words(since: datetime, until: datetime | None, newest: datetime) -> str:
    if until is None and since > newest:
        return f"from {_shown(since)} UTC on, while the newest event is of {_shown(newest)} UTC"
    return f"{_shown(since)} to {_shown(until or newest)} UTC"


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def engine_time(moment: datetime) -> str:
    """Write a moment as ClickHouse reads it in a parameter."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
