"""Go through a stream run by run, and recognise by content what the store has already: whatever its source was called."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from auditradar.ingest.envelopes.framing import Framer
from auditradar.ingest.envelopes.runs import Framing, Run
from auditradar.ingest.ledger import Ledger, batch_id_of

BEGUN_AT_ONCE = 1000
"""Candidates that the store is asked about in one query: a server takes parameters in the address of the request."""


@dataclass(frozen=True, slots=True)
class Step:
    """Be the next stretch of a stream: `known` means that the ledger has it; `length` and `positions` say how far it goes."""

    run: Run
    length: int
    positions: int
    content_hash: str
    known: bool


class Recogniser:
    """Tell which stretches of a stream were delivered before."""

    def __init__(self, ledger: Ledger, cluster: str, variant: str = "") -> None:
        self._ledger = ledger
        self._cluster = cluster
        self._variant = variant

    def longest(self, offset: int) -> int:
        """Give the length of the longest batch that begins at an offset of any source; 0 when there is none."""
        return max(self._ledger.known_at(offset), default=0)

    def known(self, run: Run) -> tuple[int, str]:
        """Give length and hash of the longest known batch that begins with this run; 0 when there is none."""
        batches, found = self._ledger.known_at(run.start), (0, "")
        for length, digest in _digests(run, sorted(batches)):
            if batch_id_of(self._cluster, digest, self._variant) in batches[length] and run.is_boundary(length):
                found = (length, digest)
        return found

    def begun(self, run: Run) -> int:
        """Give the length of a batch that was inserted from here and did not come to the ledger; 0 when there is none.

        A live file has grown since, so its bytes would be cut otherwise now, and rejected records would be kept twice.
        """
        lengths = list(_boundaries(run))
        for first in range(0, len(lengths), BEGUN_AT_ONCE):
            part = lengths[first : first + BEGUN_AT_ONCE]
            ids = {batch_id_of(self._cluster, digest, self._variant): length for length, digest in _digests(run, part)}
            found = self._ledger.begun(list(ids))
            if found:
                return max(ids[batch] for batch in found)
        return 0


class Walk:
    """Cut a stream into batches, from `offset` on.

    What `recogniser` knows is passed over. The first `careful` unknown runs are cut as they were before a crash, where one happened.
    """

    def __init__(self, framer: Framer, batch_bytes: int, recogniser: Recogniser | None, offset: int = 0, careful: int = 0) -> None:
        self._framer = framer
        self._batch_bytes = batch_bytes
        self._recogniser = recogniser
        self._offset = offset
        self._careful = careful

    def __iter__(self) -> Iterator[Step]:
        """Give one step after another to the end of the stream."""
        while (step := self._known() or self._unknown()) is not None:
            self._framer.consume(step.length)
            self._offset += step.length
            yield step

    def _known(self) -> Step | None:
        longest = self._recogniser.longest(self._offset) if self._recogniser else 0
        run = self._framer.peek(longest) if longest else None
        if run is None or self._recogniser is None:
            return None
        length, digest = self._recogniser.known(run)
        return Step(run, length, run.positions_in(length), digest, known=True) if length else None

    def _unknown(self) -> Step | None:
        run = self._framer.peek(self._batch_bytes)
        if run is None:
            return None
        run = self._as_begun(settled(run, self._framer))
        length = len(run.data)
        return Step(run, length, run.positions_in(length), hashlib.sha256(run.data).hexdigest(), known=False)

    def _as_begun(self, run: Run) -> Run:
        if not self._careful or self._recogniser is None:
            return run
        self._careful -= 1
        length = self._recogniser.begun(run)
        return self._framer.peek(length) or run if length else run


def settled(run: Run, framer: Framer) -> Run:
    """Leave an unfinished last record to a batch of its own: when the file has grown, everything before it is known."""
    if run.complete:
        return run
    whole = run.data.rfind(b"\n") + 1
    if whole in (0, len(run.data)) or not run.is_boundary(whole):
        return run
    return framer.peek(whole) or run


def _digests(run: Run, lengths: list[int]) -> Iterator[tuple[int, str]]:
    """Hash the beginnings of a run, of rising lengths, each byte once."""
    content, hashed = hashlib.sha256(), 0
    view = memoryview(run.data)
    for length in lengths:
        if length > len(run.data):
            return
        content.update(view[hashed:length])
        hashed = length
        yield length, content.hexdigest()


def _boundaries(run: Run) -> Iterator[int]:
    if run.framing is Framing.LINES:
        end = run.data.find(b"\n") + 1
        while end:
            yield end
            end = run.data.find(b"\n", end) + 1
    if run.framing is not Framing.LINES or not run.data.endswith(b"\n"):
        yield len(run.data)
