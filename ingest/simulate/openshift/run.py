"""One run of an OpenShift cluster: people and stories, machines beside them, all files, the truth."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from auditradar.ingest.simulate.api import Call
from auditradar.ingest.simulate.clock import MINUTE
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import FLAVOURS
from auditradar.ingest.simulate.identity import user_json
from auditradar.ingest.simulate.inventory import inventory
from auditradar.ingest.simulate.journal import Journal as Bulk
from auditradar.ingest.simulate.machines import Habit, control_plane, nodes, probes
from auditradar.ingest.simulate.noise import SLICE, Noise
from auditradar.ingest.simulate.openshift.answers import PROBED
from auditradar.ingest.simulate.openshift.cluster import GO, KEYCLOAK_LOG, OAUTH, OPENSHIFT, ROUTER, ROUTER_LOG, Cluster
from auditradar.ingest.simulate.openshift.incidents import Incidents
from auditradar.ingest.simulate.openshift.journal import Journal
from auditradar.ingest.simulate.openshift.router import Router
from auditradar.ingest.simulate.openshift.scene import Ask, Scene
from auditradar.ingest.simulate.openshift.truth import OpenShiftTruth
from auditradar.ingest.simulate.openshift.ways import Ways
from auditradar.ingest.simulate.openshift.week import Days
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.truth import Counts, PersonFact
from auditradar.ingest.simulate.wire import Voice
from auditradar.ingest.simulate.writer import LUCK_BITS, Writer

_EVENTS_A_DAY = 30_000
# The router asks the oauth-server whether it is there; a real cluster does it every five seconds.
_PROBE = 10 * MINUTE
# A kube-apiserver asks every server behind it for its OpenAPI every minute.
_POLL = 10 * MINUTE
# A line of a program that is no audit event has no id of its own: a copy of it in the log would be another line.
_ONCE = frozenset({ROUTER_LOG, KEYCLOAK_LOG})


def simulate_openshift(out: Path, plan: Plan, report: Callable[[int], None]) -> OpenShiftTruth:
    """Write `<out>/logs/<master>/<component>/audit.log`, the router's and Keycloak's logs and truth.json; return the truth."""
    things = inventory(plan.seed)
    cluster = Cluster(plan.seed, plan.api_servers)
    scene = Scene(plan, cluster, "scene")
    router = Router()
    journal = Journal(scene, router, Ways(scene, router))
    days, incidents = Days(journal, things, plan.people), Incidents(journal, things)
    days.live()
    if plan.anomalies:
        incidents.tell()
    _probe(scene)
    _poll(scene)
    bulk = Bulk()
    lines = _write(out, plan, scene, bulk, report)
    return _truth(plan, journal, days, incidents, _counts(scene, bulk, lines))


def _probe(scene: Scene) -> None:
    """Let the router ask for nothing, again and again."""
    asked = Call("head", "/", answer=PROBED, lasts=4_000)
    for at in range(scene.plan.first + MINUTE, scene.plan.horizon - MINUTE, _PROBE):
        for pod in range(len(scene.cluster.oauth_pods)):
            scene.oauth(at + pod, asked, ROUTER, GO, pod)


def _poll(scene: Scene) -> None:
    """Let the kube-apiservers ask the servers behind them what they offer: their logs are never silent (kube-aggregator, downloader.go)."""
    asked = Call("get", "/openapi/v2", lasts=3_000)
    for at in range(scene.plan.first + MINUTE, scene.plan.horizon - MINUTE, _POLL):
        for master in range(len(scene.cluster.masters)):
            for place, component in enumerate((OPENSHIFT, OAUTH)):
                voice = Voice(
                    user_json("system:aggregator", ("system:authenticated",)), (scene.cluster.inner(master),), "Go-http-client/2.0"
                )
                scene.audit(component, Ask(at + 10 * master + place, asked, voice, master, "control-plane"))


def _write(out: Path, plan: Plan, scene: Scene, bulk: Bulk, report: Callable[[int], None]) -> int:
    """Write all lines in the order of time, some late, some twice."""
    names = scene.cluster.logs()
    number = {name: index for index, name in enumerate(names)}
    dice = Dice(plan.seed, "openshift-luck")
    # Latest first: the next line is taken from the end.
    ahead = sorted((line for line in scene.lines if plan.first <= line[0] < plan.horizon), reverse=True)
    with Writer(out, plan, names) as writer:
        wanted = plan.events if plan.events is not None else int(_EVENTS_A_DAY * plan.days)
        noise = Noise(plan, _machines(plan), max(0, wanted - scene.events), writer, bulk)
        for start in range(plan.first - plan.first % SLICE, plan.horizon, SLICE):
            until = min(start + SLICE, plan.horizon)
            noise.fill(start, until, writer.begin(until))
            while ahead and ahead[-1][0] < until:
                at, log, text = ahead.pop()
                luck = dice.bits(LUCK_BITS)
                # Without luck's middle bits a line is never late and never written twice.
                writer.deliver(number[log], at, text, luck & 0xFFFF | 0xFFFFFF << 16 if log in _ONCE else luck)
            writer.end()
            report(writer.lines)
        writer.drain()
        report(writer.lines)
        return writer.lines


def _machines(plan: Plan) -> list[Habit]:
    """List the machines; the audit profile Default omits RequestReceived everywhere."""
    flavour = FLAVOURS["openshift"]
    things = inventory(plan.seed)
    found = [*control_plane(plan.seed, flavour), *nodes(plan.seed, flavour, things), *probes(flavour)]
    return [replace(habit, all_stages=False) for habit in found]


def _counts(scene: Scene, bulk: Bulk, lines: int) -> Counts:
    machines = bulk.counts(lines)
    return Counts(
        events=scene.events + machines.events,
        lines=lines,
        requests=scene.requests + machines.requests,
        by_actor_kind=dict(sorted((Counter(machines.by_actor_kind) + scene.kinds).items())),
        by_outcome=dict(sorted((Counter(machines.by_outcome) + scene.outcomes).items())),
    )


def _truth(plan: Plan, journal: Journal, days: Days, incidents: Incidents, counts: Counts) -> OpenShiftTruth:
    """Put the truth together."""
    sessions = [visit.close(plan.horizon) for visit in journal.visits]
    return OpenShiftTruth(
        plan=plan,
        trusted_proxies=[],
        people=[PersonFact(name=habit.account.name, actor=habit.account.name, habit=habit.sentence) for habit in days.people],
        logins=journal.logins(),
        logouts=journal.ends(),
        sessions=sorted(sessions, key=lambda session: (session.started_at, session.actor)),
        failed_attempts=journal.failures(),
        denied=sorted((each for visit in journal.visits for each in visit.denials), key=lambda each: (each.denied_at, each.audit_id)),
        silent_tokens=sorted(journal.silent),
        anomalies=incidents.told,
        counts=counts,
    )
