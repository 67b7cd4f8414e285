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
from auditradar.ingest.simulate import Plan, Truth, simulate, simulate_any

REAL, SIMULATED, RECORDED = "openshift-real", "simulated", "openshift"
RECORDED_PEOPLE, RECORDED_EVENTS_A_DAY = 5, 2_000
"""Size of the simulated OpenShift: enough for every kind of login, little to wait for."""
SAMPLE = "openshift-4.12-audit.log.zst"

Counting = Callable[[str], AbstractContextManager[Callable[[int], None]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """Be what the demonstration loaded."""

    real: LoadResult
    simulated: LoadResult
    recorded: LoadResult
    truth: Truth


def demo_dsn() -> str:
    """Name the demonstration's own store, beside that of the user."""
    return f"chdb://{platformdirs.user_data_path('auditradar') / 'demo'}"


def fill(engine: Engine, settings: Settings, plan: Plan, loading: Progress, counting: Counting) -> Filled:
    """Load the real sample, a simulated plain cluster, and a simulated OpenShift, which records its logins."""
    with tempfile.TemporaryDirectory(prefix="auditradar-demo-") as folder:
        with counting("simulating a week") as on_lines:
            truth = simulate(Path(folder) / SIMULATED, plan, on_lines)
            simulate_any(Path(folder) / RECORDED, _openshift(plan))
        # All loads have the same rules, so that the second does not take back those of the first.
        trusting = _trusting(settings, truth)
        with as_file(files("auditradar.ingest.demo").joinpath(SAMPLE)) as sample:
            real = load_paths(engine, trusting, [str(sample)], options_of(_labelled(trusting, REAL)), loading)
        simulated, recorded = (
            load_paths(engine, trusting, [str(Path(folder) / name / "logs")], options_of(_labelled(trusting, name)), loading)
            for name in (SIMULATED, RECORDED)
        )
    return Filled(real, simulated, recorded, truth)


def _openshift(plan: Plan) -> Plan:
    events = int(RECORDED_EVENTS_A_DAY * plan.days)
    return plan.model_copy(update={"platform": "openshift", "cluster": RECORDED, "people": RECORDED_PEOPLE, "events": events})


def _trusting(settings: Settings, truth: Truth) -> Settings:
    clusters = {**settings.clusters, SIMULATED: ClusterSettings(trusted_proxies=truth.trusted_proxies)}
    return settings.model_copy(update={"clusters": clusters})


def _labelled(settings: Settings, cluster: str) -> Settings:
    return settings.model_copy(update={"cluster": cluster})
