"""Run one measurement in a process of its own, so that memory and caches of runs stay apart."""

import subprocess
import sys
from dataclasses import dataclass

import orjson

from auditradar.ingest.errors import AuditRadarError


@dataclass(frozen=True, slots=True)
class Run:
    """Be one measured run: seconds of the work alone, events in the store, and the peak memory of the process in bytes."""

    seconds: float
    events: int
    peak_bytes: int


def measure(kind: str, store: str, *arguments: str) -> Run:
    """Run `python -m auditradar.bench.worker kind store …` and read the line it prints."""
    command = [sys.executable, "-m", "auditradar.bench.worker", kind, store, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        cause = done.stderr.decode(errors="replace").strip().splitlines()
        raise AuditRadarError(f"cannot measure {kind}: {cause[-1] if cause else f'exit status {done.returncode}'}")
    return Run(**orjson.loads(done.stdout))
