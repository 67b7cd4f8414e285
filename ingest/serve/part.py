"""Say what one part of the long-running process is: something that starts, stops, and can say how it is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PartState:
    """Be how a part is; `words` is one line for people, without secrets."""

    ok: bool
    words: str


class Part(Protocol):
    """Be a part of the process; each owns its threads and its clients of the engine.

    Methods are called from the main thread, `state` from any thread and often: it answers from memory.
    """

    @property
    def name(self) -> str:
        """Give a short word for logs and `/readyz`."""
        ...

    def start(self) -> None:
        """Begin the work in threads of its own and return; raise AuditRadarError where it cannot, such as a taken port."""
        ...

    def stop(self, deadline_seconds: float) -> None:
        """Take no new work, finish what was accepted, release everything; return within the deadline. Safe to call twice."""
        ...

    def state(self) -> PartState:
        """Say how it is."""
        ...
