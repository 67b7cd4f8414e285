"""What a story consists of: a name, a sentence, and requests one after the other from one client."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditradar.ingest.simulate.api import Call
from auditradar.ingest.simulate.clock import DAY, MILLISECOND, stamp
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import Identity
from auditradar.ingest.simulate.people import granted, timed
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.request import Client, Request
from auditradar.ingest.simulate.truth import Anomaly


@dataclass(slots=True)
class Story:
    """Be one anomaly and its requests, in order of time."""

    what: str
    sentence: str
    requests: list[Request] = field(default_factory=list)

    def truth(self) -> Anomaly:
        """State the story; it must have happened."""
        first, last = self.requests[0], self.requests[-1]
        return Anomaly(
            what=self.what,
            at=stamp(first.at),
            until=stamp(last.at),
            actor=last.identity.actor,
            client_ip=last.client.address,
            requests=len(self.requests),
            sentence=self.sentence,
        )


class Teller:
    """Place stories in time and throw their dice."""

    def __init__(self, plan: Plan, what: str) -> None:
        self.dice = Dice(plan.seed, "story", what)
        self._plan = plan

    def moment(self, day: int, hour: float) -> int:
        """Give an hour of a day of the run; in a short run the days come round again."""
        midnight = self._plan.first - self._plan.first % DAY
        whole = max(1, int(self._plan.days))
        return midnight + day % whole * DAY + int(hour * 3600) * 1_000_000 + self.dice.below(60_000_000)

    def ask(self, at: int, pause: int, calls: Iterable[Call], who: "Who") -> list[Request]:
        """Send calls one after the other with about `pause` microseconds between them."""
        requests = []
        for asked in calls:
            server = self.dice.below(self._plan.api_servers)
            sent = granted(timed(self.dice, asked), who.grant)
            requests.append(Request(at, self.dice.uuid(), sent, who.identity, who.client, server))
            at += pause // 2 + self.dice.below(pause) + MILLISECOND
        return requests


@dataclass(frozen=True, slots=True)
class Who:
    """Be a credential in a client; `grant` is why RBAC allows what it allows."""

    identity: Identity
    client: Client
    grant: str = ""


def caller(agent: str, method: str, address: str, forged: tuple[str, ...] = (), proxy: str = "") -> Client:
    """Be a client at an address, perhaps with entries forged before it and a proxy behind it."""
    return Client(agent, method, address, (*forged, address, *((proxy,) if proxy else ())))
