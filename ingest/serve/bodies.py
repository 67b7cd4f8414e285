"""Undo the compression of a request body, within a limit: a small body may not become a large one."""

import zlib
from collections.abc import Iterator

from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.sources.compression import BrokenDataError, decompressed

ENCODINGS = ("", "identity", "gzip", "x-gzip", "zstd", "deflate")
"""Values of Content-Encoding that are read; gzip, zstd, bzip2 and xz are also recognised by content where the header is missing."""
_STEP = 1 << 20


def plain_body(body: bytes, encoding: str, limit: int) -> bytes:
    """Give the body as it was before compression; Refusal 400, 413 or 415."""
    encoding = encoding.strip().lower()
    if encoding not in ENCODINGS:
        raise Refusal(415, f"cannot read Content-Encoding {encoding[:40]!r}; send gzip, zstd, deflate or none")
    parts, size = [], 0
    try:
        for part in _inflated(body) if encoding == "deflate" else decompressed([body]):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise Refusal(
                    413, f"the body is longer than {limit} bytes when decompressed; send less at once, or raise [serve] body_bytes"
                )
    except BrokenDataError as cause:
        raise Refusal(400, f"cannot decompress the body: {cause}; nothing of it was kept") from None
    return b"".join(parts)


def _inflated(body: bytes) -> Iterator[bytes]:
    """Undo `deflate`: a zlib stream by the standard, a bare one as some senders write it."""
    bare = len(body) < 2 or body[0] & 15 != 8 or (body[0] << 8 | body[1]) % 31 != 0
    reader = zlib.decompressobj(wbits=-15 if bare else 15)
    data = body
    while not reader.eof:
        try:
            part = reader.decompress(data, _STEP)
        except zlib.error as cause:
            raise BrokenDataError(f"deflate data is damaged ({cause})") from None
        data = reader.unconsumed_tail
        if part:
            yield part
        elif not data:
            break
    if not reader.eof:
        raise BrokenDataError("deflate data ends early")
