"""Chance that is the same everywhere: only what `random` promises to keep between versions and machines."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throw dice that depend on a path of names alone, so one stream never disturbs another.

    Built on `random()` and `getrandbits()`: `shuffle`, `gauss` and the like may change with the Python version, and
    logarithms with the machine's mathematics library.
    """

    def __init__(self, *path: str | int) -> None:
        self._random = random.Random("/".join(str(part) for part in path))  # noqa: S311 - the point is to be predictable
        self.bits = self._random.getrandbits

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to limit - 1."""
        return int(self._random.random() * limit)

    def between(self, low: int, high: int) -> int:
        """Give a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self._random.random() < share

    def pick(self, values: Sequence[T]) -> T:
        """Take one of the values."""
        return values[self.below(len(values))]

    def uuid(self) -> str:
        """Make a UUID of version 4."""
        return uuid_text(self.bits(128))

    def letters(self, count: int, alphabet: str = "bcdfghjklmnpqrstvwxz2456789") -> str:
        """Make a name part; the default alphabet is Kubernetes' own (apimachinery pkg/util/rand/rand.go)."""
        return "".join(self.pick(alphabet) for _ in range(count))

    def hexadecimal(self, digits: int) -> str:
        """Make that many hexadecimal digits."""
        return f"{self.bits(4 * digits):0{digits}x}"


def uuid_text(bits: int) -> str:
    """Write 128 random bits as a UUID of version 4."""
    digits = f"{bits:032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[bits >> 62 & 3]}{digits[17:20]}-{digits[20:]}"
