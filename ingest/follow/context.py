"""Hold what everything that follows shares: the ledger, the deliverer, the options, and a way to say something."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.follow.options import FollowOptions
from auditradar.ingest.known import Recogniser, Step
from auditradar.ingest.ledger import Ledger
from auditradar.ingest.load import LoadOptions, batch_of, variant_of

TURN_RUNS = 3
"""Batches that one file may deliver before the next file has its turn."""


class GivenUpError(AuditRadarError):
    """Say that there is no time left to deliver more: it stays in the files."""


@dataclass(slots=True)
class Context:
    """Deliver batches in the order of submission, and know what was delivered before."""

    ledger: Ledger
    deliverer: Deliverer
    loading: LoadOptions
    following: FollowOptions
    say: Callable[[str], None]
    clock: Callable[[], float] = time.time
    given_up: threading.Event = field(default_factory=threading.Event)
    variant: str = field(init=False)
    recogniser: Recogniser = field(init=False)

    def __post_init__(self) -> None:
        self.variant = variant_of(self.loading)
        self.recogniser = Recogniser(self.ledger, self.loading.cluster, self.variant)

    @property
    def careful(self) -> int:
        """Give the number of batches that a crash can have left without a ledger row."""
        return self.loading.workers + 2

    def deliver(self, step: Step, source: str) -> int:
        """Submit a batch and return its number; waits while many are on their way. GivenUpError when it must not any more."""
        if self.given_up.is_set():
            raise GivenUpError("cannot deliver more: following ends")
        self.deliverer.submit(batch_of(step, source, self.loading, self.variant))
        return self.deliverer.submitted

    def wait_for(self, number: int) -> None:
        """Wait until a batch is in the ledger."""
        if number > self.deliverer.submitted - self.deliverer.unfinished:
            self.deliverer.finish()
