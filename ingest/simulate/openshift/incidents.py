"""The stories of an OpenShift week: wrong passwords, broken providers, dead tokens, two at once, and who ends whose session."""

from collections.abc import Callable
from dataclasses import replace

from auditradar.ingest.simulate.api import Answer, Call, Target, call
from auditradar.ingest.simulate.clock import DAY, HOUR, MILLISECOND, MINUTE, SECOND, stamp
from auditradar.ingest.simulate.identity import ANONYMOUS
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.openshift import keycloak
from auditradar.ingest.simulate.openshift.answers import FOUND
from auditradar.ingest.simulate.openshift.cluster import ADMIN_HOST, BROWSER, GO, GRAFANA_POD, OAUTH, OC, Account
from auditradar.ingest.simulate.openshift.journal import Journal
from auditradar.ingest.simulate.openshift.scene import Ask
from auditradar.ingest.simulate.openshift.tokens import token_name
from auditradar.ingest.simulate.openshift.visit import Visit
from auditradar.ingest.simulate.openshift.ways import ARGO, CHALLENGING, CONSOLE, GRAFANA, Arrival
from auditradar.ingest.simulate.truth import Anomaly
from auditradar.ingest.simulate.wire import Voice

_PODS = call("list", Target("pods", "shop"), "limit=500")
_DELETERS = 'RBAC: allowed by ClusterRoleBinding "system:oauth-token-deleters" of ClusterRole "system:oauth-token-deleter" to Group '
_ATTACKER = "192.0.2.44"


