"""Fill the store of the demonstration; running it again changes nothing."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import platformdirs

from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadResult
from auditradar.ingest.loading import Progress, load_paths, options_of
from auditradar.ingest.settings import ClusterSettings, Settings
from auditradar.ingest.simulate import Plan, Truth, simulate

REAL, SIMULATED = "openshift-real", "simulated"
SAMPLE = "openshift-4.12-audit.log.zst"

Counting = Callable[[str], AbstractContextManager[Callable[[int], None]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """Be what the demonstration loaded."""

    real: LoadResult
    simulated: LoadResult
    truth: Truth


def demo_dsn() -> str:
    """Name the demonstration's own store, beside that of the user."""
    return f"chdb://{platformdirs.user_data_path('auditradar') / 'demo'}"


def fill(engine: Engine, settings: Settings, plan: Plan, loading: Progress, counting: Counting) -> Filled:
    """Load the real sample and a simulated cluster."""
    with tempfile.TemporaryDirectory(prefix="auditradar-demo-") as folder:
        with counting("simulating a week") as on_lines:
            truth = simulate(Path(folder), plan, on_lines)
        # Both loads have the same rules, so that the second does not take back those of the first.
        trusting = _trusting(settings, truth)
        with as_file(files("auditradar.ingest.demo").joinpath(SAMPLE)) as sample:
            real = load_paths(engine, trusting, [str(sample)], options_of(_labelled(trusting, REAL)), loading)
        logs = [str(Path(folder) / "logs")]
        simulated = load_paths(engine, trusting, logs, options_of(_labelled(trusting, SIMULATED)), loading)
    return Filled(real, simulated, truth)


def _trusting(settings: Settings, truth: Truth) -> Settings:
    clusters = {**settings.clusters, SIMULATED: ClusterSettings(trusted_proxies=truth.trusted_proxies)}
    return settings.model_copy(update={"clusters": clusters})


def _labelled(settings: Settings, cluster: str) -> Settings:
    return settings.model_copy(update={"cluster": cluster})
