"""The words of the design (§3, §4, §9) as plain functions: who is human, what a credential is, what became of a request."""

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

_ACTORS = {
    "": "unauthenticated",
    "system:anonymous": "anonymous",
    "system:admin": "human",
    "kubernetes-admin": "human",
    "kube:admin": "human",
    "kubeadmin": "human",
    "minikube-user": "human",
    "masterclient": "human",
    "system:apiserver": "control-plane",
    "system:aggregator": "control-plane",
    "system:cloud-controller-manager": "control-plane",
    "system:monitoring": "control-plane",
    "aksService": "cloud-service",
}
_ACTOR_PREFIXES = (
    ("system:serviceaccount:", "service-account"),
    ("system:node:", "node"),
    ("system:bootstrap:", "node"),
    ("system:kube-", "control-plane"),
    ("system:openshift-", "control-plane"),
    ("system:k3s-", "control-plane"),
    ("system:rke2-", "control-plane"),
    ("eks:", "cloud-service"),
    ("system:gke-", "cloud-service"),
)

# (user agent, client, method, whether a person sits in front of it)
_CLIENTS = (
    (r"kubectl[0-9.]*(\.exe)?/", "kubectl", "kubectl", True),
    (r"oc(\.exe)?/", "oc", "oc", True),
    (r"k9s(\.exe)?/", "k9s", "other", True),
    (r"[Hh]elm/", "helm", "helm", True),
    (r".*([Hh]eadlamp)", "headlamp", "web-console", True),
    (r"(?i:(open)?lens)", "lens", "web-console", True),
    (r"Mozilla/", "browser", "web-console", True),
    (r".*Terraform/", "terraform", "terraform", False),
    (r"argocd", "argocd", "gitops", False),
    (r"(source|kustomize|helm|notification)-controller/|flux", "flux", "gitops", False),
    (r"curl/", "curl", "api-token", False),
    (r"python-requests/", "python", "api-token", False),
    (r"Go-http-client/", "go-http", "api-token", False),
    (r"kube-probe/", "kube-probe", "other", False),
    (r"Prometheus/", "prometheus", "other", False),
)
_TOKENS = {"service-account-token", "oidc-token", "openshift-oauth", "static-or-bootstrap-token", "eks-iam", "unknown"}
_OUTCOMES = {401: "unauthenticated", 403: "forbidden", 404: "not-found", 409: "conflict", 422: "invalid", 429: "throttled"}
_FORWARDED = {"apps", "authorization", "build", "image", "oauth", "project", "quota", "route", "security", "template", "user"}
_CHANGES = {"create", "update", "patch", "delete", "deletecollection"}
_CONNECTIONS = {"exec", "attach", "portforward", "proxy"}

User = Mapping[str, Any]


def actor_kind(username: str) -> str:
    if username in _ACTORS:
        return _ACTORS[username]
    return next((kind for prefix, kind in _ACTOR_PREFIXES if username.startswith(prefix)), "human")


def person_of(name: str) -> str:
    """Say who a name means: what is typed for the bootstrap administrator, and what the platform calls it, are one."""
    return "kube:admin" if name == "kubeadmin" else name


def is_forwarded(uri: str) -> bool:
    """Say whether kube-apiserver hands a request on to OpenShift's aggregated servers."""
    group = uri.partition("?")[0].removeprefix("/apis/").partition("/")[0] if uri.startswith("/apis/") else ""
    return group.endswith(".openshift.io") and group.removesuffix(".openshift.io") in _FORWARDED


def _extra(user: User, key: str) -> str:
    values = (user.get("extra") or {}).get(key) or [""]
    return str(values[0])


def credential_id(user: User) -> str:
    return _extra(user, "authentication.kubernetes.io/credential-id") or _extra(user, "accessKeyId")


def credential_kind(user: User) -> str:  # noqa: PLR0911 - one kind a line, the first that fits
    name = user.get("username", "")
    extra = user.get("extra") or {}
    if not name:
        return "none"
    if name == "system:anonymous":
        return "anonymous"
    if credential_id(user).startswith("X509SHA256="):
        return "x509"
    if "accessKeyId" in extra or "sigs.k8s.io/aws-iam-authenticator/principalId" in extra:
        return "eks-iam"
    if "scopes.authorization.openshift.io" in extra:
        return "openshift-oauth"
    if name.startswith("system:serviceaccount:"):
        return "service-account-token"
    return "oidc-token" if credential_id(user).startswith("JTI=") else "unknown"


@lru_cache(maxsize=1024)
def _client(user_agent: str) -> tuple[str, str, bool]:
    for pattern, client, method, interactive in _CLIENTS:
        if re.match(pattern, user_agent):
            return client, method, interactive
    return re.split(r"[/\s]", user_agent)[0][:64], "other", False


def client_of(user_agent: str) -> str:
    return _client(user_agent)[0]


def method_of(user_agent: str, kind: str) -> str:
    method = _client(user_agent)[1]
    return "other" if method == "api-token" and kind not in _TOKENS else method


def is_interactive(user_agent: str) -> bool:
    return _client(user_agent)[2]


@lru_cache(maxsize=4096)
def address(text: str) -> str:
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


@lru_cache(maxsize=4096)
def _trusted(text: str, networks: tuple[str, ...]) -> bool:
    canonical = address(text)
    return bool(canonical) and any(ipaddress.ip_address(canonical) in ipaddress.ip_network(each, strict=False) for each in networks)


def client_ip(source_ips: Sequence[str], trusted: Iterable[str]) -> str:
    """Walk from the right over trusted proxies; when all are trusted, the leftmost is all there is."""
    networks = tuple(trusted)
    for text in reversed(source_ips):
        if not _trusted(text, networks):
            return address(text)
    return address(source_ips[0]) if source_ips else ""


def outcome_of(stage: str, code: int) -> str:
    if stage == "Panic":
        return "server-error"
    if code == 0:
        return "in-progress"
    if code < 400:
        return "success"
    return _OUTCOMES.get(code, "client-error" if code < 500 else "server-error")


def is_write(verb: str, resource: str, subresource: str) -> bool:
    return verb in _CHANGES and resource != "" and not resource.endswith("reviews") and subresource not in _CONNECTIONS


def is_health_probe(verb: str, uri: str) -> bool:
    path = uri.split("?", maxsplit=1)[0]
    return (verb == "head" and path in {"", "/"}) or path.split("/")[1:2] in (["healthz"], ["livez"], ["readyz"])
