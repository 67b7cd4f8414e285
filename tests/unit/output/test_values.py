import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.output import values


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0s"), (59.9, "59s"), (60, "1m 00s"), (125, "2m 05s"), (3600, "1h 00m"), (11520, "3h 12m"), (86400, "1d 00h"), (None, "")],
)
def test_durations_read_like_people_say_them(seconds: float | None, words: str) -> None:
    assert values.duration(seconds) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (5 * 2**20, "5.0 MiB"), (3 * 2**30, "3.0 GiB"), (2**41, "2.0 TiB")],
)
def test_sizes_have_the_unit_that_fits(amount: int, words: str) -> None:
    assert values.size(amount) == words


def test_counts_have_thousands_apart() -> None:
    assert values.count(1234567) == "1,234,567"
    assert values.plural(1, "story", "stories") == "1 story"
    assert values.plural(1200, "story", "stories") == "1,200 stories"


def test_a_moment_is_shown_to_the_second() -> None:
    assert values.moment("2026-01-05T08:01:12.123456Z") == "2026-01-05 08:01:12"
    assert values.moment(None) == ""


def test_a_list_says_how_many_more_there_are() -> None:
    assert values.listed(["a", "b", "c", "d", "e"], 3) == "a, b, c +2"
    assert values.listed([], 3) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("日本語 ü", "日本語 ü"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u200bhidden", "\\u200bhidden"),
        ("\U000e0001", "\\ue0001"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert values.visible(text) == shown


@given(st.text())
def test_no_control_character_gets_through(text: str) -> None:
    assert all(character.isprintable() for character in values.visible(text))
