"""Compress replies and decompress requests: HTTP content encodings, and ClickHouse's own blocks with checksums (`compress=1`)."""

import sys
import zlib
from typing import Protocol

import lz4.block
import lz4.frame
from clickhouse_cityhash.cityhash import CityHash128

from auditradar.ingest.front.refusal import Refusal

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BLOCK_BYTES = 1 << 20
# ClickHouse CompressionMethodByte
NONE, LZ4, ZSTD = 0x02, 0x82, 0x90
CHECKSUM_BYTES, HEADER_BYTES = 16, 9


class Encoder(Protocol):
    """Be something that makes a stream smaller."""

    def encode(self, data: bytes) -> bytes:
        """Take a piece; what comes back may be empty."""

    def finish(self) -> bytes:
        """Give what is left."""


class Identity:
    """Change nothing."""

    def encode(self, data: bytes) -> bytes:
        """Give it back."""
        return data

    def finish(self) -> bytes:
        """Give nothing."""
        return b""


class Zlib:
    """Be gzip or deflate."""

    def __init__(self, window: int) -> None:
        self._compressor = zlib.compressobj(3, zlib.DEFLATED, window)

    def encode(self, data: bytes) -> bytes:
        """Compress a piece."""
        return self._compressor.compress(data)

    def finish(self) -> bytes:
        """End the stream."""
        return self._compressor.flush()


class Zstd:
    """Be zstd."""

    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(level=1)

    def encode(self, data: bytes) -> bytes:
        """Compress a piece."""
        return self._compressor.compress(data)

    def finish(self) -> bytes:
        """End the stream."""
        return self._compressor.flush()


class Lz4:
    """Be lz4 frames."""

    def __init__(self) -> None:
        self._compressor = lz4.frame.LZ4FrameCompressor()
        self._begun = False

    def encode(self, data: bytes) -> bytes:
        """Compress a piece."""
        return self._begin() + bytes(self._compressor.compress(data))

    def finish(self) -> bytes:
        """End the stream."""
        return self._begin() + bytes(self._compressor.flush())

    def _begin(self) -> bytes:
        head = b"" if self._begun else bytes(self._compressor.begin())
        self._begun = True
        return head


class Blocks:
    """Be ClickHouse's own blocks: checksum, method, sizes, lz4."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def encode(self, data: bytes) -> bytes:
        """Compress whole blocks; the rest waits."""
        self._waiting += data
        made = bytearray()
        while len(self._waiting) >= BLOCK_BYTES:
            made += _block(bytes(self._waiting[:BLOCK_BYTES]))
            del self._waiting[:BLOCK_BYTES]
        return bytes(made)

    def finish(self) -> bytes:
        """Compress the rest."""
        return _block(bytes(self._waiting)) if self._waiting else b""


def stored_block(text: bytes) -> bytes:
    """Frame a text without compressing it: an error that clients look for in the bytes as they come, in blocks or not."""
    return _framed(NONE, text, len(text))


def _block(data: bytes) -> bytes:
    return _framed(LZ4, lz4.block.compress(data, store_size=False), len(data))


def _framed(method: int, packed: bytes, size: int) -> bytes:
    body: bytes = bytes([method]) + (len(packed) + HEADER_BYTES).to_bytes(4, "little") + size.to_bytes(4, "little") + packed
    return _checksum(body) + body


def _checksum(body: bytes) -> bytes:
    """Hash as ClickHouse does: CityHash128 of version 1.0.2, its halves as ClickHouse stores them."""
    whole = int(CityHash128(body)).to_bytes(16, "little")
    return whole[8:] + whole[:8]


def encoder_of(encoding: str, *, framed: bool) -> Encoder:
    """Make the encoder of a reply; ClickHouse's own blocks come before an HTTP encoding."""
    if framed:
        return Blocks()
    if encoding in {"gzip", "deflate"}:
        return Zlib(31 if encoding == "gzip" else 15)
    if encoding == "zstd":
        return Zstd()
    return Lz4() if encoding == "lz4" else Identity()


def accepted_encoding(header: str) -> str:
    """Choose among what a client accepts as ClickHouse does; empty for none that is known."""
    offered = {part.partition(";")[0].strip() for part in header.split(",") if "q=0" not in part.replace(" ", "").split(";")[1:]}
    return next((name for name in ("gzip", "zstd", "lz4", "deflate") if name in offered), "")


def decoded_body(body: bytes, encoding: str, *, framed: bool, most: int) -> bytes:
    """Decompress the body of a request; Refusal where it is broken, or longer than `most` bytes when it is unpacked."""
    try:
        unpacked = _unpacked(body, encoding.strip().lower(), most)
        return _unframed(unpacked, most) if framed else unpacked
    except (OSError, EOFError, ValueError, IndexError, zlib.error, zstd.ZstdError, RuntimeError):
        raise Refusal(36, f"Cannot decompress the body of the request: it is no whole {encoding or 'compressed'} data") from None


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    if encoding in {"", "identity"}:
        return body
    if encoding in {"gzip", "x-gzip", "deflate"}:
        unpacker = zlib.decompressobj(47)
        unpacked = _bounded(unpacker.decompress(body, most + 1), most)
        if not unpacker.eof:
            raise ValueError("cut off")
        return unpacked
    if encoding == "zstd":
        return _bounded(zstd.ZstdDecompressor().decompress(body, most + 1), most)
    if encoding == "lz4":
        return _bounded(lz4.frame.LZ4FrameDecompressor().decompress(body, most + 1), most)
    raise Refusal(48, f"Unknown Content-Encoding {encoding!r}: gzip, deflate, zstd and lz4 are read here")


def _unframed(body: bytes, most: int) -> bytes:
    made, place = bytearray(), 0
    while place < len(body):
        start = place + CHECKSUM_BYTES
        size, whole = int.from_bytes(body[start + 1 : start + 5], "little"), int.from_bytes(body[start + 5 : start + 9], "little")
        block = body[start : start + size]
        if size < HEADER_BYTES or len(block) != size or whole + len(made) > most or _checksum(block) != body[place:start]:
            raise ValueError("broken block")
        made += _unblocked(block[0], block[HEADER_BYTES:], whole)
        place = start + size
    return bytes(made)


def _unblocked(method: int, packed: bytes, size: int) -> bytes:
    if method == LZ4:
        return bytes(lz4.block.decompress(packed, uncompressed_size=size))
    return zstd.ZstdDecompressor().decompress(packed, size) if method == ZSTD else packed


def _bounded(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise Refusal(62, f"Query is too large: more than {most} bytes")
    return data
