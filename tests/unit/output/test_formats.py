import csv
import io
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.output import fields
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.formats import WRITERS, escaped, markdown_writer
from auditradar.ingest.output.guard import guarded
from auditradar.ingest.reading.result import Stream

CELLS = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.text(), st.lists(st.text()))
ROWS = st.lists(st.tuples(st.text(), CELLS))


def written(fmt: str, rows: list[tuple[Any, ...]]) -> str:
    out = io.StringIO(newline="")
    assert WRITERS[fmt](Stream(("name", "value"), iter(rows)), out) == len(rows)
    return out.getvalue()


@given(ROWS)
def test_json_and_jsonl_hold_exactly_the_rows(rows: list[tuple[Any, ...]]) -> None:
    wanted = [{"name": name, "value": value} for name, value in rows]
    assert orjson.loads(written("json", rows)) == wanted
    # Only the line feed ends a line: str.splitlines also knows others.
    assert [orjson.loads(line) for line in written("jsonl", rows).split("\n")[:-1]] == wanted


@given(st.lists(st.text()))
def test_csv_holds_exactly_the_text(texts: list[str]) -> None:
    lines = list(csv.reader(io.StringIO(written("csv", [(text, "x") for text in texts]), newline="")))
    assert lines[0] == ["name", "value"]
    assert [line[0] for line in lines[1:]] == texts


def test_csv_changes_nothing_for_spreadsheets() -> None:
    assert written("csv", [("=1+1", True), ("@x", None), ("-1", ["a", "b"])]) == 'name,value\n=1+1,true\n@x,\n-1,"[""a"",""b""]"\n'


@given(st.text())
def test_a_markdown_cell_stays_one_cell_on_one_line(text: str) -> None:
    out = io.StringIO()
    markdown_writer(Layout("x", "x", (fields.text("name", "name"),)))(Stream(("name",), iter([(text,)])), out)
    header, _, line, rest = out.getvalue().split("\n")
    assert (header, rest) == ("| name |", "")
    assert line.replace("\\\\", "").replace("\\|", "").count("|") == 2


def test_markdown_is_kept_out_of_data() -> None:
    assert escaped("*a* [b](c) `d` <e> f_g|h") == "\\*a\\* \\[b\\](c) \\`d\\` \\<e> f\\_g\\|h"


def test_a_terminal_gets_no_control_characters_in_any_format() -> None:
    out = io.StringIO()
    screen = guarded(out)
    assert screen.write("a\x1b[2Jb\nc\n") == 9
    assert out.getvalue() == "a\\x1b[2Jb\nc\n"
