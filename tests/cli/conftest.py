"""A store with a real sample and a day written by hand, and ways to run the command on it."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditradar.ingest.cli import cli
from auditradar.ingest.demo.fill import SAMPLE
from tests.cli.made import lines

Run = Callable[..., Result]
Spawn = Callable[..., subprocess.CompletedProcess[str]]

PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")


@pytest.fixture(scope="session")
def spawn() -> Spawn:
    """Run the command as a process of its own."""

    def run(*arguments: str, **how: object) -> subprocess.CompletedProcess[str]:
        how.setdefault("env", {name: value for name, value in os.environ.items() if name != "COLUMNS"})
        return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=300, check=False, **how)  # type: ignore[call-overload,no-any-return]

    return run


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logs") / "audit.log"
    path.write_bytes(lines())
    return path


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, log: Path, spawn: Spawn) -> str:
    """Load both logs, each by a process of its own, and give the DSN."""
    dsn = f"chdb://{tmp_path_factory.mktemp('cli') / 'store'}"
    with as_file(files("auditradar.ingest.demo").joinpath(SAMPLE)) as sample:
        real = spawn("load", str(sample), "--cluster", "real", "--dsn", dsn)
    assert (real.returncode, real.stdout) == (0, ""), real.stderr
    made = spawn("load", str(log), "--cluster", "hand", "--dsn", dsn)
    assert made.returncode == 3, made.stderr
    return dsn


@pytest.fixture
def run(store: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process on that store."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def invoke(*arguments: str, **how: object) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--dsn", store], **how)  # type: ignore[arg-type]

    return invoke
