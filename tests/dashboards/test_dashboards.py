"""What can be seen of a dashboard without a query."""

import orjson
import pytest

from auditradar.dashboards.build import FOLDER, built, differing
from auditradar.dashboards.catalog import BOARDS, TITLES
from auditradar.dashboards.check import BARE, REPLACEMENT, check_all
from auditradar.dashboards.layout import Row, placed, row, widths
from auditradar.dashboards.panels import stat
from auditradar.dashboards.render import render
from auditradar.sql.control import frameworks
from tests.dashboards.lint import problems


def test_nothing_is_wrong_with_any_dashboard() -> None:
    assert [str(fault) for fault in check_all()] == []


def test_the_committed_files_are_what_the_code_writes() -> None:
    assert differing() == [], "run: make dashboards"


def test_all_the_dashboards_are_there() -> None:
    wanted = {
        "overview",
        "logins",
        "failed",
        "who",
        "events",
        "event",
        "access",
        "privileges",
        "hygiene",
        "ingest",
        "evidence",
        "retention",
    }
    wanted |= {f"compliance-{one.slug}" for one in frameworks()}
    assert {board.slug for board in BOARDS} == wanted
    assert set(built()) == {f"{slug}.json" for slug in wanted}
    assert {path.name for path in FOLDER.glob("*.json")} == set(built())


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.slug)
def test_the_json_is_of_grafanas_published_types(board: object) -> None:
    assert list(problems(orjson.loads(orjson.dumps(render(board, TITLES))))) == []  # type: ignore[arg-type]


def test_a_lint_that_finds_nothing_would_be_noticed() -> None:
    made = render(BOARDS[0], TITLES)
    made["panels"][0]["gridPos"]["h"] = "a"
    made["panels"][0]["bogus"] = 1
    made["panels"][0]["options"]["bogus"] = 1
    found = list(problems(made))
    assert any("gridPos" in one or "GridPos" in one for one in found)
    assert sum("bogus" in one for one in found) == 2


def test_a_row_is_always_full() -> None:
    for weights in ([1], [1, 1, 1, 1, 1, 1, 1], [3, 2], [5, 1, 1], [1] * 24):
        assert sum(widths(weights)) == 24
        assert min(widths(weights)) >= 1


def test_rows_stand_under_each_other() -> None:
    rows: list[Row] = [row(4, stat("overview/denied"), stat("overview/holes")), row(6, stat("overview/failed"))]
    assert [(place.x, place.y, place.w, place.h) for _, place in placed(rows)] == [(0, 0, 12, 4), (12, 0, 12, 4), (0, 4, 24, 6)]


@pytest.mark.parametrize("text", ["x IN ($v)", "x IN (${v})", "x = '${v}'", "x in $v"])
def test_a_bare_variable_is_noticed(text: str) -> None:
    assert BARE.search(text)


@pytest.mark.parametrize("text", ["x IN (chosen('${v:percentencode}'))", "$__conditionalAll(x = 1, $v)"])
def test_an_escaped_variable_is_none(text: str) -> None:
    assert not BARE.search(text)


def test_what_javascript_would_replace_is_noticed() -> None:
    assert REPLACEMENT.search("a = '$'")
    assert not REPLACEMENT.search("IN (chosen('${v:percentencode}'))")
