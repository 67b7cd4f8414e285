"""The keeper of the truth: hears of every request as it is meant, and cuts sessions from these intentions."""

from collections import Counter
from dataclasses import dataclass, field

from auditradar.ingest.simulate.clock import HOUR, stamp
from auditradar.ingest.simulate.request import Request, Stages
from auditradar.ingest.simulate.truth import Counts, TrueDenial, TrueFailure, TrueLogin, TrueSession
from auditradar.ingest.simulate.wire import RECEIVED

# The design's session_gap when nothing is set.
SESSION_GAP = 8 * HOUR

_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Session:
    first: Request
    evidence: str
    last_seen: int
    requests: int = 0
    writes: int = 0
    denied: int = 0
    acting_as: set[str] = field(default_factory=set)

    def add(self, request: Request, stages: Stages) -> None:
        """Take a request into the session; it is alive until its last stage."""
        self.last_seen = max(self.last_seen, stages[-1][1])
        self.requests += 1
        self.writes += request.call.writes
        self.denied += request.call.answer.denied and stages[-1][0] != RECEIVED
        if request.acting_as and stages[-1][0] != RECEIVED:
            self.acting_as.add(request.acting_as.actor)

    def truth(self) -> TrueSession:
        """Close the books of the session."""
        return TrueSession.model_validate(
            {
                "actor": self.first.identity.actor,
                "actor_kind": self.first.identity.kind,
                "credential_id": self.first.identity.key,
                "client_ip": self.first.client.address,
                "started_at": stamp(self.first.at),
                "last_seen_at": stamp(self.last_seen),
                "requests": self.requests,
                "writes": self.writes,
                "denied": self.denied,
                "acting_as": sorted(self.acting_as),
                "method": self.first.client.method,
                "evidence": self.evidence,
                "audit_id": self.first.audit_id,
            }
        )


class Journal:
    """Collect what is meant. Requests must come in the order of their time; machines may also be counted in bulk."""

    def __init__(self) -> None:
        self.failures: list[TrueFailure] = []
        self.denials: list[TrueDenial] = []
        self.events = 0
        self.requests = 0
        self._kinds: Counter[str] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._open: dict[_Key, _Session] = {}
        self._closed: list[TrueSession] = []

    def bulk(self, kind: str, outcome: str, requests: int, events: int) -> None:
        """Count requests of a machine that nothing else is to be said about."""
        self.requests += requests
        self.events += events
        self._kinds[kind] += requests
        self._outcomes[outcome] += requests

    def hear(self, request: Request, stages: Stages) -> None:
        """Take note of one request and of the stages that were logged."""
        answered = stages[-1][0] != RECEIVED
        self.bulk(request.identity.kind, request.call.answer.outcome if answered else "in-progress", 1, len(stages))
        if request.in_session:
            self._session(request).add(request, stages)
        if answered and request.call.answer.denied:
            self.denials.append(_denial(request))
        if answered and request.call.answer.failure:
            self.failures.append(_failure(request))

    def _session(self, request: Request) -> _Session:
        """Find the session the request belongs to: the open one of its key, unless the silence was too long."""
        identity = request.identity
        key = (identity.actor, identity.key, "" if identity.roams else request.client.address)
        current = self._open.get(key)
        if current and request.at - current.last_seen <= SESSION_GAP:
            return current
        if current:
            self._closed.append(current.truth())
        self._open[key] = _Session(request, "idle-gap" if current else "first-seen", request.at)
        return self._open[key]

    def sessions(self) -> list[TrueSession]:
        """Give all sessions in the order in which they began."""
        found = self._closed + [session.truth() for session in self._open.values()]
        return sorted(found, key=lambda session: (session.started_at, session.actor, session.credential_id, session.client_ip))

    def logins(self) -> list[TrueLogin]:
        """Give the beginning of every session."""
        return [
            TrueLogin(
                login_at=session.started_at,
                actor=session.actor,
                credential_id=session.credential_id,
                client_ip=session.client_ip,
                method=session.method,
                evidence=session.evidence,
                audit_id=session.audit_id,
            )
            for session in self.sessions()
        ]

    def counts(self, lines: int) -> Counts:
        """Give the totals."""
        return Counts(
            events=self.events,
            lines=lines,
            requests=self.requests,
            by_actor_kind=dict(sorted(self._kinds.items())),
            by_outcome=dict(sorted(self._outcomes.items())),
        )


def _denial(request: Request) -> TrueDenial:
    """State a refusal; the actor is who really asked."""
    return TrueDenial(
        denied_at=stamp(request.at),
        audit_id=request.audit_id,
        actor=request.identity.actor,
        actor_kind=request.identity.kind,
        client_ip=request.client.address,
        acting_as=request.acting_as.actor if request.acting_as else "",
    )


def _failure(request: Request) -> TrueFailure:
    """State a failed attempt."""
    return TrueFailure.model_validate(
        {
            "attempted_at": stamp(request.at),
            "class": request.call.answer.failure,
            "client_ip": request.client.address,
            "user_agent": request.client.agent,
            "audit_id": request.audit_id,
        }
    )
