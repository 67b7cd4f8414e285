"""The ways in: what each leaves in the oauth-server's and the oauth-apiserver's logs until there is a token."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from auditradar.ingest.simulate.api import Answer, Call
from auditradar.ingest.simulate.clock import MILLISECOND, SECOND
from auditradar.ingest.simulate.openshift import keycloak
from auditradar.ingest.simulate.openshift.answers import BASIC_REFUSED, CHALLENGED, FOUND, LoginAnswer
from auditradar.ingest.simulate.openshift.cluster import (
    ARGO_HOST,
    ARGO_POD,
    BROWSER,
    CONSOLE_HOST,
    CONSOLE_POD,
    GO,
    GRAFANA_HOST,
    GRAFANA_POD,
    OAUTH,
    OAUTH_AGENT,
    OAUTH_HOST,
    Account,
)
from auditradar.ingest.simulate.openshift.router import Road, Router, console_line
from auditradar.ingest.simulate.openshift.scene import Ask, Scene, decided
from auditradar.ingest.simulate.openshift.tokens import DAY_SECONDS, FULL, Token, token_name
from auditradar.ingest.simulate.wire import Voice


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Be an OAuth client; `pod` is who exchanges the code, empty for the person's own machine."""

    name: str
    method: str
    redirect: str
    pod: str = ""
    expires_in: int = DAY_SECONDS
    inactivity: int = 0
    scopes: tuple[str, ...] = FULL

    def address(self, state: str) -> str:
        """Give the address of the authorization request."""
        scope = "" if self.name == "openshift-challenging-client" else f"&scope={quote(self.scopes[0], safe='')}&state={state}"
        return (
            f"/oauth/authorize?client_id={quote(self.name, safe='')}&redirect_uri={quote(self.redirect, safe='')}&response_type=code{scope}"
        )


