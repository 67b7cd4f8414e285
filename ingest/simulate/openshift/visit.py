"""A token in use: requests with it, the look-ups and heartbeats this causes, and the ways in which it ends."""

from dataclasses import dataclass, field

from auditradar.ingest.simulate.api import Call
from auditradar.ingest.simulate.clock import HOUR, MILLISECOND, MINUTE, SECOND, stamp
from auditradar.ingest.simulate.identity import Identity
from auditradar.ingest.simulate.openshift.cluster import KUBE, OAUTH, OPENSHIFT
from auditradar.ingest.simulate.openshift.scene import Ask, Scene
from auditradar.ingest.simulate.openshift.tokens import GROUP, Token, lookup
from auditradar.ingest.simulate.openshift.truth import OAuthDenial, OAuthEnd, OAuthSession
from auditradar.ingest.simulate.wire import Voice

# The kube-apiserver asks again for a token after two minutes (audit-facts 3.7).
_CACHE = 2 * MINUTE
SESSION_GAP = 8 * HOUR
_OAUTH_GROUPS = frozenset({GROUP, "user.openshift.io"})


@dataclass(slots=True)
class Visit:
    """Be one session: a token, who uses it, from where, and what was done with it."""

    scene: Scene
    token: Token
    method: str
    address: str
    activity: str
    agent: str
    last_seen: int
    requests: int = 0
    writes: int = 0
    acting_as: set[str] = field(default_factory=set)
    denials: list[OAuthDenial] = field(default_factory=list)
    end: OAuthEnd | None = None
    _looked_up: dict[int, int] = field(default_factory=dict)

    def use(self, at: int, asked: Call, acting_as: Identity | None = None, audit_id: str = "") -> None:
        """Ask an API server for something with the token; `audit_id` is an id of the client's own choice."""
        master = self.scene.dice.below(len(self.scene.cluster.masters))
        self._validate(at, master)
        owner = self.token.owner.user(self.token.scopes)
        effective = acting_as.user if acting_as else ""
        ask = Ask(at, asked, Voice(owner, (self.activity,), self.agent, effective), master)
        behind = self._behind(asked)
        audit_id = self.scene.proxied(behind, ask, effective) if behind else self.scene.audit(KUBE, ask, audit_id)
        self._count(at, asked, audit_id, acting_as.actor if acting_as else "")

    def delete(self, at: int, by: "Visit | None" = None) -> None:
        """Delete the token, as its owner or as somebody else in a visit of their own."""
        who = by or self
        who.use(at, self.token.deletion())
        kind = "logout" if who.token.owner == self.token.owner else "revoked"
        self.ended(at, who.token.owner.name, kind)

    def ended(self, at: int, by: str, kind: str) -> None:
        """Note the end."""
        self.token.dead = True
        # What ends a session is its last moment, though its answer comes a little later.
        self.last_seen = min(self.last_seen, at)
        self.end = OAuthEnd.model_validate(
            {"logout_at": stamp(at), "actor": self.token.owner.name, "by": by, "kind": kind, "credential_id": self.token.name}
        )

    def try_dead(self, at: int, asked: Call, address: str, agent: str) -> str:
        """Use the token after its end: two look-ups find nothing, and the request is nobody's."""
        master = self.scene.dice.below(len(self.scene.cluster.masters))
        return self.scene.dead_token(Ask(at, asked, Voice("{}", (address,), agent), master), self.token.name)

    def close(self, horizon: int) -> OAuthSession:
        """State the session: what was not deleted ends by its life, its inactivity or a gap, whichever is first."""
        if self.end is None:
            self._time_ends(horizon)
        end = self.end
        return OAuthSession.model_validate(
            {
                "actor": self.token.owner.name,
                "credential_id": self.token.name,
                "client_ip": self.address,
                "activity_ip": self.activity,
                "method": self.method,
                "started_at": stamp(self.token.created),
                "last_seen_at": stamp(self.last_seen),
                "ended_at": end.logout_at if end else "",
                "end_reason": end.kind if end else "open",
                "requests": self.requests,
                "writes": self.writes,
                "denied": len(self.denials),
                "acting_as": sorted(self.acting_as),
            }
        )

    def _time_ends(self, horizon: int) -> None:
        expires = min(self.token.expires, self.token.inactive or self.token.expires)
        if expires <= self.last_seen + SESSION_GAP:
            if expires < horizon:
                self.ended(expires, "", "expired")
        elif self.last_seen + SESSION_GAP < horizon:
            self.ended(self.last_seen, "", "idle")

    def _count(self, at: int, asked: Call, audit_id: str, acting_as: str) -> None:
        self.last_seen = max(self.last_seen, at + asked.lasts)
        self.requests += 1
        self.writes += asked.writes
        if acting_as:
            self.acting_as.add(acting_as)
        if asked.answer.denied:
            fact = {"denied_at": stamp(at), "audit_id": audit_id, "actor": self.token.owner.name, "client_ip": self.activity}
            self.denials.append(OAuthDenial.model_validate(fact | {"acting_as": acting_as}))

    def _behind(self, asked: Call) -> str:
        """Name the server behind the kube-apiserver that serves a kind."""
        group = asked.target.group if asked.target else ""
        if group in _OAUTH_GROUPS:
            return OAUTH
        return OPENSHIFT if group.endswith(".openshift.io") else ""

    def _validate(self, at: int, master: int) -> None:
        """Look the token up unless this master has done so lately, and raise its timeout after a third of it."""
        token = self.token
        if at - self._looked_up.get(master, at - _CACHE - 1) > _CACHE:
            self._looked_up[master] = at
            self.scene.internal(at - 4 * MILLISECOND, master, lookup(token.name, found=True))
            if token.inactivity and at - token.beat > token.inactivity * SECOND // 3:
                token.beat = at
                token.inactive_after = (at - token.created) // SECOND + token.inactivity
                self.scene.internal(at - 2 * MILLISECOND, master, token.heartbeat())
