"""Moments as whole microseconds since 1970 UTC, and the text the API server writes for them."""

from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MILLISECOND = 1_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Count the microseconds of a moment without ever touching a float."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """Turn microseconds into a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def stamp(at: int) -> str:
    """Write a MicroTime: always six digits and Z (apimachinery pkg/apis/meta/v1/micro_time.go)."""
    return f"{moment(at).isoformat(timespec='microseconds')[:26]}Z"


def second_stamps(start: int, seconds: int) -> list[str]:
    """Write the part before the microseconds for every second from `start`, which must be a whole minute."""
    minutes = [moment(start + i * MINUTE).isoformat()[:17] for i in range(seconds // 60 + 1)]
    return [f"{minutes[second // 60]}{second % 60:02d}." for second in range(seconds)]
