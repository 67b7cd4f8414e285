"""Read one compressed file or archive: it is complete once it has settled, and most often the ledger knows it already."""

from collections.abc import Iterator
from pathlib import Path

from auditradar.ingest.envelopes.framing import open_framer
from auditradar.ingest.follow.context import TURN_RUNS, Context
from auditradar.ingest.follow.tail import Turn
from auditradar.ingest.known import Step, Walk
from auditradar.ingest.sources import Source, expand

# gzip, zstandard, bzip2, xz, zip; what ingest/sources reads
_MAGICS = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04")


def is_packed(path: Path) -> bool:
    """Tell whether a file begins as compressed data does."""
    with path.open("rb") as file:
        return file.read(6).startswith(_MAGICS)


class Packed:
    """Go through a compressed file once it has not changed for a while."""

    live = False
    found = False
    """Whether some of it was known already."""

    def __init__(self, context: Context, path: Path, source: str) -> None:
        status = path.stat()
        self.path = path
        self.identity = (status.st_dev, status.st_ino)
        self.modified = status.st_mtime
        self._size = status.st_size
        self._context = context
        self._source = source
        self._seen = context.clock()
        self._steps: Iterator[tuple[Source, Step]] | None = None

    def close(self) -> None:
        """Let go of what is being read."""
        self._steps = None

    @property
    def behind(self) -> int:
        """Give the number of bytes on disk that are not gone through yet."""
        return self._size

    def turn(self) -> Turn:
        """Deliver some batches; SourceError says why the file cannot be read to its end."""
        status = self.path.stat()
        if (status.st_mtime, status.st_size) != (self.modified, self._size):
            self.modified, self._size, self._seen, self._steps = status.st_mtime, status.st_size, self._context.clock(), None
        if self._steps is None:
            if not self._has_settled():
                return Turn.IDLE
            self._steps = self._walk()
        left = TURN_RUNS
        for source, step in self._steps:
            if step.known:
                self.found = True
            else:
                self._context.deliver(step, self._source if "!" not in source.name else source.name)
                left -= 1
            if left <= 0:
                return Turn.BUSY
        return Turn.FINISHED

    def _has_settled(self) -> bool:
        now = self._context.clock()
        return now - max(self._seen, 0) >= self._context.following.settle or now - self.modified >= self._context.following.linger

    def _walk(self) -> Iterator[tuple[Source, Step]]:
        context = self._context
        for source in expand([str(self.path)]):
            framer = open_framer(source.chunks(None), context.loading.decoding)
            for step in Walk(framer, context.loading.batch_bytes, context.recogniser, 0, context.careful):
                yield source, step
