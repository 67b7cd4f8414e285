"""Service account tokens of pods: one after the other, each with its own id, each asked for by a kubelet."""

from auditradar.ingest.simulate.clock import HOUR
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import Identity, service_account
from auditradar.ingest.simulate.inventory import Pod

# The kubelet renews a projected token at 80 % of its hour (k8s pkg/kubelet/token/token_manager.go).
TOKEN_LIFE = HOUR * 8 // 10


class Tokens:
    """Give a pod's service account its tokens: a new jti every 48 minutes, bound to pod and node."""

    def __init__(self, seed: int, pod: Pod, name: str) -> None:
        self._path = (seed, "token", pod.namespace, name)
        dice = Dice(*self._path)
        self._uid = dice.uuid()
        self.pod = pod
        self.name = name
        self.offset = dice.below(TOKEN_LIFE)

    def epoch(self, at: int) -> int:
        """Say which token is used at a moment."""
        return (at - self.offset) // TOKEN_LIFE

    def jti(self, epoch: int) -> str:
        """Give the id of the token of an epoch."""
        return Dice(*self._path, epoch).uuid()

    def identity(self, epoch: int) -> Identity:
        """Give the identity as the API server sees it in an epoch."""
        extra = (
            ("authentication.kubernetes.io/node-name", (self.pod.node.name,)),
            ("authentication.kubernetes.io/node-uid", (self.pod.node.uid,)),
            ("authentication.kubernetes.io/pod-name", (self.pod.name,)),
            ("authentication.kubernetes.io/pod-uid", (self.pod.uid,)),
        )
        return service_account(self.pod.namespace, self.name, self._uid, self.jti(epoch), extra)