class Incidents:
    """Tell the stories, each at an hour of a day at which nobody else comes in."""

    def __init__(self, journal: Journal, things: Inventory) -> None:
        self._journal = journal
        self._scene = journal.scene
        self._ways = journal.ways
        self._things = things
        self._plan = journal.scene.plan
        self._dice = journal.scene.dice
        self.told: list[Anomaly] = []

    def tell(self) -> None:
        """Tell every story whose hour lies in the plan."""
        stories: tuple[tuple[int, float, Callable[[int], str]], ...] = (
            (0, 12.0, self._guessing),
            (0, 13.0, self._typo),
            (1, 12.2, self._directory_down),
            (1, 12.5, self._provider_refuses),
            (1, 12.9, self._stale_form),
            (2, 2.25, self._break_glass),
            (2, 12.1, self._used_after_logout),
            (2, 13.2, self._unknown_token),
            (3, 12.3, self._revoked),
            (3, 13.1, self._deleted_by_nobody),
            (3, 19.0, self._two_at_once),
            (4, 2.0, self._used_after_expiry),
            (4, 12.4, self._silent),
            (4, 13.0, self._own_audit_id),
            (4, 19.5, self._elsewhere),
        )
        midnight = self._plan.first - self._plan.first % DAY
        for day, hour, story in stories:
            at = midnight + day * DAY + int(hour * 3600) * SECOND + self._dice.below(30 * SECOND)
            if self._plan.first <= at and at + 5 * HOUR < self._plan.horizon:
                sentence = story(at)
                fact = {
                    "what": story.__name__.strip("_").replace("_", "-"),
                    "at": stamp(at),
                    "until": stamp(at),
                    "actor": "",
                    "client_ip": "",
                }
                self.told.append(Anomaly.model_validate(fact | {"requests": 0, "sentence": sentence}))

    def _person(self, name: str, provider: str) -> Account:
        return Account(name, provider, self._dice.uuid())

    def _guessing(self, at: int) -> str:
        """Try alice's password again and again."""
        for number in range(6):
            road = self._ways.road(_ATTACKER, direct=False)
            typed, audit_id = self._ways.wrong_form(at + number * 40 * SECOND, "alice", "htpasswd", "deny", road)
            self._journal.failed(typed, "bad-password", "alice", road, audit_id)
        return "Somebody behind the router tries six passwords of alice in the form."

    def _typo(self, at: int) -> str:
        """Mistype with oc, then succeed."""
        judy = self._person("judy", "htpasswd")
        for number in range(2):
            road = self._ways.road("203.0.113.250", direct=True)
            typed, audit_id = self._ways.wrong_password(at + number * 9 * SECOND, "judy", road)
            self._journal.failed(typed, "bad-password", "judy", road, audit_id)
        road = self._ways.road("203.0.113.250", direct=True)
        visit = self._journal.come_in(at + 40 * SECOND, "password", Arrival(judy, CHALLENGING, road), OC)
        self._use_and_leave(visit)
        return "judy mistypes her password twice with oc, then comes in."

    def _directory_down(self, at: int) -> str:
        """Come in while the directory does not answer."""
        road = self._ways.road("198.51.100.240", direct=False)
        typed, audit_id = self._ways.wrong_form(at, "erin", "ldap", "error", road)
        self._journal.failed(typed, "idp-error", "erin", road, audit_id)
        return "The directory does not answer when erin wants to come in."

    def _provider_refuses(self, at: int) -> str:
        """Be refused by Keycloak, then give up there."""
        road = self._ways.road("198.51.100.241", direct=False)
        state = self._dice.hexadecimal(32)
        self._ways.challenge(at, CONSOLE, road, state)
        wrong = at + 8 * SECOND
        keycloak.error_line(self._scene, wrong, keycloak.Visitor("carol", "", road.address))
        self._journal.failed(wrong // MILLISECOND * MILLISECOND, "idp-denied", "carol", road.address)
        back = at + 45 * SECOND
        audit_id = self._ways.callback(back, "error", "", road)
        road.passed(at, back + 140 * MILLISECOND)
        self._journal.failed(back, "idp-error", "", road, audit_id)
        return "carol mistypes at Keycloak, gives up, and is sent back with an error."

    def _stale_form(self, at: int) -> str:
        """Send a form that has lain open too long: not an attempt."""
        self._ways.wrong_form(at, "", "htpasswd", "", self._ways.road("198.51.100.242", direct=False))
        return "A form whose CSRF token has expired is sent: nothing was tried."

    def _break_glass(self, at: int) -> str:
        """Use the bootstrap administrator at night, in the console, and end the cookie too."""
        admin = Account("kube:admin", "kube:admin")
        road = self._ways.road(ADMIN_HOST, direct=True)
        typed, audit_id = self._ways.wrong_form(at, "kubeadmin", "kube:admin", "deny", road)
        self._journal.failed(typed, "bad-password", "kube:admin", road, audit_id)
        visit = self._journal.come_in(at + 50 * SECOND, "form", Arrival(admin, CONSOLE, self._ways.road(ADMIN_HOST, direct=True)), BROWSER)
        self._use_and_leave(visit)
        ended = visit.last_seen + SECOND
        self._scene.oauth(ended, Call("post", "/logout", answer=FOUND, lasts=3 * MILLISECOND), ADMIN_HOST, BROWSER, road.pod)
        return "The bootstrap administrator comes in at night after a wrong password, and logs out."

    def _used_after_logout(self, at: int) -> str:
        """Log out, then go on with the old token."""
        road = self._ways.road("203.0.113.251", direct=True)
        visit = self._journal.come_in(at, "password", Arrival(self._person("ken", "ldap"), CHALLENGING, road), OC)
        self._use_and_leave(visit)
        again = visit.last_seen + 7 * MINUTE
        audit_id = visit.try_dead(again, _PODS, "203.0.113.251", OC)
        self._journal.failed(again, "unknown-or-expired-token", "ken", "203.0.113.251", audit_id)
        return "ken's script goes on with a token after oc logout."

    def _used_after_expiry(self, at: int) -> str:
        """Go on with a token whose four hours are over."""
        road = self._ways.road("203.0.113.254", direct=True)
        visit = self._journal.come_in(at, "form", Arrival(self._person("trent", "ldap"), GRAFANA, road), GO)
        visit.use(visit.token.created + 3 * HOUR, _PODS)
        again = visit.token.expires + 3 * MINUTE
        audit_id = visit.try_dead(again, _PODS, GRAFANA_POD, GO)
        self._journal.failed(again, "unknown-or-expired-token", "trent", GRAFANA_POD, audit_id)
        return "Grafana goes on with trent's token after its four hours."

    def _own_audit_id(self, at: int) -> str:
        """Send the same Audit-ID with every request: none may be lost for it."""
        road = self._ways.road("203.0.113.249", direct=True)
        visit = self._journal.come_in(at, "password", Arrival(self._person("victor", "ldap"), CHALLENGING, road), OC)
        chosen = self._dice.uuid()
        for number in range(4):
            visit.use(visit.token.created + (number + 1) * 20 * SECOND, _PODS, audit_id=chosen)
        visit.delete(visit.token.created + 3 * MINUTE)
        return "victor's script sends the same Audit-ID with all its requests."

    def _unknown_token(self, at: int) -> str:
        """Try tokens that never were."""
        for number in range(3):
            tried = at + number * 11 * SECOND
            audit_id = self._scene.dead_token(Ask(tried, _PODS, Voice("{}", (_ATTACKER,), "curl/8.14.1"), 0), token_name(self._dice))
            self._journal.failed(tried, "unknown-or-expired-token", "", _ATTACKER, audit_id)
        return "Somebody tries three tokens that this cluster never gave to anybody."

    def _revoked(self, at: int) -> str:
        """Let an administrator end somebody else's session."""
        road = self._ways.road("203.0.113.252", direct=True)
        victim = self._journal.come_in(at, "password", Arrival(self._person("laura", "htpasswd"), CHALLENGING, road), OC)
        victim.use(at + 30 * SECOND, _PODS)
        road = self._ways.road("203.0.113.9", direct=True)
        officer = self._journal.come_in(at + 5 * MINUTE, "password", Arrival(self._person("olivia", "ldap"), CHALLENGING, road), OC)
        victim.delete(at + 6 * MINUTE, by=officer)
        officer.delete(at + 7 * MINUTE)
        return "olivia, an administrator, revokes laura's token."

    def _deleted_by_nobody(self, at: int) -> str:
        """Delete a token without any credential, as old clusters allow."""
        road = self._ways.road("198.51.100.243", direct=False)
        visit = self._journal.come_in(at, "form", Arrival(self._person("mike", "htpasswd"), CONSOLE, road), BROWSER)
        visit.use(at + 40 * SECOND, _PODS)
        gone = at + 9 * MINUTE
        allowed = Answer(grant=_DELETERS + '"system:unauthenticated"')
        voice = Voice(ANONYMOUS.user, (_ATTACKER,), "curl/8.14.1")
        deletion = replace(visit.token.deletion(), answer=allowed)
        self._scene.proxied(OAUTH, Ask(gone, deletion, voice, 0, "anonymous"))
        visit.ended(gone, "system:anonymous", "revoked")
        return "Somebody without any credential deletes mike's token."

    def _two_at_once(self, at: int) -> str:
        """Let two people reach the same oauth-server through the router at once: nobody can tell them apart."""
        first = replace(self._ways.road("198.51.100.244", direct=False), idle=MINUTE)
        second = replace(first, address="198.51.100.245")
        self._use_and_leave(self._journal.come_in(at, "form", Arrival(self._person("nina", "htpasswd"), CONSOLE, first), BROWSER))
        self._use_and_leave(
            self._journal.come_in(at + SECOND, "form", Arrival(self._person("peggy", "htpasswd"), CONSOLE, second), BROWSER)
        )
        return "nina and peggy come in through the router at the same moment."

    def _silent(self, at: int) -> str:
        """Open Argo CD while the console's cookie still holds: a token, but no login."""
        road = self._ways.road("203.0.113.253", direct=True)
        person = self._person("rupert", "htpasswd")
        visit = self._journal.come_in(at, "form", Arrival(person, CONSOLE, road), BROWSER)
        self._ways.consent(at + 20 * MINUTE - 3 * SECOND, Arrival(person, ARGO, road))
        self._journal.stay_in(at + 20 * MINUTE, Arrival(person, ARGO, road))
        self._use_and_leave(visit, after=25 * MINUTE)
        return "rupert opens Argo CD with the console's cookie: nobody logs in."

    def _elsewhere(self, at: int) -> str:
        """Log in at the provider for something that is not the cluster."""
        keycloak.login_line(self._scene, at, keycloak.Visitor("sybil", self._dice.uuid(), "198.51.100.246"), "wiki")
        self._journal.provider_only(at // MILLISECOND * MILLISECOND, "sybil", "wiki", "198.51.100.246")
        return "sybil logs in to the wiki with the same provider."

    def _use_and_leave(self, visit: Visit, after: int = 3 * MINUTE) -> None:
        visit.use(visit.token.created + after // 2, _PODS)
        visit.delete(visit.token.created + after)
