"""What people type: each command is the few requests that its client makes of it."""

from collections.abc import Callable
from dataclasses import replace

from auditradar.ingest.simulate import answers
from auditradar.ingest.simulate.api import Answer, Call, Target, call, visit
from auditradar.ingest.simulate.bodies import configmap, deployment
from auditradar.ingest.simulate.clock import MINUTE
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.inventory import NAMESPACES, Inventory, Pod

Command = Callable[[Dice, Inventory], list[Call]]

CREATED = Answer(201)
SWITCHED = Answer(101)
_STRICT = "fieldManager=kubectl-client-side-apply&fieldValidation=Strict"


def target_of(pod: Pod, subresource: str = "") -> Target:
    """Aim at a pod."""
    return Target("pods", pod.namespace, pod.name, subresource=subresource)


def stream(verb: str, target: Target, query: str, lasts: int, answer: Answer) -> Call:
    """Open a connection that stays open."""
    return Call(verb, f"{target.path}?{query}", target, answer, streams=True, lasts=lasts)


def look(dice: Dice, _: Inventory) -> list[Call]:
    """Look at what runs: `kubectl get pods`, and more often than not something with it."""
    namespace = dice.pick(NAMESPACES)
    listing = call("list", Target("pods", namespace), "limit=500", lasts=dice.between(3, 90) * 1000)
    services = call("list", Target("services", namespace), "limit=500")
    deployments = call("list", Target("deployments", namespace, group="apps"), "limit=500")
    return [listing, services, deployments][: dice.between(1, 3)]


def describe(dice: Dice, things: Inventory) -> list[Call]:
    """Describe a pod: the pod and its events."""
    pod = dice.pick(things.pods)
    query = f"fieldSelector=involvedObject.name%3D{pod.name}%2CinvolvedObject.namespace%3D{pod.namespace}&limit=500"
    return [call("get", target_of(pod)), call("list", Target("events", pod.namespace), query)]


def misspell(dice: Dice, _: Inventory) -> list[Call]:
    """Ask for a pod that is gone."""
    target = Target("pods", dice.pick(NAMESPACES), f"storefront-{dice.letters(10)}-{dice.letters(5)}")
    return [call("get", target).answered(answers.not_found(target))]


def discover(_: Dice, __: Inventory) -> list[Call]:
    """Learn what the server can do, as a client with a cold cache."""
    return [visit("/version?timeout=32s"), visit("/api?timeout=32s"), visit("/apis?timeout=32s")]


def may_i(_: Dice, __: Inventory) -> list[Call]:
    """Ask for permission without changing anything: `kubectl auth can-i`."""
    return [call("create", Target("selfsubjectaccessreviews", group="authorization.k8s.io")).answered(CREATED)]


def apply(dice: Dice, things: Inventory) -> list[Call]:
    """Apply a deployment; the policy keeps bodies of what is deployed."""
    pod = dice.pick(things.pods)
    target = Target("deployments", pod.namespace, pod.workload, "apps")
    image = f"registry.example.com/{pod.namespace}/{pod.workload}:{dice.between(1, 9)}.{dice.between(0, 40)}.{dice.between(0, 9)}"
    text = deployment(pod.namespace, pod.workload, image, dice.between(1, 6))
    change = call("patch", target, _STRICT, writes=True, lasts=dice.between(10, 60) * 1000)
    change = replace(change, level="RequestResponse", sent=text, returned=text)
    if dice.chance(0.06):
        change = change.answered(answers.invalid(target, "spec.template.spec.containers[0].image"))
    return [call("get", target), change]


def configure(dice: Dice, _: Inventory) -> list[Call]:
    """Edit a ConfigMap; now and then somebody was faster."""
    namespace = dice.pick(NAMESPACES)
    target = Target("configmaps", namespace, f"{namespace}-settings")
    text = configmap(namespace, target.name, dice.between(20, 120))
    change = replace(call("update", target, "fieldManager=kubectl-edit", writes=True), level="RequestResponse", sent=text, returned=text)
    if dice.chance(0.1):
        change = change.answered(answers.conflict(target))
    return [call("get", target), change]


def restart(dice: Dice, things: Inventory) -> list[Call]:
    """Restart a deployment, or scale it."""
    pod = dice.pick(things.pods)
    target = Target("deployments", pod.namespace, pod.workload, "apps")
    if dice.chance(0.5):
        return [call("patch", replace(target, subresource="scale"), "fieldManager=kubectl-scale", writes=True)]
    return [call("get", target), call("patch", target, "fieldManager=kubectl-rollout&fieldValidation=Strict", writes=True)]


def enter(dice: Dice, things: Inventory) -> list[Call]:
    """Open a shell in a pod; since 1.31 kubectl does it with a websocket, which is a GET."""
    pod = dice.pick(things.pods)
    query = f"command=sh&container={pod.workload}&stdin=true&stdout=true&tty=true"
    return [call("get", target_of(pod)), stream("get", target_of(pod, "exec"), query, dice.between(1, 45) * MINUTE, SWITCHED)]


