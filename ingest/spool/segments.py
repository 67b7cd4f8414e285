"""Hold the files of a spool: each is named by the offset of its first byte."""

import os
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.spool.cursor import sync_folder
from auditradar.ingest.spool.frames import Damage, frames

SUFFIX = ".seg"
DIGITS = 20  # of the offset in a name, so that names sort as offsets do


@dataclass(slots=True)
class Segment:
    """Be one file of the spool: the bytes from `begin` to `end`."""

    path: Path
    begin: int
    end: int

    def read(self, begin: int, length: int) -> bytes:
        """Read bytes by their offset in the spool."""
        with self.path.open("rb") as file:
            file.seek(begin - self.begin)
            return file.read(min(length, self.end - begin))


def find_segments(folder: Path) -> list[Segment]:
    """List the segments in order; what somebody else put there is left alone."""
    found = []
    for path in sorted(folder.glob(f"{'[0-9]' * DIGITS}{SUFFIX}")):
        begin = int(path.stem)
        found.append(Segment(path, begin, begin + path.stat().st_size))
    return found


def new_segment(folder: Path, begin: int) -> Segment:
    """Make an empty segment whose name is on disk when this returns."""
    path = folder / f"{begin:0{DIGITS}d}{SUFFIX}"
    path.touch(mode=0o600)
    sync_folder(folder)
    return Segment(path, begin, begin)


def cut_torn_end(segment: Segment) -> int:
    """Cut off a write that was interrupted, and give its length; damage with whole frames behind it stays, it is no torn write."""
    torn = 0
    for found in frames(segment.path.read_bytes(), segment.begin):
        torn = found.end - found.begin if isinstance(found, Damage) else 0
    if torn:
        truncate(segment, segment.end - torn)
    return torn


def truncate(segment: Segment, end: int) -> None:
    """Shorten a segment; it is so on disk when this returns."""
    with segment.path.open("r+b") as file:
        file.truncate(end - segment.begin)
        os.fsync(file.fileno())
    segment.end = end
