"""The command `simulate`."""

from datetime import datetime
from pathlib import Path

import click

from auditradar.ingest.output.progress import count_progress
from auditradar.ingest.output.simulated import say_simulated
from auditradar.ingest.simulate import Plan
from auditradar.ingest.simulate import simulate_any as run
from auditradar.ingest.simulate.plan import PLATFORMS

DEFAULTS = Plan()


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--days", type=click.FloatRange(min=0, min_open=True, max=3660), default=DEFAULTS.days, show_default=True, help="Days to simulate."
)
@click.option(
    "--people", type=click.IntRange(0, 5000), default=DEFAULTS.people, show_default=True, help="People who work with the cluster."
)
@click.option("--events", type=click.IntRange(min=0), help="About how many events in all; 30,000 a day unless given.")
@click.option(
    "--seed", type=int, default=DEFAULTS.seed, show_default=True, help="Which of all possible runs; the same seed gives the same bytes."
)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), default=None, help="First day, in UTC; 2026-01-05 unless given.")
@click.option("--platform", type=click.Choice(PLATFORMS), default=DEFAULTS.platform, show_default=True, help="Whose events to imitate.")
@click.option("--no-anomalies", is_flag=True, help="Leave the attacks and accidents out.")
def simulate(
    folder: Path, days: float, people: int, events: int | None, seed: int, start: datetime | None, platform: str, no_anomalies: bool
) -> None:
    """Write the audit logs of a simulated cluster, and the truth about them, into FOLDER.

    \b
    Example:
      auditradar simulate ./simulated --days 7 --people 12 && auditradar load ./simulated/logs --cluster simulated
    """
    plan = Plan.model_validate(
        {
            "days": days,
            "people": people,
            "events": events,
            "seed": seed,
            "platform": platform,
            "anomalies": not no_anomalies,
            "start": start or DEFAULTS.start,
        }
    )
    with count_progress("simulating") as progress:
        truth = run(folder, plan, progress)
    say_simulated(truth, folder)