def follow(dice: Dice, things: Inventory) -> list[Call]:
    """Follow a log, sometimes for hours."""
    pod = dice.pick(things.pods)
    query = f"container={pod.workload}&follow=true"
    return [call("get", target_of(pod)), stream("get", target_of(pod, "log"), query, dice.between(2, 240) * MINUTE, Answer())]


def forward(dice: Dice, things: Inventory) -> list[Call]:
    """Forward a port, and forget about it."""
    pod = dice.pick(things.pods)
    lasts = dice.between(10, 300) * MINUTE
    return [call("get", target_of(pod)), stream("get", target_of(pod, "portforward"), "ports=8080", lasts, SWITCHED)]


def watch(dice: Dice, _: Inventory) -> list[Call]:
    """Watch pods come and go."""
    target = Target("pods", dice.pick(NAMESPACES))
    watching = stream("watch", target, f"resourceVersion={dice.between(10**6, 10**7)}&watch=true", dice.between(5, 60) * MINUTE, Answer())
    return [call("list", target, "limit=500"), watching]


def evict(dice: Dice, things: Inventory) -> list[Call]:
    """Drain a node: cordon it, evict a pod, and meet a disruption budget."""
    pod = dice.pick(things.pods)
    eviction = call("create", target_of(pod, "eviction"), writes=True).answered(CREATED)
    first = eviction.answered(answers.eviction_refused(target_of(pod))) if dice.chance(0.5) else eviction
    return [call("patch", Target("nodes", name=pod.node.name), "fieldManager=kubectl-drain", writes=True), first, eviction]


def keep_secret(dice: Dice, _: Inventory) -> list[Call]:
    """Read a secret or make one: never with a body, the policy keeps secrets at Metadata."""
    namespace = dice.pick(NAMESPACES)
    if dice.chance(0.7):
        return [call("get", Target("secrets", namespace, f"{namespace}-database"))]
    made = Target("secrets", namespace)
    return [call("create", made, "fieldManager=kubectl-create&fieldValidation=Strict", writes=True).answered(CREATED)]


def try_namespace(dice: Dice, _: Inventory) -> list[Call]:
    """Make a namespace for an experiment and delete it again."""
    target = Target("namespaces", name=f"try-{dice.letters(4)}")
    made = call("create", replace(target, name=""), "fieldManager=kubectl-create", writes=True).answered(CREATED)
    return [made, call("delete", target, writes=True)]


def run_privileged(dice: Dice, _: Inventory) -> list[Call]:
    """Try a privileged pod where Pod Security forbids it: refused, but not for want of rights."""
    target = Target("pods", dice.pick(NAMESPACES))
    named = replace(target, name=f"debug-{dice.letters(5)}")
    return [call("create", target, "fieldManager=kubectl-run", writes=True).answered(answers.admission_refused(named))]


def install(dice: Dice, _: Inventory) -> list[Call]:
    """Upgrade a release as Helm does: read its secrets, write the next one."""
    namespace = dice.pick(NAMESPACES)
    history = call("list", Target("secrets", namespace), "labelSelector=name%3Dstorefront%2Cowner%3Dhelm")
    release = Target("secrets", namespace)
    return [history, call("create", release, writes=True).answered(CREATED), *apply_quietly(namespace)]


def apply_quietly(namespace: str) -> list[Call]:
    """Change what a tool manages."""
    service = Target("services", namespace, "storefront")
    return [call("get", service), call("patch", service, "fieldManager=helm", writes=True)]


def plan_and_apply(dice: Dice, _: Inventory) -> list[Call]:
    """Compare and change namespaces and role bindings as Terraform does."""
    namespace = dice.pick(NAMESPACES)
    binding = Target("rolebindings", namespace, "developers", "rbac.authorization.k8s.io")
    read = [call("get", Target("namespaces", name=namespace)), call("get", binding)]
    return read if dice.chance(0.7) else [*read, call("update", binding, writes=True)]


KUBECTL: tuple[tuple[int, Command], ...] = (
    (30, look),
    (16, describe),
    (4, misspell),
    (3, discover),
    (3, may_i),
    (6, apply),
    (4, configure),
    (5, restart),
    (6, enter),
    (8, follow),
    (3, forward),
    (4, watch),
    (1, evict),
    (4, keep_secret),
    (1, try_namespace),
    (1, run_privileged),
)
K9S: tuple[tuple[int, Command], ...] = ((20, look), (10, describe), (8, watch), (5, enter), (6, follow), (2, restart))
HELM: tuple[tuple[int, Command], ...] = ((3, install), (1, discover))
TERRAFORM: tuple[tuple[int, Command], ...] = ((1, plan_and_apply),)
BROWSER: tuple[tuple[int, Command], ...] = ((20, look), (12, describe), (3, follow), (2, restart), (2, may_i), (1, misspell))


def typed(dice: Dice, things: Inventory, weighted: tuple[tuple[int, Command], ...]) -> list[Call]:
    """Type one of the commands, the frequent ones more often."""
    throw = dice.below(sum(weight for weight, _ in weighted))
    for weight, command in weighted:
        throw -= weight
        if throw < 0:
            return command(dice, things)
    raise AssertionError("a throw is below the sum of all weights")
