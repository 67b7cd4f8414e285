"""Make a store with the schema once, and give copies of it: making one takes seconds, copying it takes none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")


def ready_store(factory: pytest.TempPathFactory, where: Path) -> Path:
    """Copy the store of this run of the tests to a place that is not there yet."""
    made = factory.getbasetemp() / "ready-store"
    if not made.exists():
        subprocess.run([*PROGRAM, "schema", "apply", "--dsn", f"chdb://{made}"], check=True, capture_output=True)
    return Path(shutil.copytree(made, where, symlinks=True))
