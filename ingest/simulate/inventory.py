"""What the simulated cluster consists of: nodes, namespaces, workloads and their pods."""

from dataclasses import dataclass

from auditradar.ingest.simulate.dice import Dice

# (namespace, deployment): an invented shop.
_WORKLOADS = (
    ("shop", "storefront"),
    ("shop", "basket"),
    ("shop", "checkout"),
    ("payments", "ledger"),
    ("payments", "gateway"),
    ("search", "indexer"),
    ("search", "query"),
    ("staging", "storefront"),
    ("staging", "checkout"),
    ("reports", "nightly"),
)
NAMESPACES = ("shop", "payments", "search", "staging", "reports")
CONTROL_PLANE = ("10.0.1.2", "10.0.1.3", "10.0.1.4")


@dataclass(frozen=True, slots=True)
class Node:
    """Be a worker: its name, its address, its uid."""

    name: str
    address: str
    uid: str


@dataclass(frozen=True, slots=True)
class Pod:
    """Be a running pod and where it runs."""

    namespace: str
    workload: str
    name: str
    address: str
    node: Node
    uid: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """Hold everything that has a name in the cluster."""

    nodes: tuple[Node, ...]
    pods: tuple[Pod, ...]

    def place(self, dice: Dice, namespace: str, workload: str) -> Pod:
        """Run one more pod: the cluster's own services."""
        return _pod(dice, namespace, workload, dice.pick(self.nodes))


def inventory(seed: int, nodes: int = 5) -> Inventory:
    """Make the cluster of a seed."""
    dice = Dice(seed, "inventory")
    workers = tuple(Node(f"worker-{n + 1}", f"10.0.2.{n + 11}", dice.uuid()) for n in range(nodes))
    pods = tuple(_pod(dice, space, name, dice.pick(workers)) for space, name in _WORKLOADS for _ in range(2))
    return Inventory(workers, pods)


def _pod(dice: Dice, namespace: str, workload: str, node: Node) -> Pod:
    """Name a pod as a ReplicaSet does and give it an address of the usual pod network."""
    name = f"{workload}-{dice.letters(10)}-{dice.letters(5)}"
    return Pod(namespace, workload, name, f"10.244.{dice.between(1, 5)}.{dice.between(2, 250)}", node, dice.uuid())
