"""The control plane and the nodes: who asks the API server for what, how often.

The audit policy imagined here omits RequestReceived for the control plane, nodes, probes and most operators (rules with
`omitStages`), and logs all stages for people, CI and GitOps, as large clusters do to keep the volume bearable.
"""

from dataclasses import dataclass, replace

from auditradar.ingest.simulate.api import Answer, Call, Target, call, visit
from auditradar.ingest.simulate.bodies import pod_status
from auditradar.ingest.simulate.clock import MILLISECOND, SECOND
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import Flavour
from auditradar.ingest.simulate.identity import ANONYMOUS, Identity, certificate, internal
from auditradar.ingest.simulate.inventory import CONTROL_PLANE, Inventory, Node
from auditradar.ingest.simulate.tokens import Tokens

# A client-go watch asks for 5 to 10 minutes (tools/cache/reflector.go, minWatchTimeout).
WATCH_QUERY = "allowWatchBookmarks=true&resourceVersion={version}&timeoutSeconds={seconds}&watch=true"


@dataclass(frozen=True, slots=True)
class Machine:
    """Be a client that is no person, with one credential for ever or with tokens that turn over."""

    credential: Identity | Tokens
    address: str
    agent: str

    def identity(self, epoch: int) -> Identity:
        """Give the identity of an epoch of the token's life."""
        return self.credential.identity(epoch) if isinstance(self.credential, Tokens) else self.credential


@dataclass(frozen=True, slots=True)
class Habit:
    """Repeat one call every `every` seconds, at the scale of a real cluster of five nodes.

    `all_stages`: RequestReceived is logged too. `busy`: twice as often in working hours. `issues`: the call asks for these
    tokens, once for each, at any scale.
    """

    who: Machine
    call: Call
    every: float
    all_stages: bool = False
    busy: bool = False
    issues: Tokens | None = None

    @property
    def tokens(self) -> Tokens | None:
        """Give the tokens whose turn changes what this habit writes."""
        return self.issues or (self.who.credential if isinstance(self.who.credential, Tokens) else None)


def lease(namespace: str, name: str, verb: str = "update") -> Call:
    """Keep or read a lease: the heartbeat of everything."""
    target = Target("leases", namespace, name, "coordination.k8s.io")
    return call(verb, target, "timeout=5s", writes=verb != "get", lasts=6 * MILLISECOND)


def watching(dice: Dice, target: Target) -> Call:
    """Watch for some minutes."""
    seconds = dice.between(300, 599)
    query = WATCH_QUERY.format(version=dice.between(1_000_000, 9_000_000), seconds=seconds)
    return Call("watch", f"{target.path}?{query}", target, streams=True, lasts=seconds * SECOND)


def control_plane(seed: int, flavour: Flavour) -> list[Habit]:
    """List what controller manager, scheduler and the API server itself do."""
    dice = Dice(seed, "control-plane")
    return [
        *_leader(dice, flavour, "kube-controller-manager", CONTROL_PLANE[0]),
        *_leader(dice, flavour, "kube-scheduler", CONTROL_PLANE[1]),
        *_loopback(dice, flavour),
        *_cloud(dice, flavour),
    ]


def _leader(dice: Dice, flavour: Flavour, name: str, address: str) -> list[Habit]:
    """Elect, watch and change things as a built-in controller does."""
    identity = certificate(f"system:{name}", (), dice, "control-plane")
    elect = Machine(identity, address, flavour.component(name, "leader-election"))
    work = Machine(identity, address, flavour.component(name))
    slices = Target("endpointslices", "shop", "storefront-x7k2p", "discovery.k8s.io")
    stale = 'Operation cannot be fulfilled on endpointslices.discovery.k8s.io "storefront-x7k2p": the object has been modified'
    conflict = Answer(409, "conflict", "Conflict", stale)
    return [
        Habit(elect, lease("kube-system", name), 2),
        Habit(elect, lease("kube-system", name, "get"), 2),
        Habit(work, watching(dice, Target("pods")), 20),
        Habit(work, watching(dice, Target("replicasets", group="apps")), 40),
        Habit(work, call("update", slices, writes=True), 15, busy=True),
        Habit(work, call("update", slices, writes=True).answered(conflict), 400),
        Habit(work, call("create", Target("events", "shop", group="events.k8s.io"), writes=True).answered(Answer(201)), 12, busy=True),
    ]


