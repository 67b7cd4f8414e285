"""The commands `dashboards build` and `dashboards check`; the queries of the check are tried in test_queries."""

import importlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditradar.dashboards import check
from auditradar.dashboards.build import built
from auditradar.dashboards.trial import Fault
from auditradar.ingest.cli import cli


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_build_writes_every_dashboard_and_a_second_run_nothing(tmp_path: Path) -> None:
    status, out, _ = run("dashboards", "build", str(tmp_path))
    assert (status, sorted(out.split())) == (0, sorted(built()))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == built()
    assert run("dashboards", "build", str(tmp_path))[:2] == (0, "")


def test_build_removes_a_dashboard_that_is_gone_and_leaves_other_files(tmp_path: Path) -> None:
    (tmp_path / "gone.json").write_text("{}")
    (tmp_path / "provider.yml").write_text("apiVersion: 1\n")
    run("dashboards", "build", str(tmp_path))
    assert not (tmp_path / "gone.json").exists()
    assert (tmp_path / "provider.yml").exists()


def test_build_says_in_one_line_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, out, err = run("dashboards", "build", str(tmp_path / "file" / "below"))
    assert (status, out) == (1, "")
    assert "cannot write the dashboards" in err


def test_check_finds_nothing() -> None:
    assert run("dashboards", "check", "--no-queries")[:2] == (0, "")


def test_check_lists_what_is_wrong_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("auditradar.ingest.cli.dashboards")  # the group of that name hides it
    monkeypatch.setattr(module, "check_all", lambda: [Fault("who", "layout", "it is upside down")])
    status, out, err = run("dashboards", "check", "--no-queries")
    assert (status, out) == (1, "who (layout): it is upside down\n")
    assert "1 fault" in err


def test_every_check_is_run() -> None:
    written = {name for name in vars(check) if name.startswith("check_")} - {"check_all"}
    assert written == {function.__name__ for function in check.CHECKS.values()}
