"""The router's log: connections that pass through to the oauth-server, written when they end (HAProxy tcplog)."""

from dataclasses import dataclass

from auditradar.ingest.simulate.clock import MILLISECOND, SECOND, moment
from auditradar.ingest.simulate.openshift.cluster import CONSOLE_POD, ROUTER, ROUTER_LOG
from auditradar.ingest.simulate.openshift.scene import Scene

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Connection:
    """Be one connection as it is meant: whose, to which oauth-server, from when until when."""

    address: str
    pod: int
    accepted: int
    ended: int


class Router:
    """Keep all connections; a person is known by one if no other reached the same pod at that moment."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []

    def only_one(self, pod: int, at: int) -> bool:
        """Tell whether exactly one connection was open to a pod at a moment."""
        return sum(c.pod == pod and c.accepted <= at <= c.ended for c in self.connections) == 1


@dataclass(frozen=True, slots=True)
class Road:
    """Be the way somebody takes to the oauth-server: straight, or through the router that hides who comes."""

    scene: Scene
    router: Router
    address: str
    direct: bool
    pod: int
    idle: int = 5 * SECOND

    @property
    def seen(self) -> str:
        """Give the address that the oauth-server logs."""
        return self.address if self.direct else ROUTER

    def passed(self, first: int, last: int) -> None:
        """Log the connection that carried requests from `first` to `last`, kept alive for a while."""
        if self.direct:
            return
        accepted = (first - 20 * MILLISECOND) // MILLISECOND * MILLISECOND
        ended = (last + self.idle) // MILLISECOND * MILLISECOND
        self.router.connections.append(Connection(self.address, self.pod, accepted, ended))
        took, port = (ended - accepted) // MILLISECOND, self.scene.dice.between(32768, 60999)
        pod = self.scene.cluster.oauth_pods[self.pod]
        server = f"pod:{pod.name}:oauth-openshift:6443:{pod.address}:6443"
        backend = f"be_tcp:openshift-authentication:oauth-openshift/{server}"
        sent = self.scene.dice.between(2000, 90_000)
        text = f"{self.address}:{port} [{accept_text(accepted)}] public_ssl {backend} 1/0/{took} {sent} -- 12/11/10/3/0 0/0"
        self.scene.write(ended, ROUTER_LOG, text)


def console_line(scene: Scene, at: int, address: str, code: str, state: str) -> None:
    """Log that the browser brought its code to the console (HAProxy httplog): code and state are in the address."""
    server = f"pod:console-64ff858c-ghp2k:console:https:{CONSOLE_POD}:8443"
    head = f"{address}:{scene.dice.between(32768, 60999)} [{accept_text(at)}] fe_sni~ be_secure:openshift-console:console/{server}"
    request = f'"GET /auth/callback?code={code}&state={state} HTTP/1.1"'
    scene.write(at + 9 * MILLISECOND, ROUTER_LOG, f"{head} 0/0/1/7/9 303 975 - - --VN 23/5/0/0/0 0/0 {request}")


def accept_text(at: int) -> str:
    """Write a moment as HAProxy does: to the millisecond, in the pod's zone, which is UTC."""
    when = moment(at)
    return f"{when.day:02d}/{_MONTHS[when.month - 1]}/{when.year}:{when:%H:%M:%S}.{when.microsecond // 1000:03d}"
