"""Read and write durations and moments as people write them: `250ms`, `8h`, `7d`, `2026-01-05T10:00`."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|min|[smhdw])")
_WRITTEN = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


def parse_duration(text: str) -> timedelta:
    """Read `250ms`, `90s`, `15m`, `8h`, `7d`, `2w` or a sum such as `1h30m`; ValueError for anything else."""
    parts = _PART.findall(text.strip().lower())
    if not parts or _PART.sub("", text.strip().lower()).strip():
        raise ValueError(f"{text!r} is no duration; write it like 90s, 15m, 8h or 7d")
    try:
        return sum((timedelta(**{_UNITS[unit]: float(number)}) for number, unit in parts), timedelta())
    except OverflowError:
        raise ValueError(f"{text!r} is too long a duration") from None


def duration_text(duration: timedelta) -> str:
    """Write a duration so that it can be read again: `8h`, `1h30m`, `500ms`."""
    parts = []
    for unit, size in _WRITTEN.items():
        count, duration = divmod(duration, size)
        parts += [f"{count}{unit}"] if count else []
    rest = duration / timedelta(milliseconds=1)
    return "".join([*parts, *([f"{rest:g}ms"] if rest else [])]) or "0s"


def parse_moment(text: str, now: datetime) -> datetime:
    """Read an ISO time (UTC unless it names an offset) or a duration before `now`; ValueError for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            return now - parse_duration(text)
        except (ValueError, OverflowError):
            raise ValueError(f"{text!r} is no time; write it like 2026-01-05, 2026-01-05T10:00Z, 24h or 7d") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
