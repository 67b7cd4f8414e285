"""Find where JSON values end, without building them.

A scan looks only at brackets; strings and everything between them are swallowed in C. What cannot be JSON (a bare word, a
newline inside a string, a bracket that closes another) ends a record at once, so one broken record costs no good one.
"""

import re
from collections.abc import Iterator

from auditradar.ingest.envelopes.runs import Span

# Keys whose array holds records: EventList, Azure Event Hub and Firehose, S3 and Lambda, CloudWatch, `aws logs`.
_RECORDS_KEY = re.compile(rb'"(?:items|records|Records|logEvents|events)"\s*:\s*\Z')
_KEY_REACH = 64
_NEARBY = 1 << 16
# The parser that reads a record later refuses deeper nesting (orjson: 1024 levels).
_DEEPEST = 1000

_STRING = rb'"(?:[^"\\\n]++|\\[^\n])*+"'
_TOKENS = re.compile(rb"(?:[\s:,0-9truefalsnE+.\-]++|" + _STRING + rb")*+")
_OPEN_STRING = re.compile(rb'"(?:[^"\\\n]++|\\[^\n])*+\\?\Z')
_SCALAR = re.compile(_STRING + rb"|(?:-?\d[\d.eE+\-]*+|true|false|null)(?=[\s,\]\[{}]|\Z)")
_BETWEEN = re.compile(rb"[\s,\x00]*+")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ANY_OBJECT = re.compile(rb",\s*(?=\{)")
_EVENT_START = re.compile(rb'[,\[\]}\s](?=\{\s*"kind"\s*:\s*"Event"\s*,|\{\s*"level"\s*:\s*"(?:Metadata|Request))')
_FIRST_KEYS = re.compile(rb'\{\s*"([^"\\\n]+)"\s*:\s*(?:"[^"\\\n]*"\s*,\s*"([^"\\\n]+)")?')

BROKEN = "not valid JSON"
TRUNCATED = "truncated JSON: the input ends inside the record"
_END = -1
_OPENS = frozenset(b"{[")
_CLOSES = {ord("}"): ord("{"), ord("]"): ord("[")}
# What may stand before a bracket, by the bracket it is inside.
_BEFORE = {ord("{"): b":", ord("["): b",["}


