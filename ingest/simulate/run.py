"""One run of the simulator: slice by slice, people and machines write their lines, then the truth is written down."""

from collections.abc import Callable
from pathlib import Path

from auditradar.ingest.simulate.cast import Cast, habits
from auditradar.ingest.simulate.clock import DAY
from auditradar.ingest.simulate.inventory import inventory
from auditradar.ingest.simulate.journal import Journal
from auditradar.ingest.simulate.noise import SLICE, Noise
from auditradar.ingest.simulate.openshift.run import simulate_openshift
from auditradar.ingest.simulate.openshift.truth import OpenShiftTruth
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.staff import TRUSTED_PROXY
from auditradar.ingest.simulate.truth import PersonFact, Truth
from auditradar.ingest.simulate.writer import Writer

# Measured over a week: what one person, and what all renewals of tokens leave in a day.
_EVENTS_OF_A_PERSON = 85
_EVENTS_OF_RENEWALS = 270


def simulate(out: Path, plan: Plan, on_progress: Callable[[int], None] | None = None) -> Truth:
    """Write `<out>/logs/apiserver-N/audit.log` and `<out>/truth.json`, and return the truth. Not for OpenShift: see `simulate_any`.

    Deterministic: the same plan gives the same bytes. Held in memory is a few minutes of the log, and what is late or still
    open. `on_progress` hears the number of lines written so far. Files of an earlier run are replaced. A folder that
    cannot be written is an OSError.
    """
    report = on_progress or _silent
    things = inventory(plan.seed)
    journal = Journal()
    cast = Cast(plan, things, journal)
    with Writer(out, plan) as writer:
        noise = Noise(plan, habits(plan, things), _machine_events(plan, cast), writer, journal)
        for start in range(plan.first - plan.first % SLICE, plan.horizon, SLICE):
            until = min(start + SLICE, plan.horizon)
            noise.fill(start, until, writer.begin(until))
            cast.act(until, writer)
            writer.end()
            report(writer.lines)
        writer.drain()
    report(writer.lines)
    truth = _truth(plan, cast, journal, writer.lines)
    _keep(out, truth)
    return truth


def simulate_any(out: Path, plan: Plan, on_progress: Callable[[int], None] | None = None) -> Truth | OpenShiftTruth:
    """Write a cluster of any platform; OpenShift has four audit logs a master, other programs' logs, and a truth of its own."""
    if plan.platform != "openshift":
        return simulate(out, plan, on_progress)
    truth = simulate_openshift(out, plan, on_progress or _silent)
    _keep(out, truth)
    return truth


def _keep(out: Path, truth: Truth | OpenShiftTruth) -> None:
    """Write truth.json."""
    (out / "truth.json").write_text(truth.model_dump_json(by_alias=True, indent=1) + "\n", encoding="utf-8")


def _silent(_: int) -> None:
    """Report to nobody."""


def _machine_events(plan: Plan, cast: Cast) -> int:
    """Say how many events machines should leave, so that they are 95 % or more unless the plan wants fewer events."""
    days = (plan.horizon - plan.first) / DAY
    by_people = int(plan.people * _EVENTS_OF_A_PERSON * days) + 2 * sum(len(story.requests) for story in cast.stories)
    if plan.events is None:
        return max(int(30_000 * days), 25 * by_people)
    return max(0, plan.events - by_people - int(_EVENTS_OF_RENEWALS * days))


def _truth(plan: Plan, cast: Cast, journal: Journal, lines: int) -> Truth:
    """Put the truth together."""
    return Truth(
        plan=plan,
        trusted_proxies=[f"{TRUSTED_PROXY}/32"],
        people=[PersonFact(name=person.name, actor=person.actor, habit=person.habit) for person in cast.people],
        sessions=journal.sessions(),
        logins=journal.logins(),
        failed_attempts=sorted(journal.failures, key=lambda failure: (failure.attempted_at, failure.audit_id)),
        denied=sorted(journal.denials, key=lambda denial: (denial.denied_at, denial.audit_id)),
        anomalies=[story.truth() for story in cast.stories],
        counts=journal.counts(lines),
    )
