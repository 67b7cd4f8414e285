"""Turn a run into canonical records: the usual lines at memory speed, everything else through the envelopes."""

from collections.abc import Iterator
from operator import itemgetter

from auditradar.ingest.envelopes.canonical import EVENT_HEAD, EVENT_HEADS, RECEIVED
from auditradar.ingest.envelopes.collect import Collector
from auditradar.ingest.envelopes.cri import JoinedLines
from auditradar.ingest.envelopes.listed import LIST_HEAD, listed_events
from auditradar.ingest.envelopes.records import MEBIBYTE, Decoded, DecodeOptions
from auditradar.ingest.envelopes.runs import Framing, Run

# Blocks of this size stay in the processor's cache while one test after another runs over them.
_BLOCK_BYTES = MEBIBYTE
_head_of = itemgetter(slice(0, len(EVENT_HEADS[0])))
_last_of = itemgetter(-1)
# Behind the head stands the audit id, 36 characters unless a client chose it.
_STAGE = b'","stage":"'
_stage_of = itemgetter(slice(len(EVENT_HEADS[0]) + 36, len(EVENT_HEADS[0]) + 36 + len(_STAGE)))
_STAGE_REACH = 400


def decode(run: Run, options: DecodeOptions) -> Decoded:
    """Decode the records of a run; whatever the bytes are, every record is kept, rejected with a reason, or counted."""
    collector = Collector(options)
    if run.framing is Framing.LINES:
        _decode_lines(run, collector, options)
    elif run.framing is Framing.DOCUMENTS:
        _decode_documents(run, collector)
    elif run.framing is Framing.OVERSIZED:
        collector.reject_oversized(run.data, run.first_position)
    return collector.decoded()


def _decode_documents(run: Run, collector: Collector) -> None:
    for number, span in enumerate(run.spans):
        text, position = run.data[span.begin : span.end], run.first_position + number
        if span.fault:
            collector.reject(text, position, span.fault)
        else:
            collector.add(text, position)


def _decode_lines(run: Run, collector: Collector, options: DecodeOptions) -> None:
    position = run.first_position
    joined = JoinedLines()
    for block, final in _blocks(run):
        lines = block.split(b"\n")
        if block.endswith(b"\n"):
            lines.pop()
        plain = collector.takes_plain and not final and not joined and len(block) <= options.max_record_bytes
        if plain and _is_plain(block, lines):
            collector.add_plain(lines, block, range(position, position + len(lines)))
        else:
            _add_each(lines, position, collector, joined, final=final)
        position += len(lines)
    for line, at in joined.rest():
        collector.add(line, at)


def _blocks(run: Run) -> Iterator[tuple[bytes, bool]]:
    """Cut a run into blocks of whole lines; a last line without newline is a block of its own, and marked."""
    data, begin = run.data, 0
    end = len(data) if run.complete else data.rfind(b"\n") + 1
    while begin < end:
        cut = data.rfind(b"\n", begin, begin + _BLOCK_BYTES) + 1
        cut = cut or data.find(b"\n", begin) + 1 or end
        yield data[begin:cut], False
        begin = cut
    if end < len(data):
        yield data[end:], True


def _is_plain(block: bytes, lines: list[bytes]) -> bool:
    """Tell whether every line is, by its look, a canonical event with a time, and no two are glued together."""
    count = len(lines)
    return (
        _have_plain_heads(lines)
        and set(map(_last_of, lines)) == {ord("}")}
        and block.count(EVENT_HEAD) == count
        and block.count(RECEIVED) == count
        and block.find(b"\r") < 0
        and block.find(b"\0") < 0
        and (block.isascii() or block.decode("utf-8", "ignore").encode() == block)
    )


def _have_plain_heads(lines: list[bytes]) -> bool:
    """Tell whether all lines begin as an API server begins them; most often all are alike, and one comparison tells."""
    if set(map(_head_of, lines)) == {EVENT_HEADS[0]} and set(map(_stage_of, lines)) == {_STAGE}:
        return True
    return all(line.startswith(EVENT_HEADS) and line.find(_STAGE, 0, _STAGE_REACH) > 0 for line in lines)


def _add_each(lines: list[bytes], position: int, collector: Collector, joined: JoinedLines, *, final: bool) -> None:
    for number, line in enumerate(lines):
        whole = joined.add(line, position + number)
        if whole is not None and (final or not _add_list(*whole, collector)):
            collector.add(*whole, strict=final)


def _add_list(line: bytes, position: int, collector: Collector) -> bool:
    """Add the items of a list that an API server wrote; False where it must be looked at more closely."""
    events = listed_events(line) if collector.takes_lists and line.startswith(LIST_HEAD) else []
    block = b"\n".join(events)
    if not events or not collector.fits(line) or not _is_plain(block, events):
        return False
    collector.add_plain(events, block, [position] * len(events))
    return True
