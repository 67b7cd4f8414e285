"""Read the many ways envelopes write a moment, and write the one way audit events do."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

_WRITTEN = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?\s*(?:Z|UTC|([+-])(\d\d):?(\d\d))?\s*")
_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
# Numbers beyond these are milli-, micro- and nanoseconds since 1970; seconds reach the first in the year 5138.
_UNITS = ((1e17, 1_000_000_000), (1e14, 1_000_000), (1e11, 1000))


def is_written_canonically(value: Any) -> bool:
    """Tell whether a moment is written as audit events write it."""
    return isinstance(value, str) and _CANONICAL.fullmatch(value) is not None


def moment(value: Any) -> str:
    """Return a moment as `2006-01-02T15:04:05.000000Z`; empty if the value is none.

    Text without a zone is taken as UTC. Digits beyond microseconds are cut. Layout: metav1.MicroTime.
    """
    if isinstance(value, str):
        return value if _CANONICAL.fullmatch(value) else _from_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return _from_number(value)
    return ""


def _from_text(text: str) -> str:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return _from_number(float(text)) if re.fullmatch(r"\d{9,19}(?:\.\d+)?", text, re.ASCII) else ""
    fraction = int((found[7] or "0").ljust(9, "0")) // 1000
    try:
        year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
        at = datetime(year, month, day, hour, minute, second, fraction, UTC)
        if found[8]:
            shift = timedelta(hours=int(found[9]), minutes=int(found[10]))
            at = at - shift if found[8] == "+" else at + shift
    except (ValueError, OverflowError):
        return ""
    return _written(at)


def _from_number(number: float) -> str:
    divisor = next((unit for most, unit in _UNITS if number >= most), 1)
    try:
        at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(number * 1_000_000 / divisor))
    except (ValueError, OverflowError):
        return ""
    return _written(at)


def _written(at: datetime) -> str:
    return f"{at.year:04d}-" + at.strftime("%m-%dT%H:%M:%S.%fZ")
