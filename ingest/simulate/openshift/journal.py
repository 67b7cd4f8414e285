"""The keeper of the truth of an OpenShift story: visits, logins, failures, and what the logs can prove of each."""

from dataclasses import dataclass, field

from auditradar.ingest.simulate.api import Target, call
from auditradar.ingest.simulate.clock import MILLISECOND, stamp
from auditradar.ingest.simulate.openshift.cluster import GO
from auditradar.ingest.simulate.openshift.router import Road, Router
from auditradar.ingest.simulate.openshift.scene import Scene
from auditradar.ingest.simulate.openshift.truth import OAuthEnd, OAuthFailure, OAuthLogin
from auditradar.ingest.simulate.openshift.visit import SESSION_GAP, Visit
from auditradar.ingest.simulate.openshift.ways import Arrival, Ways


@dataclass(frozen=True, slots=True)
class Proof:
    """Be what was recorded of a login: when somebody proved who they are, on which road."""

    at: int
    road: Road


@dataclass(slots=True)
class Journal:
    """Collect logins and failures while they happen; what the router's log proves is known at the end."""

    scene: Scene
    router: Router
    ways: Ways
    visits: list[Visit] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    _silences: list[OAuthEnd] = field(default_factory=list)
    _logins: list[tuple[Proof | None, OAuthLogin]] = field(default_factory=list)
    _failures: list[tuple[Proof | None, OAuthFailure]] = field(default_factory=list)

    def come_in(self, at: int, way: str, who: Arrival, agent: str) -> Visit:
        """Log somebody in by `form`, `provider` or `password`; `agent` is the program that uses the token."""
        enter = {"form": self.ways.by_form, "provider": self.ways.by_provider, "password": self.ways.by_password}[way]
        proved, token = enter(at, who)
        account, client, road = who.account, who.client, who.road
        activity = road.address if client.pod in {"", "self"} else client.pod
        visit = Visit(self.scene, token, client.method, road.address, activity, agent, token.created)
        self.visits.append(visit)
        self._greet(visit)
        login = {
            "login_at": stamp(token.created),
            "proved_at": stamp(proved),
            "actor": account.name,
            "method": client.method,
            "client_name": client.name,
            "provider": "" if way == "password" else account.provider,
            "client_ip": road.address,
            "known_ip": road.address,
            "client_ip_evidence": "peer" if road.direct else "access-log",
            "credential_id": token.name,
            "evidence": "oauth-token",
        }
        self._logins.append((Proof(proved, road), OAuthLogin.model_validate(login)))
        return visit

    def stay_in(self, at: int, who: Arrival) -> None:
        """Get another token from the cookie of an earlier login: a session, but nobody logs in."""
        token = self.ways.by_cookie(at, who, self.scene.dice.hexadecimal(32))
        self.silent.append(token.name)
        self.visits.append(Visit(self.scene, token, who.client.method, who.road.address, who.client.pod, GO, token.created))

    def _greet(self, visit: Visit) -> None:
        """Ask who one is, as every client does first, and which projects there are, as oc and the console do."""
        at = visit.token.created + 200 * MILLISECOND
        visit.use(at, call("get", Target("users", name="~", group="user.openshift.io")))
        if visit.method in {"oc", "oc-web", "web-console"}:
            visit.use(at + 80 * MILLISECOND, call("list", Target("projects", group="project.openshift.io")))

    def provider_only(self, at: int, name: str, client: str, address: str) -> None:
        """Note a login at the provider for something else than the cluster: nothing is ever seen of it again, so it ends idle at once."""
        login = {
            "login_at": stamp(at),
            "proved_at": stamp(at),
            "actor": name,
            "method": "other",
            "client_name": client,
            "provider": "corp",
            "client_ip": address,
            "known_ip": address,
            "client_ip_evidence": "peer",
            "credential_id": "",
            "evidence": "idp",
        }
        self._logins.append((None, OAuthLogin.model_validate(login)))
        if at + SESSION_GAP < self.scene.plan.horizon:
            self._silences.append(OAuthEnd(logout_at=stamp(at), actor=name, by="", kind="idle", credential_id=""))

    def failed(self, at: int, kind: str, actor: str, where: Road | str, audit_id: str = "") -> None:
        """Note a failed attempt on a road to the oauth-server, or of an address that the record itself names."""
        address = where if isinstance(where, str) else where.address
        fact = {"attempted_at": stamp(at), "class": kind, "actor": actor, "client_ip": address, "known_ip": address, "audit_id": audit_id}
        proof = None if isinstance(where, str) else Proof(at, where)
        self._failures.append((proof, OAuthFailure.model_validate(fact)))

    def ends(self) -> list[OAuthEnd]:
        """Give all ends in the order of time; call it when the visits are closed."""
        known = [*self._silences, *(visit.end for visit in self.visits if visit.end)]
        return sorted(known, key=lambda end: (end.logout_at, end.actor))

    def logins(self) -> list[OAuthLogin]:
        """Give all logins in the order of time."""
        known = [self._proved(proof, login) for proof, login in self._logins]
        return sorted(known, key=lambda login: (login.login_at, login.actor))

    def failures(self) -> list[OAuthFailure]:
        """Give all failed attempts in the order of time."""
        known = [failure if self._is_known(proof) else failure.model_copy(update={"known_ip": ""}) for proof, failure in self._failures]
        return sorted(known, key=lambda failure: (failure.attempted_at, failure.actor))

    def _proved(self, proof: Proof | None, login: OAuthLogin) -> OAuthLogin:
        if self._is_known(proof):
            return login
        return login.model_copy(update={"known_ip": "", "client_ip_evidence": ""})

    def _is_known(self, proof: Proof | None) -> bool:
        """Tell whether a person's address can be known: seen directly, or of the only connection of that moment."""
        return proof is None or proof.road.direct or self.router.only_one(proof.road.pod, proof.at)
