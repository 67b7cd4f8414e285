"""Hold the kinds of source that are read from start to end: a file and standard input."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from auditradar.ingest.errors import SourceError
from auditradar.ingest.sources.compression import BrokenDataError, decompressed

# Called with the number of bytes that were just read from disk.
Progress = Callable[[int], None]

READ_BYTES = 1 << 20
# Small pieces cost a turn each all the way down; the last chunk may be smaller.
_LEAST_BYTES = 256 * 1024


class Source(ABC):
    """Give the bytes of one thing that can be named. `size` is in bytes on disk, None if nobody knows."""

    name: str
    size: int | None

    @abstractmethod
    def raw(self, progress: Progress | None) -> Iterator[bytes]:
        """Yield the bytes as they are stored."""

    def chunks(self, progress: Progress | None = None) -> Iterator[bytes]:
        """Yield the decompressed bytes in chunks of at least 256 KiB.

        What is broken half-way yields what could be read and raises SourceError then.
        """
        try:
            yield from _gathered(decompressed(self.raw(progress)))
        except BrokenDataError as error:
            message = f"cannot read {self.name}: {error}; what was read before it is good, fetch the rest again"
            raise SourceError(message) from error
        except OSError as error:
            message = f"cannot read {self.name}: {error.strerror or error}; check the disk and the permissions"
            raise SourceError(message) from error


class FileSource(Source):
    """Read one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)
        self.size = path.stat().st_size if path.is_file() else None

    def raw(self, progress: Progress | None) -> Iterator[bytes]:
        """Yield the file's bytes."""
        with self._path.open("rb") as file:
            yield from blocks(file, progress)


class StandardInput(Source):
    """Read standard input."""

    def __init__(self) -> None:
        self.name = "-"
        self.size = None

    def raw(self, progress: Progress | None) -> Iterator[bytes]:
        """Yield what is piped in."""
        yield from blocks(sys.stdin.buffer, progress)


def blocks(file: IO[bytes], progress: Progress | None, size: int = READ_BYTES) -> Iterator[bytes]:
    """Yield the bytes of an open file block by block, reporting each."""
    while block := file.read(size):
        if progress is not None:
            progress(len(block))
        yield block


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Join small parts; give what is gathered before an error goes on."""
    waiting: list[bytes] = []
    size = 0
    try:
        for part in parts:
            waiting.append(part)
            size += len(part)
            if size >= _LEAST_BYTES:
                yield b"".join(waiting)
                waiting, size = [], 0
    except (BrokenDataError, OSError):
        if waiting:
            yield b"".join(waiting)
        raise
    if waiting:
        yield b"".join(waiting)
