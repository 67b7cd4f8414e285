"""Write single values for people: nothing in here may carry a control character to a terminal."""

from collections.abc import Iterable
from datetime import UTC, datetime

from auditradar.ingest.reading.result import Value

SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(value: object) -> str:
    """Show text with every character that a terminal would obey or hide written as an escape: controls, direction overrides, odd blanks."""
    text = str(value)
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return SHORT.get(character) or (f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}")


def moment(value: Value) -> str:
    """Show a time to the second; the header says UTC."""
    return str(value).replace("T", " ")[:19] if value else ""


def clock(value: Value) -> str:
    """Show a time without its date."""
    return str(value)[11:19]


def count(value: Value) -> str:
    """Show a count with thousands apart; nothing for no count."""
    return f"{int(value):,}" if isinstance(value, int | float) else ""


def duration(seconds: Value) -> str:
    """Show seconds as `3h 12m`, `4m 05s`, `12s`, `2d 03h`."""
    if not isinstance(seconds, int | float):
        return ""
    whole = int(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}m {whole % 60:02d}s"
    if whole < 86400:
        return f"{whole // 3600}h {whole % 3600 // 60:02d}m"
    return f"{whole // 86400}d {whole % 86400 // 3600:02d}h"


def size(value: Value) -> str:
    """Show bytes in the unit that fits."""
    amount = float(value) if isinstance(value, int | float) else 0.0
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} TiB"


def listed(values: Value, most: int = 4) -> str:
    """Show the first of several values and how many more there are."""
    names = [visible(value) for value in values if value != ""] if isinstance(values, list) else []
    more = f" +{len(names) - most}" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def plural(number: int, one: str, many: str = "") -> str:
    """Count things: `1 login`, `2 logins`, `0 logins`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(words: Iterable[str]) -> str:
    """Put the parts of a sentence together, without the empty ones."""
    return ", ".join(word for word in words if word)


def seconds_between(start: Value, end: Value) -> float:
    """Measure the time between two moments of an answer."""
    first, last = (datetime.fromisoformat(str(value)).astimezone(UTC) for value in (start, end))
    return (last - first).total_seconds()
