"""Tables of answers whose columns nobody knows before: addresses, times and ids stay whole, whatever the width."""

import io
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from rich.console import Console

from auditradar.ingest.output.adhoc import layout_of
from auditradar.ingest.output.table import draw, fit
from auditradar.ingest.reading.result import Page, Value

NAMES = ("login_at", "hour", "cluster", "client_ip", "client_ip_evidence", "attempts", "target", "evidence_ids")
ID, OTHER = "2637861c-7854-4f28-b4d6-1f34b3de4403", "04d5c3d5-8dce-4961-b98a-80e10654894d"
ROW: tuple[Value, ...] = (
    "2026-01-01T07:00:15.000001Z",
    "2026-01-01T07:00:00Z",
    "ocp",
    "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    "access-log",
    12,
    "list secrets in openshift-config, list secrets in kube-system",
    [ID, OTHER],
)


def shown(names: Sequence[str], row: tuple[Value, ...], width: int) -> list[str]:
    out = io.StringIO()
    draw(Console(file=out, width=width), layout_of(Page(tuple(names), (row,), 1)), [keyed(row)])
    return out.getvalue().splitlines()


def keyed(row: tuple[Value, ...]) -> dict[str, Value]:
    return {str(index): value for index, value in enumerate(row)}


@pytest.mark.parametrize(("width", "ids"), [(80, 0), (120, 0), (300, 1)])
def test_addresses_times_and_ids_are_never_broken(width: int, ids: int) -> None:
    lines = shown(NAMES, ROW, width)
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    assert "2026-01-01 07:00:15" in text
    assert "2026-01-01T07:00:00Z" in text
    assert width < 120 or "2001:db8:85a3:8d3:1319:8a2e:370:7348" in text
    assert text.count(ID) == text.count(OTHER) == ids, "an id is whole, or its column gives way"


def test_ids_stand_below_each_other_where_two_do_not_fit() -> None:
    lines = shown(("cluster", "evidence_ids"), ("ocp", [ID, OTHER]), 60)
    assert [line.split()[-1] for line in lines[2:]] == [f"{ID},", OTHER]


def test_a_header_is_broken_between_its_words() -> None:
    lines = shown(("client_ip_evidence", "actor"), ("peer", "a" * 37), 50)
    assert [line[:11].rstrip() for line in lines[:2]] == ["client_ip_", "evidence"]


def test_a_very_long_name_is_broken_after_a_separator() -> None:
    name = "system:serviceaccount:openshift-authentication:oauth-openshift"
    lines = shown(("actor", "client_ip"), (name, "10.128.0.42"), 66)
    assert [line.split()[0] for line in lines[2:]] == ["system:serviceaccount:openshift-authentication:", "oauth-openshift"]


def test_the_last_columns_give_way_first() -> None:
    assert fit(layout_of(Page(NAMES, (ROW,), 1)), [keyed(ROW)], 120).dropped == ("evidence_ids", "target")
