"""Open a byte stream for reading whole records from it, in bounded memory."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.decode import decode
from auditradar.ingest.envelopes.documents import DocumentFramer
from auditradar.ingest.envelopes.framer import Framer
from auditradar.ingest.envelopes.lines import LineFramer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.envelopes.runs import Run
from auditradar.ingest.envelopes.sniff import SNIFF_BYTES, is_documents
from auditradar.ingest.envelopes.window import Window

__all__ = ["Framer", "Run", "decode", "open_framer"]


def open_framer(chunks: Iterable[bytes], options: DecodeOptions, *, offset: int = 0, position: int = 1) -> Framer:
    """Look at the beginning of a stream and choose its framing.

    `offset` and `position` say where in its source the stream begins, for a reader that continues a file.
    """
    window = Window(chunks, offset)
    head = window.head(SNIFF_BYTES)[:SNIFF_BYTES] if not window.holds_the_end(0) else b""
    if is_documents(head, ended=window.holds_the_end(SNIFF_BYTES)):
        return DocumentFramer(window, options, position)
    return LineFramer(window, options, position)