def _loopback(dice: Dice, flavour: Flavour) -> list[Habit]:
    """Let the API server talk to itself from ::1."""
    identity = internal("system:apiserver", ("system:masters", "system:authenticated"), "control-plane", dice.uuid())
    machine = Machine(identity, "::1", flavour.component("kube-apiserver"))
    return [
        Habit(machine, lease("kube-system", f"apiserver-{dice.letters(26)}"), 10),
        Habit(machine, call("get", Target("services", "default", "kubernetes")), 10),
        Habit(machine, watching(dice, Target("validatingadmissionpolicies", group="admissionregistration.k8s.io")), 60),
    ]


def _cloud(dice: Dice, flavour: Flavour) -> list[Habit]:
    """Let the distribution's own controllers work where it has some."""
    habits = []
    for actor, kind in flavour.operators:
        identity = internal(actor, ("system:authenticated",), kind)
        machine = Machine(identity, "10.0.1.200", flavour.component(actor.rsplit(":", maxsplit=1)[-1]))
        habits.append(Habit(machine, lease("kube-system", actor.replace(":", "-")), 5))
        habits.append(Habit(machine, call("list", Target("nodes"), "limit=500"), 30))
        habits.append(Habit(machine, watching(dice, Target("nodes")), 90))
    return habits


def nodes(seed: int, flavour: Flavour, things: Inventory) -> list[Habit]:
    """List what every kubelet does."""
    return [habit for node in things.nodes for habit in _kubelet(Dice(seed, "node", node.name), flavour, node)]


def _kubelet(dice: Dice, flavour: Flavour, node: Node) -> list[Habit]:
    """Beat, report and watch as a kubelet does."""
    identity = certificate(f"system:node:{node.name}", ("system:nodes",), dice, "node")
    kubelet = Machine(identity, node.address, flavour.component("kubelet"))
    pod = Target("pods", "shop", f"storefront-{dice.letters(10)}-{dice.letters(5)}", subresource="status")
    report = replace(call("patch", pod, writes=True), level="Request", sent=pod_status(dice))
    beat = Target("leases", "kube-node-lease", node.name, "coordination.k8s.io")
    return [
        Habit(kubelet, call("update", beat, "timeout=10s", writes=True), 10),
        Habit(kubelet, call("get", Target("nodes", name=node.name), "resourceVersion=0&timeout=10s"), 10),
        Habit(kubelet, call("patch", Target("nodes", name=node.name, subresource="status"), "timeout=10s", writes=True), 60),
        Habit(kubelet, report, 20, busy=True),
        Habit(kubelet, watching(dice, Target("configmaps", "kube-system", "kube-root-ca.crt")), 60),
        Habit(kubelet, watching(dice, Target("secrets", "shop", "storefront-tls")), 90),
        Habit(kubelet, call("get", Target("pods", "shop", f"basket-{dice.letters(10)}")).answered(_gone("pods")), 300),
    ]


def _gone(resource: str) -> Answer:
    """Answer that there is no such object."""
    return Answer(404, "not-found", "NotFound", f"{resource} not found")


def probes(flavour: Flavour) -> list[Habit]:
    """List the health checks without credentials; where anonymous is off there are none."""
    if not flavour.anonymous:
        return []
    checks = (("/livez", "10.0.1.2"), ("/readyz", "10.0.1.2"), ("/livez", "10.0.1.3"), ("/readyz?verbose", "10.0.1.3"))
    role = "system:public-info-viewer"
    grant = f'RBAC: allowed by ClusterRoleBinding "{role}" of ClusterRole "{role}" to Group "system:unauthenticated"'
    healthy = Answer(grant=grant)
    return [Habit(Machine(ANONYMOUS, address, "kube-probe/1.34"), visit(uri).answered(healthy), 5) for uri, address in checks]
