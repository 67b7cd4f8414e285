"""Cutting streams into runs: every record once, the same runs for any chunking, bounded memory."""

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditradar.ingest.envelopes.documents import DocumentFramer
from auditradar.ingest.envelopes.framing import decode, open_framer
from auditradar.ingest.envelopes.lines import LineFramer
from auditradar.ingest.envelopes.records import Decoded, DecodeOptions

LIMIT = 1 << 25
EVENT = (
    b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%d","stage":"ResponseComplete",'
    b'"requestURI":"/api/v1/pods","verb":"list","user":{"username":"jane"},"requestReceivedTimestamp":"2026-01-05T10:00:00.000000Z",'
    b'"stageTimestamp":"2026-01-05T10:00:00.000000Z"}'
)
TRICKY = [
    b"",
    b"\n",
    b"\n\n{\n",
    b"[]",
    b"[",
    b"[1,2,3]\n",
    b'[\n  {"a": 1},\n  {"b": "]"},\n  {"c": [1, {"d": "\\""}]}\n]\n',
    b'{"kind":"EventList","items":[\n' + EVENT % 1 + b",\n" + EVENT % 2 + b"\n]}\n",
    b'{"records":[' + EVENT % 1 + b"," + EVENT % 2 + b'],"x":{"y":[1]},"Records":[' + EVENT % 3 + b"]}",
    EVENT % 1 + b"\n" + EVENT % 2 + b"\n" + EVENT % 3,
    EVENT % 1 + EVENT % 2 + EVENT % 3,
    b'{"kind":"Ev\n' + EVENT % 2 + b"\n",
    b"garbage\n{\n" + EVENT % 2 + b"\n",
    json.dumps(json.loads(EVENT % 1), indent=2).encode() * 3,
    b'[{"a":1},{"a":,{"a":3}]',
    b'2026-01-05T10:00:00.1Z stdout P {"kind"\n2026-01-05T10:00:00.1Z stdout F :1}\n',
    b"\xef\xbb\xbf[\r\n{},\r\n{}\r\n]\r\n",
    b"\x00\xff\xfe binary \x80\n\x00\x00\x00",
    b'{"a":"\n"}\n{"b":1}\n',
]


def options(**given_options: object) -> DecodeOptions:
    return DecodeOptions(**given_options)  # type: ignore[arg-type]


def runs(data: bytes, sizes: list[int], limit: int = LIMIT, most: int = 1 << 26) -> list[tuple[int, int, bytes, int, Decoded]]:
    framer = open_framer(chunked(data, sizes), options(max_record_bytes=most))
    found = []
    while (run := framer.peek(limit)) is not None:
        assert run.end - run.start == len(run.data)
        found.append((run.start, run.end, run.data, run.first_position, decode(run, options(max_record_bytes=most))))
        framer.consume(len(run.data))
    return found


def chunked(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        size = sizes[at % len(sizes)]
        yield data[at : at + size]
        at += size


def decoded(data: bytes, most: int = 1 << 26) -> list[tuple[int, str, bytes]]:
    found = []
    for *_, result in runs(data, [len(data) or 1], most=most):
        for index, record in enumerate(result.records):
            note = result.notes.get(index)
            found.append((result.positions[index], note.reason if note else "", record))
    return found


def accepted(data: bytes) -> list[str]:
    return [json.loads(record)["auditID"] for _, reason, record in decoded(data) if not reason]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.sampled_from(TRICKY), st.lists(st.sampled_from(TRICKY), max_size=4).map(b"".join), st.binary(max_size=300)),
    st.lists(st.integers(1, 50), min_size=1, max_size=5),
    st.sampled_from([1, 7, 60, 400, LIMIT]),
    st.sampled_from([20, 500, 1 << 26]),
)
def test_runs_are_the_same_however_the_chunks_are_cut_and_cover_every_byte(data: bytes, sizes: list[int], limit: int, most: int) -> None:
    whole = runs(data, [len(data) or 1], limit, most)
    assert runs(data, sizes, limit, most) == whole
    assert b"".join(run[2] for run in whole) == data


