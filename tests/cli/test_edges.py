"""Exit status, what goes where, and what happens when things are not as they should be."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditradar.ingest.cli import cli
from auditradar.ingest.embedded import holder_of
from tests.cli.conftest import PROGRAM, Run, Spawn

ENDLESS = ("sql", "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))")
"""A command that is still at work whenever somebody looks."""


def test_data_and_words_are_kept_apart(spawn: Spawn, store: str) -> None:
    result = spawn("logins", "--cluster", "hand", "--dsn", store)
    assert result.returncode == 0
    assert result.stdout.splitlines()[0].startswith("login (UTC)")
    assert "3 logins with cluster hand; all that is known" in result.stderr


def test_no_colour_and_no_progress_outside_a_terminal(spawn: Spawn, store: str, log: Path) -> None:
    result = spawn("sessions", "--dsn", store)
    again = spawn("load", str(log), "--cluster", "hand", "--dsn", store)
    assert "\x1b" not in result.stdout + result.stderr + again.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch",), "No such command"),
        (("logins", "--nosuch"), "No such option"),
        (("logins", "--since", "yesterday-ish"), "'yesterday-ish' is no time"),
        (("logins", "--since", "2026-01-02", "--until", "2026-01-01"), "--until must be later than --since"),
        (("logins", "--since", "1h", "--until", "2h"), "--until must be later than --since"),
        (("logins", "--limit", "-1"), "--limit"),
        (("logins", "--format", "xml"), "--format"),
        (("logins", "--address", "here"), "'here' is no address"),
        (("sessions", "--gap", "10s"), "'10s' must be from 1m"),
        (("sessions", "--gap", "soon"), "no duration"),
        (("events", "--outcome", "bad"), "'bad' is none of"),
        (("load",), "Missing argument"),
        (("load", "x", "--trusted-proxy", "router"), "'router' is no network"),
        (("load", "x", "--platform", "vax"), "--platform"),
        (("sql", "SELECT 1", "-p", "novalue"), "name=value"),
        (("sql", "-f", "/nonexistent/query.sql"), "does not exist"),
        (("who",), "Missing argument"),
        (("simulate", "out", "--days", "0"), "--days"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def one_line(result: subprocess.CompletedProcess[str], status: int = 1) -> str:
    """Give the one line that says what went wrong."""
    assert (result.returncode, result.stdout) == (status, ""), result.stderr
    [line] = result.stderr.splitlines()
    assert line.startswith("auditradar: cannot ")
    return line


def test_a_store_that_is_not_there_is_not_made(spawn: Spawn, tmp_path: Path) -> None:
    line = one_line(spawn("logins", "--dsn", f"chdb://{tmp_path}/none"))
    assert "there is none yet; load audit logs with: auditradar load PATH" in line
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("coverage",),
        ("hold", "list"),
        ("hold", "add", "--actor", "x", "--why", "y"),
        ("hold", "release", "H-1", "--why", "y"),
        ("retention", "plan"),
        ("retention", "apply", "--yes"),
        ("retention", "verify"),
        ("report", "hipaa", "--since", "30d"),
        ("queries", "run", "sources"),
        ("schema", "rebuild"),
    ],
    ids=" ".join,
)
def test_no_command_but_a_load_makes_a_store(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*arguments, "--dsn", f"chdb://{tmp_path}/none"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"auditradar: cannot open the store chdb://{tmp_path}/none: there is none yet; load audit logs with: ")
    assert list(tmp_path.iterdir()) == []


def test_an_embedded_store_has_no_users_and_is_not_made_to_say_so(tmp_path: Path) -> None:
    for command in ("apply", "check"):
        result = CliRunner().invoke(cli, ["access", command, "--dsn", f"chdb://{tmp_path}/none"])
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the embedded engine has no users" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_status_without_a_store_is_no_error(spawn: Spawn, tmp_path: Path) -> None:
    result = spawn("status", "--dsn", f"chdb://{tmp_path}/none")
    assert result.returncode == 0
    assert "not there yet" in result.stdout
    assert not (tmp_path / "none").exists()


def await_open(process: subprocess.Popen[str], store: str) -> None:
    """Wait until the process has opened the store: the engine leaves its process id there."""
    while holder_of(Path(store.removeprefix("chdb://"))) != str(process.pid):
        assert process.poll() is None
        time.sleep(0.05)


def test_a_store_in_use_is_named_with_who_uses_it(spawn: Spawn, store: str) -> None:
    with subprocess.Popen([*PROGRAM, *ENDLESS, "--dsn", store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True) as holder:
        await_open(holder, store)
        line = one_line(spawn("logins", "--dsn", store))
        holder.kill()
    assert "uses it; end it or use another --dsn" in line


def test_an_interrupt_ends_with_130_and_one_line(store: str) -> None:
    with subprocess.Popen([*PROGRAM, *ENDLESS, "--dsn", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        await_open(process, store)
        process.send_signal(signal.SIGINT)
        try:
            out, words = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, words.strip()) == (130, "", "auditradar: interrupted")


LOSING = """
import os, signal, sys, time
from auditradar.ingest.cli import main
from auditradar.ingest.reading import store

