"""Frame what is spooled: a mark, the length, a checksum; and find the good frames in a file whatever happened to it."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD = struct.Struct("<4sII")  # mark, length, CRC-32 over the offset and the content
_OFFSET = struct.Struct("<Q")
MARK = b"\xa7ARf"
OVERHEAD = _HEAD.size
LONGEST = 1 << 30  # bytes of one frame; a longer length is damage


@dataclass(frozen=True, slots=True)
class Frame:
    """Be one whole frame: where it begins and ends in the spool, and what it holds."""

    begin: int
    end: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Be bytes that are no frame: a torn write at the end of a file, or a bad disk."""

    begin: int
    end: int


def framed(offset: int, content: bytes) -> bytes:
    """Frame content that is to stand at an offset; the checksum covers the offset, so bytes from elsewhere are no frame."""
    return _HEAD.pack(MARK, len(content), _checksum(offset, content)) + content


def frames(data: bytes, offset: int) -> Iterator[Frame | Damage]:
    """Give the frames of bytes that begin at `offset`, and the damage between and behind them."""
    at = 0
    while at < len(data):
        content = _content(data, at, offset + at)
        if content is not None:
            end = at + OVERHEAD + len(content)
            yield Frame(offset + at, offset + end, content)
        else:
            end = _next(data, at + 1, offset)
            yield Damage(offset + at, offset + end)
        at = end


def _content(data: bytes, at: int, offset: int) -> bytes | None:
    if len(data) < at + OVERHEAD:
        return None
    mark, length, checksum = _HEAD.unpack_from(data, at)
    if mark != MARK or length > LONGEST or at + OVERHEAD + length > len(data):
        return None
    content = data[at + OVERHEAD : at + OVERHEAD + length]
    return content if _checksum(offset, content) == checksum else None


def _next(data: bytes, begin: int, offset: int) -> int:
    at = data.find(MARK, begin)
    while at >= 0 and _content(data, at, offset + at) is None:
        at = data.find(MARK, at + 1)
    return at if at >= 0 else len(data)


def _checksum(offset: int, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(_OFFSET.pack(offset)))
