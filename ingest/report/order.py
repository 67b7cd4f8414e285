"""Be what a report was asked for: framework, period, clusters, and values of parameters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import orjson

from auditradar.ingest.errors import ReportError
from auditradar.ingest.reading.clusters import known_clusters, listed
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.reading.period import Asked, engine_time, resolve
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.values import wrong_value
from auditradar.sql.control import ControlError, Evidence, Framework, framework, frameworks

SHOWN = "%Y-%m-%d"
MISMATCHED = "mismatched"
"""The parameter that the report fills with what its proof found."""


@dataclass(frozen=True, slots=True)
class Order:
    """Be one report to make; `until` is excluded; `values` override parameters by name."""

    framework: Framework
    since: datetime
    until: datetime
    clusters: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, object]:
        """Give the parameters that all queries share."""
        return {"since": engine_time(self.since), "until": engine_time(self.until), "cluster": glob_pattern(self.clusters)}

    @property
    def name(self) -> str:
        """Name the folder of the pack."""
        return f"auditradar-{self.framework.slug}-{_short(self.since)}-{_short(self.until)}"

    def with_proof(self, mismatched: Sequence[str]) -> "Order":
        """Add the clusters whose records are not what was delivered: a control about the ledger must not contradict the proof."""
        return replace(self, values={**self.values, MISMATCHED: orjson.dumps(sorted(set(mismatched))).decode()})

    def values_of(self, evidence: Evidence) -> dict[str, str]:
        """Give the values that hold for an evidence: its own, and those that the order overrides."""
        return {name: self.values.get(name, value) for name, value in evidence.values.items()}


def make_order(reader: Reader, name: str, asked: Asked, clusters: tuple[str, ...], values: Mapping[str, str]) -> Order:
    """Work out the period and check that framework and parameters exist; ReportError says which do not."""
    wanted = find_framework(name)
    _check_values(wanted, values)
    _check_clusters(reader, clusters)
    begin, end = _period(reader, asked, clusters)
    return Order(wanted, begin, end, clusters, values)


def _check_values(wanted: Framework, values: Mapping[str, str]) -> None:
    known = {name: control.evidence.query for control in wanted.controls for name in control.evidence.values if name != MISMATCHED}
    for name, text in values.items():
        if name not in known:
            raise ReportError(f"cannot make the report: {wanted.title} has no parameter {name!r}; it has: {', '.join(sorted(known))}")
        if words := wrong_value(known[name], name, text):
            raise ReportError(f"cannot make the report: {words}")


def _check_clusters(reader: Reader, clusters: tuple[str, ...]) -> None:
    """Refuse a cluster that nobody knows: a report about fewer clusters than were asked for would look complete."""
    names = known_clusters(reader) if clusters else []
    for pattern in clusters:
        if not any(re.search(glob_pattern((pattern,)), name) for name in names):
            raise ReportError(f"cannot make the report: no cluster {pattern!r} is loaded; {listed(names)}")


def find_framework(name: str) -> Framework:
    """Find a framework by its name or the path of its folder; ReportError names those there are."""
    try:
        found = framework(name)
    except ControlError as cause:
        raise ReportError(str(cause)) from None
    if found is None:
        names = ", ".join(one.slug for one in frameworks())
        raise ReportError(f"cannot make the report: there is no framework {name!r}; there are: {names}; or name a folder of controls")
    return found


def _period(reader: Reader, asked: Asked, clusters: tuple[str, ...]) -> tuple[datetime, datetime]:
    if isinstance(asked.since, datetime) and isinstance(asked.until, datetime):
        return asked.since, asked.until
    # Without an end, the newest event is the last one of the report: the bound is excluded.
    found = resolve(reader, Asked(asked.since, asked.until or timedelta(0)), glob_pattern(clusters))
    if not found.known:
        raise ReportError("cannot make the report: no event is loaded that the period could count back from; name both dates")
    end = found.until if asked.until else found.until + timedelta(microseconds=1)
    if found.since >= end:
        newest = "" if asked.until else f" the newest event is of {found.until:%Y-%m-%d %H:%M:%S} UTC;"
        raise ReportError(f"cannot make the report: the period ends before it begins;{newest} choose other dates")
    return found.since, end


def _short(moment: datetime) -> str:
    return moment.strftime(SHOWN if not (moment.hour or moment.minute or moment.second or moment.microsecond) else "%Y-%m-%dT%H%M%S")
