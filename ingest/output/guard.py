"""Keep control characters of log data from a terminal, whatever the format; files and pipes get the data as it is."""

import io
from typing import TextIO, cast

from auditradar.ingest.output.values import visible


class _Guarded(io.TextIOBase):
    """Write text with its control characters escaped; line ends are ours and stay."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write escaped text; the number given back is that of the caller's characters."""
        self._out.write("\n".join(map(visible, text.split("\n"))))
        return len(text)

    def flush(self) -> None:
        """Flush what is below."""
        self._out.flush()


def guarded(out: TextIO) -> TextIO:
    """Wrap a terminal."""
    return cast("TextIO", _Guarded(out))
