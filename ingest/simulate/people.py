"""A person at work: sits down, types commands with some tool, and so makes requests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from auditradar.ingest.simulate.answers import forbidden
from auditradar.ingest.simulate.api import Call, Target, call
from auditradar.ingest.simulate.clock import MINUTE, SECOND
from auditradar.ingest.simulate.commands import Command, typed
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import Identity
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.request import Client, Request
from auditradar.ingest.simulate.workdays import Rhythm, Sitting, sittings


@dataclass(frozen=True, slots=True)
class Tool:
    """Be a client program with a credential.

    `identity` gives the credential of a moment. `pod` is where the requests come from when the tool is a dashboard in the
    cluster. `proxy` is a load balancer that names the caller truthfully, `forged` what the caller puts before that.
    `one_id`: the program sends the same Audit-ID header all day.
    """

    agent: str
    method: str
    commands: tuple[tuple[int, Command], ...]
    identity: Callable[[int], Identity]
    grant: str = 'RBAC: allowed by ClusterRoleBinding "developers" of ClusterRole "edit" to Group "developers"'
    acting_as: Identity | None = None
    pod: str = ""
    proxy: str = ""
    forged: str = ""
    one_id: bool = False

    def client(self, address: str) -> Client:
        """Be used at an address: what the server sees of it, and what can be believed."""
        hops = tuple(hop for hop in (self.forged, address, self.pod, self.proxy) if hop)
        return Client(self.agent, self.method, self.pod or address, hops)


@dataclass(frozen=True, slots=True)
class Person:
    """Be somebody with habits. `opening` is what a working day begins with."""

    name: str
    actor: str
    habit: str
    rhythm: Rhythm
    tools: tuple[Tool, ...]
    office: str
    home: str
    opening: Callable[[int], tuple[Tool, Call]] | None = None


class Workday:
    """Live one day of a person: sitting after sitting, command after command."""

    def __init__(self, person: Person, plan: Plan, things: Inventory, midnight: int) -> None:
        self._person = person
        self._things = things
        self._midnight = midnight
        self._servers = plan.api_servers
        self._dice = Dice(plan.seed, "day", person.name, midnight)
        self._one_id = Dice(plan.seed, "one-id", person.name, midnight).uuid()

    def requests(self) -> Iterator[Request]:
        """Make all requests of the day."""
        for number, sitting in enumerate(sittings(self._dice, self._midnight, self._person.rhythm)):
            at = sitting.start
            if self._person.opening and number == 0:
                tool, asked = self._person.opening(self._midnight)
                yield self._request(sitting, tool, asked, at)
                at += MINUTE
            yield from self._work(sitting, at)

    def _work(self, sitting: Sitting, at: int) -> Iterator[Request]:
        """Type a command every now and then until the sitting is over."""
        while at < sitting.end:
            tool = self._dice.pick(self._person.tools)
            for asked in self._command(tool, at):
                yield self._request(sitting, tool, asked, at)
                at += self._dice.between(15_000, 400_000) + (0 if asked.streams else asked.lasts)
            at += self._dice.between(3 * 60, 25 * 60) * SECOND

    def _command(self, tool: Tool, at: int) -> list[Call]:
        """Type a command; one in sixty asks for what the person may not see."""
        if not self._dice.chance(1 / 60):
            return typed(self._dice, self._things, tool.commands)
        target = Target("secrets", self._dice.pick(("kube-system", "vault", "cert-manager")))
        effective = tool.acting_as or tool.identity(at)
        return [call("list", target, "limit=500").answered(forbidden(effective.actor, "list", target))]

    def _request(self, sitting: Sitting, tool: Tool, asked: Call, at: int) -> Request:
        """Send a call from the desk."""
        audit_id = self._one_id if tool.one_id else self._dice.uuid()
        client = tool.client(self._person.home if sitting.at_home else self._person.office)
        server = self._dice.below(self._servers)
        sent = granted(timed(self._dice, asked), tool.grant)
        return Request(at, audit_id, sent, tool.identity(at), client, server, tool.acting_as)


def timed(dice: Dice, asked: Call) -> Call:
    """Let no two requests take equally long."""
    return replace(asked, lasts=asked.lasts + dice.below(asked.lasts // 2))


def granted(asked: Call, grant: str) -> Call:
    """Say why RBAC allowed a call, where it did."""
    if asked.answer.decision != "allow":
        return asked
    return replace(asked, answer=replace(asked.answer, grant=grant))