@pytest.mark.parametrize("limit", [1, 100, 1000, LIMIT])
def test_small_and_large_runs_hold_the_same_records_at_the_same_positions(limit: int) -> None:
    for data in TRICKY[3:15]:
        flat = [(result.positions[index], record) for *_, result in runs(data, [9], limit) for index, record in enumerate(result.records)]
        assert flat == [(position, record) for position, _, record in decoded(data)]


def test_consuming_part_of_a_run_goes_on_at_the_next_record() -> None:
    framer = open_framer([EVENT % 1 + b"\n" + EVENT % 2 + b"\n"], options())
    run = framer.peek(LIMIT)
    assert run is not None
    first = len(EVENT % 1) + 1
    assert run.is_boundary(first)
    assert not run.is_boundary(first - 2)
    with pytest.raises(ValueError, match="no record ends there"):
        framer.consume(first - 2)
    framer.consume(first)
    rest = framer.peek(LIMIT)
    assert rest is not None
    assert (rest.start, rest.first_position, rest.data) == (first, 2, EVENT % 2 + b"\n")


def test_consuming_part_of_an_array_goes_on_inside_it() -> None:
    data = b"[" + b",".join(EVENT % number for number in range(5)) + b"]"
    framer = open_framer([data[:10], data[10:]], options(max_record_bytes=1 << 20))
    framer = DocumentFramer(framer._window, options())  # type: ignore[attr-defined]
    seen = []
    while (run := framer.peek(LIMIT)) is not None:
        length = run.spans[0].end if run.spans else len(run.data)
        part = decode(run, options())
        seen += [(part.positions[0], json.loads(part.records[0])["auditID"])] if run.spans else []
        framer.consume(length)
    assert seen == [(number + 1, str(number)) for number in range(5)]


def test_blank_lines_count_as_lines() -> None:
    assert [position for position, *_ in decoded(b"\n\n" + EVENT % 1 + b"\n\r\n" + EVENT % 2)] == [3, 5]


def test_a_last_line_without_newline_is_a_record_and_the_run_says_so() -> None:
    framer = open_framer([EVENT % 1 + b"\n" + EVENT % 2], options())
    run = framer.peek(LIMIT)
    assert run is not None
    assert not run.complete
    assert len(decode(run, options()).records) == 2


def test_a_last_line_that_is_cut_off_is_rejected_as_truncated() -> None:
    reasons = [reason for _, reason, _ in decoded(EVENT % 1 + b"\n" + (EVENT % 2)[:-20])]
    assert reasons[0] == ""
    assert "truncated" in reasons[1]


def test_a_broken_first_line_rejects_that_line_only() -> None:
    data = (EVENT % 1)[:90] + b"\n" + EVENT % 2 + b"\n" + EVENT % 3 + b"\n"
    assert isinstance(open_framer([data], options()), LineFramer)
    assert accepted(data) == ["2", "3"]


def test_a_stray_broken_line_in_the_middle_rejects_that_line_only() -> None:
    data = EVENT % 1 + b"\n" + (EVENT % 2)[:100] + b"\n" + EVENT % 3 + b"\n"
    assert accepted(data) == ["1", "3"]
    assert [position for position, reason, _ in decoded(data) if reason] == [2]


def test_two_events_glued_by_a_torn_write_lose_only_the_torn_one() -> None:
    assert accepted(EVENT % 1 + b"\n" + (EVENT % 2)[:140] + EVENT % 3 + b"\n") == ["1", "3"]


def test_events_in_a_row_without_newlines_are_all_read() -> None:
    assert accepted(b"".join(EVENT % number for number in range(4))) == ["0", "1", "2", "3"]
    assert accepted(EVENT % 9 + b"\n" + b"".join(EVENT % number for number in range(4))) == ["9", "0", "1", "2", "3"]


def test_pretty_printed_events_are_documents() -> None:
    text = "\n".join(json.dumps(json.loads(EVENT % number), indent=4) for number in range(3)).encode()
    assert isinstance(open_framer([text], options()), DocumentFramer)
    assert accepted(text) == ["0", "1", "2"]


