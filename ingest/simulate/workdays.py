"""When people work: mornings, lunch, evenings, weekends, holidays, the night on call."""

from dataclasses import dataclass
from typing import Literal

from auditradar.ingest.simulate.clock import DAY, HOUR, MINUTE, moment
from auditradar.ingest.simulate.dice import Dice

Rhythm = Literal["office", "mover", "night"]

# (month, day) on which the invented company is closed.
HOLIDAYS = frozenset({(1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)})


@dataclass(frozen=True, slots=True)
class Sitting:
    """Be a time at one desk."""

    start: int
    end: int
    at_home: bool


def sittings(dice: Dice, day: int, rhythm: Rhythm) -> list[Sitting]:
    """Plan a person's day that begins at `day`, midnight UTC; days off give none."""
    if rhythm == "night":
        return _on_call(dice, day)
    date = moment(day)
    if (date.month, date.day) in HOLIDAYS or dice.chance(0.04):
        return []
    if date.weekday() >= 5:
        return _weekend(dice, day)
    lunch = day + 12 * HOUR + dice.below(40 * MINUTE)
    back = lunch + dice.between(30, 70) * MINUTE
    morning = Sitting(day + 8 * HOUR + dice.below(90 * MINUTE), lunch, at_home=rhythm == "mover")
    afternoon = Sitting(back, day + 16 * HOUR + dice.below(120 * MINUTE), at_home=False)
    return [morning, afternoon, *_evening(dice, day)]


def _evening(dice: Dice, day: int) -> list[Sitting]:
    """Sometimes look again after dinner."""
    if not dice.chance(0.15):
        return []
    start = day + 20 * HOUR + dice.below(HOUR)
    return [Sitting(start, start + dice.between(15, 90) * MINUTE, at_home=True)]


def _weekend(dice: Dice, day: int) -> list[Sitting]:
    """Rarely work on a weekend, and then from home."""
    if not dice.chance(0.08):
        return []
    start = day + dice.between(9, 18) * HOUR
    return [Sitting(start, start + dice.between(20, 120) * MINUTE, at_home=True)]


def _on_call(dice: Dice, day: int) -> list[Sitting]:
    """Be woken by alerts between 21 and 6, every night of the week."""
    alerts = sorted(day + 21 * HOUR + dice.below(9 * HOUR) for _ in range(dice.between(1, 3)))
    return [Sitting(at, at + dice.between(8, 35) * MINUTE, at_home=True) for at in alerts]


def days(first: int, horizon: int) -> list[int]:
    """List the midnights of all days that the run touches, and the day before: its night reaches into the first."""
    midnight = first - first % DAY
    return list(range(midnight - DAY, horizon, DAY))
