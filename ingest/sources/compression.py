"""Undo compression, recognised by its first bytes: gzip, zstandard, bzip2 and xz, also one inside another."""

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from auditradar.ingest.errors import SourceError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Output is taken in steps of this size, so a bomb fills no memory.
_STEP_BYTES = 1 << 20
# xz may ask for a dictionary of 4 GiB; real files use 8 to 64 MiB (xz -9).
_MOST_DICTIONARY = 256 << 20
_DEEPEST = 3
_LONGEST_MAGIC = 6


class BrokenDataError(SourceError):
    """Say why packed data cannot be read further; the source that knows its name completes the message."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """Give zlib's gzip reader the shape of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.eof and not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


_FORMATS: dict[bytes, tuple[str, Callable[[], _Decompressor]]] = {
    b"\x1f\x8b\x08": ("gzip", _Gzip),
    b"\x28\xb5\x2f\xfd": ("zstandard", zstd.ZstdDecompressor),
    b"BZh": ("bzip2", bz2.BZ2Decompressor),
    b"\xfd7zXZ\x00": ("xz", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_DICTIONARY)),
}
_ERRORS = (zlib.error, lzma.LZMAError, zstd.ZstdError, OSError, EOFError)


def decompressed(parts: Iterable[bytes], depth: int = 0) -> Iterator[bytes]:
    """Yield plain bytes, up to three layers of compression down; raise BrokenDataError behind the last good byte."""
    source = iter(parts)
    head = b""
    while len(head) < _LONGEST_MAGIC and (part := next(source, None)) is not None:
        head += part
    form = _form(head) if depth < _DEEPEST else None
    whole = _chained(head, source)
    if form is None:
        yield from whole
    else:
        yield from decompressed(_members(whole, *form), depth + 1)


def _form(head: bytes) -> tuple[str, Callable[[], _Decompressor]] | None:
    return next((form for magic, form in _FORMATS.items() if head.startswith(magic)), None)


def _chained(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


def _members(parts: Iterator[bytes], name: str, create: Callable[[], _Decompressor]) -> Iterator[bytes]:
    """Decompress one stream after another; padding of zeros between and behind them is no error."""
    reader = create()
    fresh = True
    for part in parts:
        data = part
        while data or not (reader.eof or reader.needs_input):
            if reader.eof:
                reader, fresh = create(), True
            if fresh:
                data = data.lstrip(b"\0") if name != "zstandard" else data
                if not data:
                    break
            fresh = False
            yield from _step(reader, data, name)
            data = reader.unused_data if reader.eof else b""
        if reader.eof:
            reader, fresh = create(), True
    if not fresh:
        message = f"{name} data ends early"
        raise BrokenDataError(message)


def _step(reader: _Decompressor, data: bytes, name: str) -> Iterator[bytes]:
    """Feed data and take everything that comes out of it, a bounded step at a time."""
    while True:
        try:
            out = reader.decompress(data, _STEP_BYTES)
        except _ERRORS as error:
            message = f"{name} data is damaged ({error})"
            raise BrokenDataError(message) from error
        if out:
            yield out
        data = b""
        if reader.eof or (reader.needs_input and len(out) < _STEP_BYTES):
            return
