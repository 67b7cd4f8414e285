from datetime import UTC, datetime, timedelta

import pytest

from auditradar.ingest.reading.period import Asked, Bound, is_empty, parse_bound


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("24h", timedelta(hours=24)),
        ("7d", timedelta(days=7)),
        ("1h30m", timedelta(minutes=90)),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("2026-01-05T10:00", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("2026-01-05T10:00+02:00", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("2026-01-05 10:00:30Z", datetime(2026, 1, 5, 10, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_bound_is_a_moment_or_a_duration(text: str, bound: Bound) -> None:
    assert parse_bound(text) == bound


@pytest.mark.parametrize("text", ["", "soon", "24", "h", "2026-13-01", "-1d"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        parse_bound(text)


def test_a_range_that_can_hold_nothing_is_noticed() -> None:
    day = datetime(2026, 1, 5, tzinfo=UTC)
    assert is_empty(day, day)
    assert is_empty(timedelta(hours=1), timedelta(hours=2))
    assert not is_empty(timedelta(hours=2), timedelta(hours=1))
    assert not is_empty(None, day)
    assert Asked() == Asked(None, None)
