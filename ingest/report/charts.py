"""Measure the charts of the page: bars over days and a strip of verdicts. Numbers are in words beside each, and all in the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditradar.sql.control import STATUSES

WIDTH, HEIGHT, BASE = 720, 120, 96
MOST_BARS = 92
"""Days that have a bar of their own; in a longer period a bar is several days."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Be one bar: its place and height, and its words."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Be a chart of bars; `summary` says in words what the picture shows."""

    title: str
    summary: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Be one status in the strip of verdicts."""

    status: str
    count: int
    x: float
    width: float


def over_days(title: str, counts: Mapping[date, int], first: date, last: date) -> Chart:
    """Draw a number a day over the whole period; several days share a bar where there are many."""
    days = max(1, (last - first).days + 1)
    step = -(-days // MOST_BARS)
    bins = [first + timedelta(days=offset) for offset in range(0, days, step)]
    sums = [sum(counts.get(begin + timedelta(days=offset), 0) for offset in range(step)) for begin in bins]
    most = max(sums)
    width = WIDTH / len(bins)
    until = f" and {step - 1} more days" if step > 1 else ""
    words = [f"{begin}{until}: {count:,}" for begin, count in zip(bins, sums, strict=True)]
    drawn = tuple(_bar(at * width, width, count / most if most else 0.0, words[at]) for at, count in enumerate(sums))
    peak = f"; most on {bins[sums.index(most)]} ({most:,})" if most else ""
    return Chart(title, f"{sum(sums):,} from {first} to {last}{peak}.", drawn, str(first), str(last), most)


def _bar(x: float, width: float, share: float, words: str) -> Bar:
    """Place a bar; what is not nothing is always seen."""
    height = max(share * (BASE - 8), 1.5) if share else 0.0
    return Bar(round(x, 2), round(BASE - height, 2), round(max(width - 1, 0.5), 2), round(height, 2), words)


def strip(statuses: Sequence[str]) -> tuple[Slice, ...]:
    """Share the width among the verdicts, the worst first."""
    total = max(1, len(statuses))
    made, x = [], 0.0
    for status in STATUSES:
        if count := statuses.count(status):
            width = WIDTH * count / total
            made.append(Slice(status, count, round(x, 2), round(width, 2)))
            x += width
    return tuple(made)
