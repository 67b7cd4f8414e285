"""Take down what happens: the lines of every log, with the moment at which each is written, and the counts of the truth."""

from collections import Counter
from dataclasses import dataclass, replace

from auditradar.ingest.simulate.answers import UNAUTHORIZED
from auditradar.ingest.simulate.api import Answer, Call
from auditradar.ingest.simulate.clock import MILLISECOND, stamp
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import ANONYMOUS
from auditradar.ingest.simulate.openshift.cluster import KUBE, LOOKUP_AGENT, OAUTH, SERVER, Cluster
from auditradar.ingest.simulate.openshift.tokens import lookup
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.wire import COMPLETE, RECEIVED, STARTED, Voice, event_line


@dataclass(frozen=True, slots=True)
class Ask:
    """Be one request: when, what, in whose voice, to which master; `kind` is what the design calls the actor."""

    at: int
    call: Call
    voice: Voice
    master: int
    kind: str = "human"


class Scene:
    """Collect lines as (moment, log, text); the plan's horizon ends everything."""

    def __init__(self, plan: Plan, cluster: Cluster, name: str) -> None:
        self.plan = plan
        self.cluster = cluster
        self.dice = Dice(plan.seed, "openshift", name)
        self.lines: list[tuple[int, str, str]] = []
        self.events = 0
        self.requests = 0
        self.kinds: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    def audit(self, component: str, ask: Ask, audit_id: str = "", *, copy: bool = False) -> str:
        """Log one request in one component: all stages in the oauth-server's log, the last stage elsewhere (audit profile Default)."""
        audit_id = audit_id or self.dice.uuid()
        asked, end = ask.call, ask.at + ask.call.lasts
        if asked.answer.outcome == "unauthenticated" and component == KUBE:
            stages = [(STARTED, end)]
        else:
            stages = [(RECEIVED, ask.at), (COMPLETE, end)] if component == SERVER else [(COMPLETE, end)]
        for stage, moment in stages:
            first, second, third, fourth = event_line(asked, ask.voice, stage)
            text = f"{first}{audit_id}{second}{stamp(ask.at)}{third}{stamp(moment)}{fourth}"
            self.lines.append((moment, f"{self.cluster.masters[ask.master]}/{component}/audit.log", text))
        self.events += len(stages)
        if not copy:
            self.requests += 1
            self.kinds[ask.kind] += 1
            self.outcomes[asked.answer.outcome] += 1
        return audit_id

    def proxied(self, behind: str, ask: Ask, effective: str = "") -> str:
        """Log a request that the kube-apiserver passes on: its copy has no bodies, and no name where the address has none.

        `effective` is the user as the server behind sees it, where somebody acts as somebody else.
        """
        asked = ask.call
        front = replace(asked, sent="", returned="")
        if asked.verb == "create" and asked.target:
            front = replace(front, target=replace(asked.target, name=""))
        audit_id = self.audit(KUBE, replace(ask, call=front))
        addresses = (*ask.voice.source_ips, self.cluster.inner(ask.master))
        inner = Voice(effective or ask.voice.user, addresses, ask.voice.agent)
        late = replace(asked, lasts=max(asked.lasts - 2 * MILLISECOND, 1))
        self.audit(behind, replace(ask, at=ask.at + MILLISECOND, call=late, voice=inner), audit_id, copy=True)
        return audit_id

    def internal(self, at: int, master: int, asked: Call) -> None:
        """Let the oauth-apiserver ask itself over its loopback."""
        voice = Voice(self.cluster.apiserver, ("::1",), LOOKUP_AGENT)
        self.audit(OAUTH, Ask(at, asked, voice, master, "control-plane"))

    def dead_token(self, ask: Ask, name: str) -> str:
        """Present a token that is not there: two authenticators look it up, and a 401 follows."""
        self.internal(ask.at + MILLISECOND, ask.master, lookup(name, found=False))
        self.internal(ask.at + 3 * MILLISECOND, ask.master, lookup(name, found=False))
        refused = replace(ask.call.answered(UNAUTHORIZED), lasts=6 * MILLISECOND)
        return self.audit(KUBE, replace(ask, call=refused, kind="unauthenticated"))

    def oauth(self, at: int, asked: Call, address: str, agent: str, pod: int) -> str:
        """Log a request to an oauth-server, where everybody is anonymous."""
        voice = Voice(ANONYMOUS.user, (address,), agent)
        return self.audit(SERVER, Ask(at, asked, voice, pod, "anonymous"))

    def write(self, at: int, log: str, text: str) -> None:
        """Log a line of another program."""
        self.lines.append((at, log, text + "\n"))


def decided(asked: Call, decision: str = "", name: str = "", answer: Answer | None = None) -> Call:
    """Note the oauth-server's own decision; `answer` is what the client got."""
    notes = (("authentication.openshift.io/decision", decision), ("authentication.openshift.io/username", name))
    return replace(asked, answer=answer or Answer(302), notes=tuple((key, value) for key, value in notes if value))
