"""Try again what failed because ClickHouse was away."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import tenacity

from auditradar.ingest.errors import UnreachableError

Answer = TypeVar("Answer")
LOAD_SECONDS = 60  # how long an unreachable server is tried again before a load gives up


def _silent(_: Exception) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Say how long something is tried again and after which errors; `seconds` None means until `stopped` is set.

    `on_wait` is told of every failure that is waited out, from whichever thread met it.
    """

    seconds: float | None = LOAD_SECONDS
    stopped: threading.Event = field(default_factory=threading.Event)
    on_wait: Callable[[Exception], None] = _silent
    errors: tuple[type[Exception], ...] = (UnreachableError,)

    def tried(self, call: Callable[[], Answer]) -> Answer:
        """Call until it succeeds, then return its answer; the last error is raised when patience ends."""
        ends = tenacity.stop_when_event_set(self.stopped)
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(self.errors),
            wait=tenacity.wait_exponential_jitter(multiplier=0.5, max=10),
            stop=ends if self.seconds is None else ends | tenacity.stop_after_delay(self.seconds),
            sleep=tenacity.sleep_using_event(self.stopped),
            before_sleep=self._before_sleep,
            reraise=True,
        )
        return retrying(call)

    def _before_sleep(self, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Exception):
            self.on_wait(error)
