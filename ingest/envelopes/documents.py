"""Cut a stream of JSON documents into runs of whole records: pretty-printed, concatenated, or the elements of huge arrays."""

from auditradar.ingest.envelopes.framer import Framer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.envelopes.runs import Framing, Run, Span
from auditradar.ingest.envelopes.scanner import BROKEN, TRUNCATED, Scan
from auditradar.ingest.envelopes.window import Window


class DocumentFramer(Framer):
    """Give runs that end behind a record; brackets and commas between two records belong to the run of the second."""

    def __init__(self, window: Window, options: DecodeOptions, position: int = 1) -> None:
        super().__init__(window, options, position)
        self._context: tuple[str, ...] = ()

    def _pass(self, run: Run, length: int) -> None:
        self._context = run.context_at(length, self._context)
        self._inside_oversized = run.framing is Framing.OVERSIZED or (run.framing is Framing.OVERSIZED_REST and run.complete)

    def _cut(self, limit: int) -> Run | None:
        head = self._window.head(limit)
        if not head:
            return None
        if self._inside_oversized:
            return self._rest(head, limit)
        wanted = limit
        while True:
            ended = self._window.holds_the_end(len(head))
            scan = Scan(head[: max(limit, wanted)], self._context, ended=ended and len(head) <= wanted)
            run = self._collect(scan, limit, whole=ended and len(head) <= wanted)
            if run is not None:
                return run
            if wanted > self._most:
                return self._oversized(head[: max(limit, self._most)], scan)
            wanted = min(wanted * 2, max(self._most, wanted) + 1)
            head = self._window.head(wanted)

    def _collect(self, scan: Scan, limit: int, *, whole: bool) -> Run | None:
        """Take the records within the limit, or the first; None if not even one is whole yet."""
        spans: list[Span] = []
        for span in scan:
            if spans and span.end > limit:
                return self._upto(scan.data, spans)
            spans.append(span)
        if whole:
            return self._whole(scan, spans, limit)
        return self._upto(scan.data, spans) if spans else None

    def _whole(self, scan: Scan, spans: list[Span], limit: int) -> Run:
        """Let the last run carry the brackets behind the last record too."""
        if len(scan.data) <= limit or not spans:
            return self._run(scan.data, Framing.DOCUMENTS, spans)
        return self._upto(scan.data, spans)

    def _upto(self, data: bytes, spans: list[Span]) -> Run:
        return self._run(data[: spans[-1].end], Framing.DOCUMENTS, spans)

    def _oversized(self, part: bytes, scan: Scan) -> Run:
        """Cut off a record that does not end within the limit where another seems to begin, or give its first part."""
        begin = scan.pending
        resumed = scan.next_start(begin)
        resumed = resumed if resumed <= len(part) else -1
        if resumed > 0:
            return self._run(part[:resumed], Framing.DOCUMENTS, [Span(begin, resumed, scan.context, BROKEN)])
        return self._run(part, Framing.OVERSIZED, [])

    def _rest(self, head: bytes, limit: int) -> Run:
        """Skip the rest of an oversized record: up to the next line that begins a record."""
        part = head[:limit]
        at = -1
        for start in (b"\n{", b"\n["):
            found = part.find(start)
            at = found if at < 0 or 0 <= found < at else at
        run = self._run(part[: at + 1] if at >= 0 else part, Framing.OVERSIZED_REST, [])
        run.complete = at < 0
        return run

    def _run(self, data: bytes, framing: Framing, spans: list[Span]) -> Run:
        complete = not (spans and spans[-1].fault == TRUNCATED)
        return Run(self._window.offset, data, self._position, framing, complete, spans)
