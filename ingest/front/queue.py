"""Bound how many statements run at once, in all and for one reader."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator

from auditradar.ingest.front.refusal import Refusal


class Places:
    """Give out places; who comes too late waits a while, then is refused."""

    def __init__(self, total: int, of_a_reader: int, wait_seconds: float) -> None:
        self.total = total
        self._of_a_reader = of_a_reader
        self._wait_seconds = wait_seconds
        self._taken: Counter[str] = Counter()
        self._free = asyncio.Condition()

    @property
    def taken(self) -> int:
        """Count the statements that run."""
        return self._taken.total()

    @contextlib.asynccontextmanager
    async def of(self, reader: str) -> AsyncIterator[None]:
        """Hold a place; Refusal when none became free in time."""
        async with self._free:
            try:
                await asyncio.wait_for(self._free.wait_for(lambda: self._has_place(reader)), self._wait_seconds)
            except TimeoutError:
                words = f"Too many simultaneous queries: {self.taken} of {self.total} run, {self._taken[reader]} of them for this reader"
                raise Refusal(202, words, retry_after=1) from None
            self._taken[reader] += 1
        try:
            yield
        finally:
            async with self._free:
                self._taken[reader] -= 1
                self._free.notify_all()

    def _has_place(self, reader: str) -> bool:
        return self._taken.total() < self.total and self._taken[reader] < self._of_a_reader