class Deaf:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

def opened(engine, original=store.ensure_schema):
    Deaf()
    original(engine)

sys.unraisablehook = lambda *_: None
store.ensure_schema = opened
main()
"""
"""The command, interrupted in a destructor while its store opens: Python drops what is raised there."""


def test_an_interrupt_that_python_drops_is_heeded_too(store: str) -> None:
    command = [PROGRAM[0], "-c", LOSING, *ENDLESS, "--dsn", store]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "auditradar: interrupted")


def test_an_interrupt_while_modules_are_loaded_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "__init__.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    command = [PROGRAM[0], "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {PROGRAM[2]}", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "auditradar: interrupted")


@pytest.mark.parametrize(
    "arguments", [("events", "--all-kinds", "--since", "100d", "--format", "csv"), ("logins",), ("who", "mia"), ("--help",)]
)
def test_a_reader_that_goes_away_ends_it_in_silence(store: str, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*PROGRAM, *arguments, *(() if arguments == ("--help",) else ("--dsn", store))]
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writing)
    assert result.returncode == 0
    assert "Error" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_path_that_is_not_there_is_status_1(spawn: Spawn, tmp_path: Path) -> None:
    assert "no such file" in one_line(spawn("load", str(tmp_path / "none.log"), "--cluster", "x", "--dsn", f"chdb://{tmp_path}/store"))


def test_a_server_that_does_not_answer_is_status_1(spawn: Spawn) -> None:
    line = one_line(spawn("logins", "--dsn", "clickhouse://me:secret@127.0.0.1:1/audit"))
    assert "connection refused" in line
    assert "secret" not in line


def test_a_dsn_nobody_can_read_is_status_1(spawn: Spawn) -> None:
    assert "it has no scheme" in one_line(spawn("logins", "--dsn", "nonsense"))


def test_a_folder_that_cannot_be_written_is_status_1(spawn: Spawn, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "in the way" not in one_line(spawn("simulate", str(tmp_path / "file" / "out"), "--days", "0.01", "--people", "0"))


def test_loading_again_changes_nothing(spawn: Spawn, store: str, log: Path, run: Run) -> None:
    before = run("events", "--all-kinds", "--since", "100d", "--format", "csv").stdout
    result = spawn("load", str(log), "--cluster", "hand", "--dsn", store)
    assert result.returncode == 0
    assert "already loaded; skipped" in result.stderr
    assert run("events", "--all-kinds", "--since", "100d", "--format", "csv").stdout == before


def test_rejected_records_make_status_3_and_say_how_to_see_them(spawn: Spawn, tmp_path: Path) -> None:
    (tmp_path / "bad.log").write_text("nothing to see\n")
    result = spawn("load", str(tmp_path / "bad.log"), "--cluster", "x", "--dsn", f"chdb://{tmp_path}/store")
    assert (result.returncode, result.stdout) == (3, "")
    assert "auditradar: 1 record rejected; see why with: auditradar rejected" in result.stderr


def test_standard_input_can_be_loaded(spawn: Spawn, tmp_path: Path, log: Path) -> None:
    dsn = f"chdb://{tmp_path}/store"
    assert spawn("load", "-", "--cluster", "x", "--dsn", dsn, input=log.read_text(encoding="utf-8")).returncode == 3
    assert spawn("sql", "SELECT count() FROM events", "--format", "csv", "--dsn", dsn).stdout == "count()\n14\n"
