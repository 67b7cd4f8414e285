import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from auditradar.ingest.output import fields
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.table import draw, fit

LAYOUT = Layout(
    "row",
    "rows",
    (
        fields.moment("when (UTC)", "at"),
        fields.text("cluster", "cluster", drop=2, same=True),
        fields.actor(),
        fields.text("agent", "agent", drop=3, least=10, cut=True),
        fields.address(),
    ),
)


def row(**facts: Any) -> dict[str, Any]:
    known = {"at": "2026-01-05T08:01:12.000000Z", "cluster": "prod", "actor": "mia", "agent": "kubectl/v1.34.1", "client_ip": "203.0.113.5"}
    return {**known, **facts}


def shown(rows: list[dict[str, Any]], width: int) -> list[str]:
    out = io.StringIO()
    draw(Console(file=out, width=width), LAYOUT, rows)
    return out.getvalue().splitlines()


def test_a_file_holds_no_blanks_up_to_the_longest_cell() -> None:
    out = io.StringIO()
    rows = [row(agent="x" * 500), row()]
    draw(Console(file=out, width=2000), Layout("row", "rows", (fields.actor(), fields.text("agent", "agent"))), rows)
    assert [len(line) for line in out.getvalue().splitlines()] == [len("who  agent"), 505, 505, len("mia  kubectl/v1.34.1")]


def test_columns_give_way_whole_the_least_important_first() -> None:
    rows = [row(), row(cluster="stage")]
    assert fit(LAYOUT, rows, 200).dropped == ()
    assert fit(LAYOUT, rows, 55).dropped == ("agent",)
    assert fit(LAYOUT, rows, 45).dropped == ("agent", "cluster")


def test_a_column_that_always_says_the_same_moves_below() -> None:
    fitted = fit(LAYOUT, [row(), row()], 200)
    assert fitted.alike == ("cluster prod",)
    assert fit(LAYOUT, [row()], 200).alike == ()


def test_an_empty_column_takes_no_room() -> None:
    assert "agent" not in shown([row(agent=""), row(agent="")], 200)[0]


def test_a_long_name_is_folded_and_never_cut() -> None:
    name = "system:serviceaccount:a-rather-long-namespace:a-rather-long-name"
    lines = shown([row(actor=name)], 70)
    start, end = lines[0].index("who"), lines[0].index("from")
    assert "".join(line[start:end].strip() for line in lines[2:]) == name
    assert "…" not in "".join(lines)


def test_markup_in_data_is_data() -> None:
    assert "[bold]x[/bold]" in shown([row(actor="[bold]x[/bold]")], 120)[2]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@given(name=st.text(max_size=80), agent=st.text(max_size=200))
def test_times_and_addresses_are_always_whole(width: int, name: str, agent: str) -> None:
    lines = shown([row(actor=name, agent=agent), row(cluster="stage")], width)
    assert "2026-01-05 08:01:12" in lines[2]
    assert "203.0.113.5" in lines[2]
    assert max(map(cell_len, lines)) <= width
