"""Read durations and moments as people write them: `8h`, `7d`, `2026-01-05T10:00`."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"s": "seconds", "m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(min|[smhdw])")


def parse_duration(text: str) -> timedelta:
    """Read `90s`, `15m`, `8h`, `7d`, `2w` or a sum such as `1h30m`; ValueError for anything else."""
    parts = _PART.findall(text.strip().lower())
    if not parts or _PART.sub("", text.strip().lower()).strip():
        raise ValueError(f"{text!r} is no duration; write it like 90s, 15m, 8h or 7d")
    try:
        return sum((timedelta(**{_UNITS[unit]: float(number)}) for number, unit in parts), timedelta())
    except OverflowError:
        raise ValueError(f"{text!r} is too long a duration") from None


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