@pytest.mark.parametrize(
    "broken",
    [
        b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Met',
        b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","user":{"username":"x"',
        b'{"kind":"Event","apiVersion":}',
        b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","groups":["a","b"}',
        b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","a":"b"x"}',
        b"nonsense",
    ],
)
@pytest.mark.parametrize("separator", [b",", b",\n", b",\n  "])
def test_a_broken_element_of_an_array_costs_no_other(broken: bytes, separator: bytes) -> None:
    elements = [EVENT % 1, EVENT % 2, broken, EVENT % 3, EVENT % 4]
    for data in (b"[" + separator.join(elements) + b"]", b'{"items":[' + separator.join(elements) + b"]}\n"):
        assert accepted(data) == ["1", "2", "3", "4"]
        assert sum(1 for _, reason, _ in decoded(data) if reason) == 1


def test_garbage_between_documents_is_one_rejected_record() -> None:
    pretty = json.dumps(json.loads(EVENT % 1), indent=2).encode()
    found = decoded(pretty + b"\nsome text\nmore text\n" + pretty + b"\n")
    assert [bool(reason) for _, reason, _ in found] == [False, True, False]
    assert found[1][2] == b"some text\nmore text"


def test_an_oversized_line_is_rejected_with_its_beginning_and_reading_goes_on() -> None:
    long = b'{"kind":"' + b"x" * 200_000 + b'"}'
    for limit in (1000, LIMIT):
        found = runs(EVENT % 1 + b"\n" + long + b"\n" + EVENT % 2 + b"\n", [777], limit, most=50_000)
        kept = [(result.positions[i], record) for *_, result in found for i, record in enumerate(result.records)]
        assert [position for position, _ in kept] == [1, 2, 3]
        assert len(kept[1][1]) == 4096


def test_a_hole_of_zeros_in_front_of_a_record_hides_nothing() -> None:
    found = runs(b"\0" * 300_000 + EVENT % 1 + b"\n", [4096], 1000, most=50_000)
    assert [record for *_, result in found for record in result.records] == [EVENT % 1]


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 100_000, b"{" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'[{"a":1},' + b"[" * 50_000]
)
def test_nesting_bombs_are_rejected_records(data: bytes) -> None:
    found = decoded(data) + decoded(EVENT % 1 + b"\n" + data + b"\n")
    assert any(reason for _, reason, _ in found)


@pytest.mark.parametrize("depth", [100, 250, 300, 900, 1020, 1100])
@pytest.mark.parametrize("secret", [False, True])
def test_events_with_deep_bodies_are_kept_or_rejected_never_raised(depth: int, secret: bool) -> None:
    body = b'{"data":' * depth + b'"S3CR3T0123456789"' + b"}" * depth
    resource = b"secrets" if secret else b"pods"
    line = (EVENT % 1)[:-1] + b',"objectRef":{"resource":"' + resource + b'"},"requestObject":' + body + b"}"
    for data in (
        line + b"\n",
        json.dumps({"items": "x"}).encode() + b"\n[" + line + b"]\n",
        b"n1 " + line.replace(b'"level"', b' "level"') + b"\n",
    ):
        found = decoded(data)
        assert found
        assert not secret or not any(b"S3CR3T" in record for *_, record in found)


def test_a_huge_array_streams_in_bounded_memory() -> None:
    def stream() -> Iterator[bytes]:
        yield b'{"kind":"EventList","items":['
        block = b",".join(EVENT % number for number in range(2000))
        for _ in range(150):
            yield block + b","
        yield EVENT % 7 + b"]}"

    tracemalloc.start()
    framer = open_framer(stream(), options())
    records = 0
    while (run := framer.peek(4 << 20)) is not None:
        records += len(run.spans)
        framer.consume(len(run.data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert records == 300_001
    assert peak < 40 << 20


def test_many_broken_elements_in_one_line_cost_no_more_than_they_are() -> None:
    elements = [EVENT % number if number % 2 else b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Met' for number in range(4000)]
    data = b"[" + b",".join(elements) + b"]"
    found = decoded(data)
    assert sum(1 for _, reason, _ in found if not reason) == 2000
    assert sum(1 for _, reason, _ in found if reason) == 2000