class Scan:
    """Walk the records of `data`, which begins inside `context` (`wrapper` and `array` entries, outermost first).

    After iteration `pending` is the offset from which more bytes are needed, `context` what encloses it, and `broken` tells
    whether anything seen was no JSON.
    """

    def __init__(self, data: bytes, context: tuple[str, ...], *, ended: bool) -> None:
        self.data = data
        self.context = context
        self.pending = 0
        self.broken = False
        self._like = -1
        self._ended = ended

    def __iter__(self) -> Iterator[Span]:
        """Yield every record that is whole, and every broken one that something recognisable follows."""
        while True:
            begin = self._skip_between(self.pending)
            if begin >= len(self.data):
                return
            span = self._record(begin)
            if span is None:
                return
            self.pending = span.end
            self.context = span.context
            if span.begin >= 0:
                self._like = self._like if span.fault else span.begin
                yield span

    def _skip_between(self, at: int) -> int:
        """Skip what separates records, leaving arrays and wrappers that end on the way."""
        data = self.data
        while True:
            at = between.end() if (between := _BETWEEN.match(data, at)) else at
            if data.startswith(_BYTE_ORDER_MARK, at):
                at += 3
            elif data[at : at + 1] in {b"]", b"}"}:
                at += 1
                self.context = self.context[:-1]
            elif self.context[-1:] == ("wrapper",) and (key := _TOKENS.match(data, at)) and key.end() > at:
                at = key.end()
            else:
                return at

    def _record(self, begin: int) -> Span | None:
        first = self.data[begin]
        if first in b"{[":
            return self._bracketed(begin)
        scalar = _SCALAR.match(self.data, begin)
        if scalar and (scalar.end() < len(self.data) or self._ended):
            return Span(begin, scalar.end(), self.context)
        if not self._ended and (scalar or _OPEN_STRING.match(self.data, begin)):
            return None
        return self._broken(begin)

    def _bracketed(self, begin: int) -> Span | None:
        data, at, stack = self.data, begin, bytearray()
        size = len(data)
        while True:
            # The pattern matches nothing at least, so there is always a match.
            at = _TOKENS.match(data, at).end()  # type: ignore[union-attr]
            char = data[at] if at < size else _END
            if char in _OPENS:
                if len(stack) < 2 and self._opens_records(begin, at, len(stack)):
                    return self._entered(begin, at)
                if stack and not self._may_open(at, stack):
                    return self._broken(begin)
                stack.append(char)
            elif _CLOSES.get(char) != stack[-1]:
                return self._unclosed(begin, at)
            else:
                stack.pop()
            at += 1
            if not stack:
                return self._closed(begin, at)

    def _unclosed(self, begin: int, at: int) -> Span | None:
        """Tell a record that goes on behind the data from one that is broken at `at`."""
        if at >= len(self.data) or _OPEN_STRING.match(self.data, at):
            return self._unfinished(begin)
        return self._broken(begin)

    def _may_open(self, at: int, stack: bytearray) -> bool:
        """Tell whether a value may begin at `at`; if not, a bracket is missing and the next record was swallowed."""
        allowed = _BEFORE[stack[-1]]
        if self.data[at - 1] not in allowed and self.data[max(0, at - _KEY_REACH) : at].rstrip()[-1:] not in allowed:
            return False
        return len(stack) <= _DEEPEST

    def _opens_records(self, begin: int, at: int, depth: int) -> bool:
        """Tell whether the bracket at `at` opens an array of records: a bare array, or one under a known key."""
        if self.data[at] != ord("["):
            return False
        if depth == 0:
            return "array" not in self.context
        in_wrapper = self.data[begin] == ord("{") and "wrapper" not in self.context
        return depth == 1 and in_wrapper and _RECORDS_KEY.search(self.data, max(begin, at - _KEY_REACH), at) is not None

    def _entered(self, begin: int, at: int) -> Span:
        """Return no record, but the context inside the array that begins at `at`."""
        inside = ("array",) if begin == at else ("wrapper", "array")
        return Span(-1, at + 1, self.context + inside)

    def _closed(self, begin: int, end: int) -> Span:
        in_wrapper = self.context[-1:] == ("wrapper",)
        return Span(-1 if in_wrapper else begin, end, self.context)

    def _unfinished(self, begin: int) -> Span | None:
        if not self._ended:
            return None
        resumed = self._broken(begin)
        if resumed is not None and resumed.end < len(self.data):
            return resumed
        return Span(begin, len(self.data), self.context, TRUNCATED)

    def _broken(self, begin: int) -> Span | None:
        """Return everything up to the next thing that looks like a record as one broken record."""
        self.broken = True
        end = self.next_start(begin)
        if end < 0 and not self._ended:
            return None
        end = len(self.data) if end < 0 else end
        end = begin + len(self.data[begin:end].rstrip(b" \t\r\n,")) or end
        return Span(begin, end, self.context, BROKEN)

    def next_start(self, begin: int) -> int:
        """Return where a record may begin after a broken one: a sibling by its indentation or first keys; -1 for nowhere."""
        patterns = [_sibling_line(self.data, begin), _EVENT_START, *_sibling_keys(self.data, begin, begin)]
        if self._like >= 0:
            patterns += _sibling_keys(self.data, begin, self._like)
        # Nearby first: an array with many broken elements would otherwise be searched to its end for each.
        for end in (begin + _NEARBY, len(self.data)):
            found = [match.end() for pattern in patterns if (match := pattern.search(self.data, begin + 1, end))]
            if found:
                return min(found)
        return -1


def _sibling_line(data: bytes, begin: int) -> re.Pattern[bytes]:
    """Match a line that begins a record: at its very beginning, or indented like the record at `begin`."""
    line = data.rfind(b"\n", 0, begin) + 1
    indent = data[line:begin] if not data[line:begin].strip() else b""
    return re.compile(rb"\n(?:" + re.escape(indent) + rb")?(?=[{\[])")


def _sibling_keys(data: bytes, begin: int, like: int) -> list[re.Pattern[bytes]]:
    """Match an object with the same first keys as the one at `like`; behind garbage that is no object, any object."""
    keys = _FIRST_KEYS.match(data, like)
    if keys is None:
        return [] if data[begin] in b"{[" else [_ANY_OBJECT]
    if keys[2] is None:
        return [re.compile(rb",\s*(?=\{\s*\"" + re.escape(keys[1]) + rb"\"\s*:)")]
    between = rb"\"\s*:\s*\"[^\"\\\n]*\"\s*,\s*\""
    return [re.compile(rb"[,\[\]}\s](?=\{\s*\"" + re.escape(keys[1]) + between + re.escape(keys[2]) + rb"\")")]
