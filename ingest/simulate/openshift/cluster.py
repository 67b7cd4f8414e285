"""Where things stand in the simulated OpenShift cluster: masters, pods, the router, the addresses that servers see."""

from dataclasses import dataclass

from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import internal, service_account, user_json

DOMAIN = "apps.demo.example.com"
OAUTH_HOST = f"https://oauth-openshift.{DOMAIN}"
CONSOLE_HOST = f"https://console-openshift-console.{DOMAIN}"
ARGO_HOST = f"https://openshift-gitops-server-openshift-gitops.{DOMAIN}"
GRAFANA_HOST = f"https://grafana.{DOMAIN}"

# The oauth-server sees the router where it passes TLS through (audit-facts 3.3).
ROUTER = "10.131.0.5"
CONSOLE_POD = "10.128.0.47"
ARGO_POD = "10.131.2.30"
GRAFANA_POD = "10.131.2.31"
ADMIN_HOST = "203.0.113.9"

KUBE, OPENSHIFT, OAUTH, SERVER = "kube-apiserver", "openshift-apiserver", "oauth-apiserver", "oauth-server"
COMPONENTS = (KUBE, OPENSHIFT, OAUTH, SERVER)
ROUTER_LOG = "router-default-65dccc49cc-2cshx/haproxy.log"
KEYCLOAK_LOG = "keycloak-0/keycloak.log"

OC = "oc/4.19.0 (linux/amd64) kubernetes/5af594d"
GO = "Go-http-client/1.1"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
OAUTH_AGENT = "oauth-server/v0.0.0 (linux/amd64) kubernetes/$Format"
LOOKUP_AGENT = "oauth-apiserver/v0.0.0 (linux/amd64) kubernetes/$Format"


@dataclass(frozen=True, slots=True)
class OAuthPod:
    """Be one replica of the oauth-server, on one master."""

    name: str
    address: str
    master: int
    identity: str


class Cluster:
    """Hold what has a name: as many masters as the plan has API servers."""

    def __init__(self, seed: int, masters: int) -> None:
        dice = Dice(seed, "openshift")
        self.masters = tuple(f"master-{number}" for number in range(masters))
        self.oauth_pods = tuple(self._oauth_pod(dice, number) for number in range(masters))
        self.apiserver = internal("system:apiserver", ("system:masters",), "control-plane", dice.uuid()).user

    @staticmethod
    def _oauth_pod(dice: Dice, master: int) -> OAuthPod:
        name = f"oauth-openshift-{dice.letters(10)}-{dice.letters(5)}"
        bound = (("authentication.kubernetes.io/pod-name", (name,)), ("authentication.kubernetes.io/pod-uid", (dice.uuid(),)))
        account = service_account("openshift-authentication", "oauth-openshift", dice.uuid(), dice.uuid(), bound)
        return OAuthPod(name, f"10.{128 + master}.0.42", master, account.user)

    def inner(self, master: int) -> str:
        """Give the address with which a kube-apiserver asks the servers behind it."""
        return f"10.{128 + master}.0.2"

    def logs(self) -> list[str]:
        """Name all files under `logs`: the kube-apiservers' first, in the order of the masters."""
        audit = [f"{master}/{component}/audit.log" for component in COMPONENTS for master in self.masters]
        return [*audit, ROUTER_LOG, KEYCLOAK_LOG]


@dataclass(frozen=True, slots=True)
class Account:
    """Be a user of the cluster: as the provider knows it and as events show it."""

    name: str
    provider: str
    uid: str = ""
    admin: bool = False

    def user(self, scopes: tuple[str, ...]) -> str:
        """Write `user` of a request with an OAuth token (oauth-apiserver pkg/tokenvalidation/tokenauthenticator.go)."""
        extra = (("scopes.authorization.openshift.io", scopes),)
        if self.name == "kube:admin":
            return user_json(self.name, ("system:cluster-admins", "system:authenticated"), extra=extra)
        return user_json(self.name, ("system:authenticated:oauth", "system:authenticated"), self.uid, extra)
