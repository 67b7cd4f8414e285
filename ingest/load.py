"""Load sources into the store: cut, recognise what is known, decode, deliver."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from auditradar.ingest.delivery import Batch, Deliverer, now_micros
from auditradar.ingest.engine import Engine
from auditradar.ingest.envelopes.decode import decode
from auditradar.ingest.envelopes.framing import open_framer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.errors import SourceError
from auditradar.ingest.known import Recogniser, Step, Walk
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
    ledger, variant = Ledger(engine, options.cluster), variant_of(options)
    recogniser = Recogniser(ledger, options.cluster, variant)
    with Deliverer(engine, ledger, options.workers) as deliverer:
        for source in sources:
            result.sources += 1
            try:
                for step in Walk(open_framer(source.chunks(on_bytes), options.decoding), options.batch_bytes, recogniser):
                    if step.known:
                        result.known += 1
                    else:
                        deliverer.submit(batch_of(step, source.name, options, variant))
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


def variant_of(options: LoadOptions) -> str:
    """Tell apart batches of the same bytes that were read differently, or again."""
    variant = "" if options.envelope == "auto" else options.envelope
    return f"{variant}@{now_micros()}" if options.again else variant


def batch_of(step: Step, source: str, options: LoadOptions, variant: str) -> Batch:
    """Decode a stretch of a source into a batch."""
    run = step.run
    origin = Origin(
        cluster=options.cluster,
        platform=options.platform,
        component=options.component or component_of(source),
        component_given=bool(options.component),
        source=source,
        batch_id=batch_id_of(options.cluster, step.content_hash, variant),
        received_at=now_micros(),
    )
    return Batch(origin, decode(run, options.decoding), step.content_hash, run.start, len(run.data), run.first_position)