CONSOLE = OAuthClient("console", "web-console", f"{CONSOLE_HOST}/auth/callback", CONSOLE_POD)
CHALLENGING = OAuthClient("openshift-challenging-client", "oc", f"{OAUTH_HOST}/oauth/token/implicit")
CLI = OAuthClient("openshift-cli-client", "oc-web", "http://127.0.0.1:41037/callback", inactivity=1200)
DISPLAY = OAuthClient("openshift-browser-client", "token-display", f"{OAUTH_HOST}/oauth/token/display", "self")
ARGO_ACCOUNT = "system:serviceaccount:openshift-gitops:openshift-gitops-argocd-dex-server"
ARGO = OAuthClient(ARGO_ACCOUNT, "service-account-oauth", f"{ARGO_HOST}/api/dex/callback", ARGO_POD, scopes=("user:info",))
GRAFANA = OAuthClient("grafana", "other", f"{GRAFANA_HOST}/login/generic_oauth", GRAFANA_POD, expires_in=4 * 3600)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Be somebody who wants in: who, for which client, on which road."""

    account: Account
    client: OAuthClient
    road: Road


class Ways:
    """Let people in, or refuse them."""

    def __init__(self, scene: Scene, router: Router) -> None:
        self._scene = scene
        self._router = router
        self._dice = scene.dice

    def road(self, address: str, *, direct: bool) -> Road:
        """Choose the oauth-server that answers, and the way to it."""
        return Road(self._scene, self._router, address, direct, self._dice.below(len(self._scene.cluster.oauth_pods)))

    def challenge(self, at: int, client: OAuthClient, road: Road, state: str) -> None:
        """Send a browser that is not logged in to the form."""
        asked = Call("get", client.address(state), lasts=9 * MILLISECOND)
        self._scene.oauth(at, decided(asked, "deny", answer=FOUND), road.seen, BROWSER, road.pod)

    def show_form(self, at: int, provider: str, client: OAuthClient, road: Road, state: str) -> None:
        """Show the form of a provider."""
        shown = Call("get", f"/login/{provider}?then={quote(client.address(state), safe='')}", lasts=6 * MILLISECOND)
        self._scene.oauth(at, shown, road.seen, BROWSER, road.pod)

    def post_form(self, at: int, provider: str, name: str, decision: str, road: Road) -> str:
        """Send the form; the answer is 302 whatever was decided, and nothing is noted where the form itself was stale."""
        sent = Call("post", f"/login/{provider}", lasts=80 * MILLISECOND)
        return self._scene.oauth(at, decided(sent, decision, name if decision else "", FOUND), road.seen, BROWSER, road.pod)

    def by_form(self, at: int, who: Arrival) -> tuple[int, Token]:
        """Log in with a browser and the oauth-server's form; give when the password was accepted, and the token."""
        state = self._dice.hexadecimal(32)
        self.challenge(at, who.client, who.road, state)
        self.show_form(at + 120 * MILLISECOND, who.account.provider, who.client, who.road, state)
        typed = at + self._dice.between(4, 15) * SECOND
        self.post_form(typed, who.account.provider, who.account.name, "allow", who.road)
        return typed, self.by_cookie(typed + 90 * MILLISECOND, who, state, since=at)

    def by_provider(self, at: int, who: Arrival) -> tuple[int, Token]:
        """Log in at Keycloak, which sends the browser back with a code."""
        state = self._dice.hexadecimal(32)
        self.challenge(at, who.client, who.road, state)
        typed = at + self._dice.between(4, 15) * SECOND
        keycloak.login_line(self._scene, typed, keycloak.Visitor(who.account.name, who.account.uid, who.road.address))
        back = typed + 150 * MILLISECOND
        self.callback(back, "allow", who.account.name, who.road)
        return back, self.by_cookie(back + 90 * MILLISECOND, who, state, since=at)

    def callback(self, at: int, decision: str, name: str, road: Road) -> str:
        """Come back from the provider."""
        query = f"code={self._dice.hexadecimal(40)}&state={self._dice.hexadecimal(32)}" if decision == "allow" else "error=access_denied"
        asked = Call("get", f"/oauth2callback/keycloak?{query}", lasts=140 * MILLISECOND)
        return self._scene.oauth(at, decided(asked, decision, name, FOUND), road.seen, BROWSER, road.pod)

    def by_cookie(self, at: int, who: Arrival, state: str, *, since: int = 0) -> Token:
        """Use the session of the oauth-server again: this makes a code, and the client exchanges it for a token."""
        road, client = who.road, who.client
        asked = Call("get", client.address(state), lasts=60 * MILLISECOND)
        self._scene.oauth(at, decided(asked, "allow", who.account.name, FOUND), road.seen, BROWSER, road.pod)
        road.passed(since or at, at + asked.lasts)
        if client is CONSOLE:
            console_line(self._scene, at + asked.lasts + 30 * MILLISECOND, road.address, self._dice.hexadecimal(40), state)
        agent = BROWSER if client.pod == "self" else GO
        exchanger = self.road(client.pod, direct=False) if client.pod not in {"", "self"} else road
        return self._exchange(at + 20 * MILLISECOND, replace(who, road=exchanger), agent, state)

    def consent(self, at: int, who: Arrival) -> None:
        """Ask whether the client may, and hear yes."""
        query = who.client.address(self._dice.hexadecimal(32)).partition("?")[2]
        for moment, verb, code in ((at, "get", 200), (at + 2 * SECOND, "post", 302)):
            asked = Call(verb, f"/oauth/authorize/approve?{query}", lasts=20 * MILLISECOND)
            shown = decided(asked, "allow", who.account.name, LoginAnswer(code))
            self._scene.oauth(moment, shown, who.road.seen, BROWSER, who.road.pod)

    def by_password(self, at: int, who: Arrival) -> tuple[int, Token]:
        """Log in with `oc login -u`: a probe without a password, then with it."""
        road = who.road
        self.probe(at, road)
        typed = at + 90 * MILLISECOND
        asked = Call("get", who.client.address(""), lasts=320 * MILLISECOND)
        self._scene.oauth(typed, decided(asked, "allow", who.account.name, FOUND), road.seen, GO, road.pod)
        road.passed(at, typed + 700 * MILLISECOND)
        return typed, self._exchange(typed + 300 * MILLISECOND, who, GO, "")

    def probe(self, at: int, road: Road) -> None:
        """Ask without a password, as oc does to learn what is wanted."""
        asked = Call("get", CHALLENGING.address(""), lasts=4 * MILLISECOND)
        self._scene.oauth(at, decided(asked, "deny", answer=CHALLENGED), road.seen, GO, road.pod)

    def wrong_password(self, at: int, name: str, road: Road) -> tuple[int, str]:
        """Fail with `oc login -u`."""
        self.probe(at, road)
        typed = at + 80 * MILLISECOND
        asked = Call("get", CHALLENGING.address(""), lasts=60 * MILLISECOND)
        audit_id = self._scene.oauth(typed, decided(asked, "deny", name, BASIC_REFUSED), road.seen, GO, road.pod)
        road.passed(at, typed + asked.lasts)
        return typed, audit_id

    def wrong_form(self, at: int, name: str, provider: str, decision: str, road: Road) -> tuple[int, str]:
        """Fail with the form: `deny` for a wrong password, `error` where the provider is down, nothing where the form is stale."""
        state = self._dice.hexadecimal(32)
        self.challenge(at, CONSOLE, road, state)
        self.show_form(at + 100 * MILLISECOND, provider, CONSOLE, road, state)
        typed = at + self._dice.between(3, 9) * SECOND
        audit_id = self.post_form(typed, provider, name, decision, road)
        road.passed(at, typed + 80 * MILLISECOND)
        return typed, audit_id

    def _exchange(self, at: int, who: Arrival, agent: str, state: str) -> Token:
        """Make the authorize token, exchange it, make the access token."""
        road, client = who.road, who.client
        created = at + 330 * MILLISECOND
        # The second of creationTimestamp must be the second of the request.
        created += 100 * MILLISECOND if created % SECOND > 900 * MILLISECOND else 0
        token = self._token(who, created)
        self._server_call(at, token.authorization("create", state), road.pod)
        exchange = at + 290 * MILLISECOND
        self._scene.oauth(exchange, Call("post", "/oauth/token", answer=Answer(), lasts=80 * MILLISECOND), road.seen, agent, road.pod)
        if client.pod not in {"", "self"}:
            replace(road, idle=0).passed(exchange, exchange + 80 * MILLISECOND)
        self._server_call(exchange + 10 * MILLISECOND, token.authorization("get", state), road.pod)
        self._server_call(created, token.creation(), road.pod)
        self._server_call(created + 20 * MILLISECOND, token.authorization("delete", state), road.pod)
        return token

    def _token(self, who: Arrival, created: int) -> Token:
        client = who.client
        return Token(
            name=token_name(self._dice),
            authorize=token_name(self._dice),
            uid=self._dice.uuid(),
            owner=who.account,
            client=client.name,
            redirect=client.redirect,
            created=created,
            expires_in=client.expires_in,
            inactivity=client.inactivity,
            inactive_after=client.inactivity,
            beat=created,
            scopes=client.scopes,
        )

    def _server_call(self, at: int, asked: Call, pod: int) -> None:
        """Let the oauth-server write a token: a front copy without bodies, and the oauth-apiserver's own."""
        here = self._scene.cluster.oauth_pods[pod]
        voice = Voice(here.identity, (here.address,), OAUTH_AGENT)
        self._scene.proxied(OAUTH, Ask(at, asked, voice, here.master, "service-account"))
