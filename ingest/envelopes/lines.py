"""Cut a stream into runs of whole lines."""

import re

from auditradar.ingest.envelopes.framer import Framer
from auditradar.ingest.envelopes.runs import Framing, Run

# The container runtime splits long lines: `P` says that the line goes on (Kubernetes CRI logging format).
CRI_PARTIAL = re.compile(rb"\d{4}-\d\d-\d\dT[^ \n]{5,40} (?:stdout|stderr) P ")


class LineFramer(Framer):
    """Give runs that end at a newline, or at the end of the stream."""

    def _pass(self, run: Run, _: int) -> None:
        self._inside_oversized = run.framing in {Framing.OVERSIZED, Framing.OVERSIZED_REST} and not run.data.endswith(b"\n")

    def _cut(self, limit: int) -> Run | None:
        if not self._inside_oversized and (lines := self._window.lines(limit)):
            return self._run(lines[: _before_partial_lines(lines, len(lines)) or len(lines)], Framing.LINES)
        head = self._window.head(limit)
        if not head:
            return None
        if self._inside_oversized:
            end = head.find(b"\n", 0, limit) + 1 or min(limit, len(head))
            return self._run(head[:end], Framing.OVERSIZED_REST)
        cut = self._whole_lines(head, limit)
        if cut:
            return self._run(head[:cut], Framing.LINES)
        return self._one_long_line(head, limit)

    def _whole_lines(self, head: bytes, limit: int) -> int:
        if len(head) <= limit and self._window.holds_the_end(len(head)):
            return len(head)
        cut = head.rfind(b"\n", 0, limit) + 1
        return _before_partial_lines(head, cut) or cut

    def _one_long_line(self, head: bytes, limit: int) -> Run:
        wanted = limit
        while wanted <= self._most:
            wanted *= 2
            seen = len(head)
            head = self._window.head(min(wanted, self._most + 1))
            cut = head.find(b"\n", min(limit, seen) - 1, self._most + 1) + 1
            if cut:
                return self._run(head[:cut], Framing.LINES)
            if self._window.holds_the_end(len(head)) and len(head) <= self._most:
                return self._run(head, Framing.LINES)
        part = head[: max(limit, self._most)]
        # A log that was truncated while it was written to starts with a hole of zeros: nothing, and no record's beginning.
        blank = not part.strip(b"\0")
        return self._run(part, Framing.BLANK if blank else Framing.OVERSIZED)

    def _run(self, data: bytes, framing: Framing) -> Run:
        complete = data.endswith(b"\n") or not self._window.holds_the_end(len(data))
        return Run(self._window.offset, data, self._position, framing, complete)


def _before_partial_lines(head: bytes, cut: int) -> int:
    """Move a cut before the container runtime's partial lines that it would tear from their end."""
    while cut:
        line = head.rfind(b"\n", 0, cut - 1) + 1
        if not CRI_PARTIAL.match(head, line):
            break
        cut = line
    return cut
