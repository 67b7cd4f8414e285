"""Draw at which hours of which weekdays somebody works."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from auditradar.ingest.reading.result import Row

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHADES = "·░▒▓█"


def draw_hours(console: Console, rows: Sequence[Row]) -> None:
    """Draw a week of 24 hours a day: the darker, the more requests."""
    if not rows:
        return
    counts = {(int(str(row["weekday"])), int(str(row["hour"]))): int(str(row["requests"])) for row in rows}
    most = max(counts.values())
    console.print(Text("Working hours (UTC)", "bold underline"))
    console.print(Text("     " + "".join(f"{hour:<6d}" for hour in range(0, 24, 3)), "dim"))
    for day, name in enumerate(DAYS, start=1):
        line = Text(f"{name}  ")
        for hour in range(24):
            line.append(_shade(counts.get((day, hour), 0), most) * 2, "dim" if (day, hour) not in counts else "")
        console.print(line.append(f"  {sum(count for (other, _), count in counts.items() if other == day):>7,}", "dim"))
    console.print()


def _shade(count: int, most: int) -> str:
    """Give the shade of an hour; any request at all is visible."""
    return SHADES[0] if not count else SHADES[1 + min(3, count * 4 // (most + 1))]
