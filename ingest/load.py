"""Load sources into the store: cut, recognise what is known, decode, deliver."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from auditradar.ingest.delivery import Batch, Deliverer, now_micros
from auditradar.ingest.engine import Engine
from auditradar.ingest.envelopes.decode import decode
from auditradar.ingest.envelopes.framing import Framer, open_framer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.envelopes.runs import Run
from auditradar.ingest.errors import SourceError
from auditradar.ingest.ledger import Entry, Ledger, batch_id_of
from auditradar.ingest.rowbinary import Origin
from auditradar.ingest.sources import Source

COMPONENTS = ("openshift-apiserver", "oauth-apiserver", "oauth-server", "kube-apiserver")
"""API servers by the name of their folder or file, as must-gather and the nodes of OpenShift lay them out."""
DEFAULT_COMPONENT = ""
"""Nothing says it: component_of in sql/functions judges each event by its content."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Steer a load; `again` loads bytes that the ledger has already, for a store that was loaded by an older decoder."""

    cluster: str
    component: str = ""
    platform: str = ""
    envelope: str = "auto"
    mask_exec: bool = False
    max_record_bytes: int = 64 * 1024 * 1024
    batch_bytes: int = 32 * 1024 * 1024
    workers: int = 2
    again: bool = False

    @property
    def decoding(self) -> DecodeOptions:
        """Give the part that decoding needs."""
        return DecodeOptions(envelope=self.envelope, mask_exec=self.mask_exec, max_record_bytes=self.max_record_bytes)


@dataclass(slots=True)
class LoadResult:
    """Count what a load did; `known` batches were in the ledger already, `failures` are sources that could not be read to their end."""

    sources: int = 0
    batches: int = 0
    known: int = 0
    records: int = 0
    events: int = 0
    rejected: int = 0
    redacted: int = 0
    excluded: int = 0
    bytes: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    def count(self, entries: Sequence[Entry]) -> None:
        """Add the batches that were written."""
        self.batches += len(entries)
        for entry in entries:
            self.records += entry.records
            self.rejected += entry.rejected
            self.redacted += entry.redacted
            self.excluded += entry.excluded
            self.bytes += entry.bytes
        self.events = self.records - self.rejected - self.excluded


def load(engine: Engine, sources: Sequence[Source], options: LoadOptions, on_bytes: Callable[[int], None] | None = None) -> LoadResult:
    """Load all sources; one that cannot be read to its end is reported in the result and the others go on.

    `on_bytes` is called with the number of bytes read from disk since the last call.
    """
    result, began = LoadResult(), time.monotonic()
    ledger = Ledger(engine, options.cluster)
    variant = "" if options.envelope == "auto" else options.envelope
    if options.again:
        variant += f"@{now_micros()}"
    with Deliverer(engine, ledger, options.workers) as deliverer:
        loader = _Loader(ledger, deliverer, options, variant, result)
        for source in sources:
            result.sources += 1
            try:
                loader.load(source, on_bytes)
            except SourceError as failure:
                result.failures.append(str(failure))
        deliverer.finish()
        result.count(deliverer.written)
    result.seconds = time.monotonic() - began
    return result


def component_of(name: str) -> str:
    """Recognise the API server by the folders and the file name of a source; empty when they do not tell."""
    parts = PurePath(name.replace("!", "/")).parts[::-1]
    for part in parts:
        for component in COMPONENTS:
            if part == component or part.startswith((f"{component}-", f"{component}.")):
                return component
    return DEFAULT_COMPONENT


class _Loader:
    """Take sources apart into batches."""

    def __init__(self, ledger: Ledger, deliverer: Deliverer, options: LoadOptions, variant: str, result: LoadResult) -> None:
        self._ledger = ledger
        self._deliverer = deliverer
        self._options = options
        self._variant = variant
        self._result = result

    def load(self, source: Source, on_bytes: Callable[[int], None] | None) -> None:
        framer = open_framer(source.chunks(on_bytes), self._options.decoding)
        while (run := self._peek(framer)) is not None:
            length, content_hash = self._known_length(run)
            if length:
                self._result.known += 1
            else:
                run = _settled(run, framer)
                length, content_hash = len(run.data), hashlib.sha256(run.data).hexdigest()
                self._deliver(source, run, content_hash)
            framer.consume(length)

    def _peek(self, framer: Framer) -> Run | None:
        run = framer.peek(self._options.batch_bytes)
        longest = max(self._ledger.known_at(run.start), default=0) if run else 0
        return framer.peek(longest) if run and longest > len(run.data) else run

    def _known_length(self, run: Run) -> tuple[int, str]:
        """Give the length and hash of the longest known batch that begins here, whatever its source was called; 0 when there is none."""
        content, hashed, found = hashlib.sha256(), 0, (0, "")
        for length, batches in sorted(self._ledger.known_at(run.start).items()):
            if length > len(run.data):
                break
            content.update(memoryview(run.data)[hashed:length])
            hashed = length
            digest = content.hexdigest()
            if batch_id_of(self._options.cluster, digest, self._variant) in batches and run.is_boundary(length):
                found = (length, digest)
        return found

    def _deliver(self, source: Source, run: Run, content_hash: str) -> None:
        options = self._options
        origin = Origin(
            cluster=options.cluster,
            platform=options.platform,
            component=options.component or component_of(source.name),
            component_given=bool(options.component),
            source=source.name,
            batch_id=batch_id_of(options.cluster, content_hash, self._variant),
            received_at=now_micros(),
        )
        decoded = decode(run, options.decoding)
        self._deliverer.submit(Batch(origin, decoded, content_hash, run.start, len(run.data), run.first_position))


def _settled(run: Run, framer: Framer) -> Run:
    """Leave an unfinished last record to a batch of its own: when the file has grown, everything before it is known."""
    if run.complete:
        return run
    whole = run.data.rfind(b"\n") + 1
    if whole in (0, len(run.data)) or not run.is_boundary(whole):
        return run
    return framer.peek(whole) or run
