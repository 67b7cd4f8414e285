"""Hold the part of a stream that is being looked at, whatever the chunks it came in."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice


class Window:
    """Show the next bytes of a stream and forget what was consumed; memory is what is shown plus one chunk."""

    def __init__(self, chunks: Iterable[bytes], offset: int = 0) -> None:
        self.offset = offset
        self._chunks: Iterator[bytes] = iter(chunks)
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._failure: Exception | None = None
        self._ended = False

    def head(self, wanted: int) -> bytes:
        """Return at least `wanted` bytes, or all that is left of the stream.

        An error of the source is kept back until every byte read before it was consumed: the good part is delivered first.
        """
        self._fill(wanted)
        if not self._pieces:
            if self._failure is not None:
                raise self._failure
            return b""
        if len(self._pieces[0]) < wanted and len(self._pieces) > 1:
            joined = b"".join(self._pieces)
            self._pieces.clear()
            self._pieces.append(joined)
        return self._pieces[0]

    def lines(self, limit: int) -> bytes:
        """Return the whole lines that end within `limit` bytes, copied once; nothing if no line does, or if less is left.

        This is the way most bytes take: `head` would copy them twice.
        """
        self._fill(limit)
        rest = limit
        for index, piece in enumerate(self._pieces):
            if rest <= len(piece):
                cut = piece.rfind(b"\n", 0, rest) + 1
                return b"".join([*islice(self._pieces, index), piece[:cut]]) if cut else b""
            rest -= len(piece)
        return b""

    def holds_the_end(self, length: int) -> bool:
        """Tell whether the stream ends `length` bytes from here."""
        self._fill(length + 1)
        return self._ended and self._size <= length

    def consume(self, length: int) -> None:
        """Forget the first `length` bytes."""
        self.offset += length
        self._size -= length
        while length:
            piece = self._pieces.popleft()
            if len(piece) > length:
                self._pieces.appendleft(piece[length:])
                return
            length -= len(piece)

    def _fill(self, wanted: int) -> None:
        while self._size < wanted and not self._ended:
            chunk = self._next()
            if chunk:
                self._pieces.append(chunk)
                self._size += len(chunk)

    def _next(self) -> bytes:
        try:
            chunk = next(self._chunks, None)
        except Exception as error:  # noqa: BLE001 - whatever the source raises is raised again, after the bytes before it
            self._failure, chunk = error, None
        self._ended = chunk is None
        return chunk or b""
