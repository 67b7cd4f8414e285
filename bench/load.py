"""Compare a load with what the engine alone can insert, in turns."""

import shutil
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditradar.bench.processes import Run, measure
from auditradar.ingest.simulate import Plan, simulate


@dataclass(frozen=True, slots=True)
class Pair:
    """Be one round: our load with all derivations, and the engine filling events from the same files with none."""

    load: Run
    engine: Run

    @property
    def ratio(self) -> float:
        """Give our speed over the engine's; 1 is the limit."""
        return self.engine.seconds / self.load.seconds


def median_ratio(pairs: list[Pair]) -> float:
    """Give the ratio to quote: the median of the rounds' ratios."""
    return statistics.median(pair.ratio for pair in pairs)


def bench_load(events: int, rounds: int, on_step: Callable[[str], None]) -> list[Pair]:
    """Simulate about `events` events, then load them `rounds` times by both ways, in turns, each in a process of its own.

    One round before the first is not counted: it fills the caches of the disk.
    """
    with tempfile.TemporaryDirectory(prefix="auditradar-bench-") as folder:
        on_step(f"simulating {events:,} events")
        simulate(Path(folder), Plan(events=events))
        logs = Path(folder) / "logs"
        store = Path(folder) / "store"
        pairs = []
        for number in range(rounds + 1):
            on_step(f"round {number} of {rounds}" if number else "warming up")
            pairs.append(Pair(_fresh("load", store, logs), _fresh("engine", store, logs)))
        return pairs[1:]


def _fresh(kind: str, store: Path, logs: Path) -> Run:
    shutil.rmtree(store, ignore_errors=True)
    return measure(kind, f"chdb://{store}", str(logs))
