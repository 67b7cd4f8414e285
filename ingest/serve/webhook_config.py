"""Write what an API server needs to send its audit events here: a kubeconfig, a policy, and where to put them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

from auditradar.ingest.errors import SettingsError
from auditradar.ingest.serve.senders import LABEL, LABEL_WORDS

_TOKEN = re.compile(r"(?!sha256:)[!-~]+")  # what an Authorization header carries, and no digest of one
KUBECONFIG_NAME = "audit-webhook.yaml"
POLICY_NAME = "audit-policy.yaml"
PLACES = {"kubeadm": "/etc/kubernetes", "k3s": "/etc/rancher/k3s", "rke2": "/etc/rancher/rke2"}
WEBHOOK_FLAGS = (
    ("audit-webhook-config-file", KUBECONFIG_NAME),
    ("audit-policy-file", POLICY_NAME),
)
BATCH_FLAGS = {"audit-webhook-batch-max-size": "400", "audit-webhook-batch-max-wait": "1s"}
"""400 events is the API server's default; 30 s is its default wait, and a second shows a login while it still matters."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Say where an API server sends, and how it shows who it is: a token, or a certificate and its key (paths on the node)."""

    server: str
    cluster: str
    token: str = ""
    ca: str = ""
    client_cert: str = ""
    client_key: str = ""


def read_token(path: Path) -> str:
    """Read a file that holds one token and nothing else; SettingsError never repeats what is in it."""
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as cause:
        words = cause.strerror if isinstance(cause, OSError) else "it is no UTF-8 text"
        raise SettingsError(f"cannot read the token {path}: {words}") from None
    if not token:
        raise SettingsError(f"cannot use the token of {path}: the file is empty; make one with: openssl rand -hex 32")
    return token


def check(webhook: Webhook) -> None:
    """Refuse what an API server could not use, or the receivers would not take."""
    _check_server(webhook)
    if not LABEL.fullmatch(webhook.cluster):
        raise SettingsError(f"cannot use the cluster {webhook.cluster!r}: its label has {LABEL_WORDS}")
    if webhook.token and not _TOKEN.fullmatch(webhook.token):
        raise SettingsError(
            "cannot use the token: it is no single word; give the sender's own token, not the file of tokens that `auditradar serve` reads"
        )
    if bool(webhook.client_cert) != bool(webhook.client_key):
        raise SettingsError("cannot write the kubeconfig: --client-cert and --client-key belong together; give both or none")


def _check_server(webhook: Webhook) -> None:
    server = webhook.server
    try:
        parts = urlsplit(server)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port beyond 65535, half a bracket
        usable = False
    if not usable:
        raise SettingsError(f"cannot use the server {server!r}: write it like https://auditradar.example.com:8080")
    if "@" in parts.netloc:
        raise SettingsError("cannot use the server: a name or password in it reaches nobody; give the sender's token with --token-file")
    if parts.path.strip("/") or parts.query:
        raise SettingsError(f"cannot use the server {server!r}: it ends behind the port; the path is added here")
    if parts.scheme == "http" and (webhook.token or webhook.client_cert):
        raise SettingsError(
            f"cannot use the server {server!r}: an API server shows its token or certificate over TLS only and would be answered "
            "401; write https:// and give `serve` --tls-cert and --tls-key"
        )


def kubeconfig(webhook: Webhook) -> str:
    """Write the file for --audit-webhook-config-file."""
    check(webhook)
    cluster: dict[str, Any] = {"server": f"{webhook.server.rstrip('/')}/v1/audit/{quote(webhook.cluster)}"}
    if webhook.ca:
        cluster["certificate-authority"] = webhook.ca
    user: dict[str, str] = {}
    if webhook.token:
        user["token"] = webhook.token
    if webhook.client_cert:
        user |= {"client-certificate": webhook.client_cert, "client-key": webhook.client_key}
    return _yaml(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "auditradar", "cluster": cluster}],
            "users": [{"name": "apiserver", "user": user}],
            "contexts": [{"name": "auditradar", "context": {"cluster": "auditradar", "user": "apiserver"}}],
            "current-context": "auditradar",
        }
    )


def policy() -> str:
    """Write an audit policy that shows everything AuditRadar derives and keeps no body: who, what, when, from where, with what result.

    RequestReceived is left out, it repeats the later stage. ResponseStarted stays: a refused credential (401) is recorded in that stage
    only, and it is how a watch or a shell shows while it is open.
    """
    quiet = {
        "level": "None",
        "nonResourceURLs": ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"],
        "userGroups": ["system:nodes"],
    }
    leases = {
        "level": "None",
        "users": ["system:kube-scheduler", "system:kube-controller-manager", "system:apiserver"],
        "verbs": ["get", "list", "watch", "update"],
        "resources": [{"group": "coordination.k8s.io", "resources": ["leases"]}],
    }
    nodes = {**leases, "userGroups": ["system:nodes"]}
    del nodes["users"]
    return _yaml(
        {
            "apiVersion": "audit.k8s.io/v1",
            "kind": "Policy",
            "omitStages": ["RequestReceived"],
            "rules": [quiet, leases, nodes, {"level": "Metadata"}],
        }
    )


def instructions(webhook: Webhook) -> str:
    """Say where the two files go and which flags are added, per distribution."""
    return "\n".join((_kubeadm(), _rancher("k3s"), _rancher("rke2"), _openshift(webhook)))


def _flags(folder: str) -> Mapping[str, str]:
    return {name: f"{folder}/{file}" for name, file in WEBHOOK_FLAGS} | BATCH_FLAGS


def _kubeadm() -> str:
    folder = PLACES["kubeadm"]
    lines = [f"    - --{name}={value}" for name, value in _flags(folder).items()]
    mounts = [f"    # and mount {folder}/{file} (volumes and volumeMounts, readOnly)" for _, file in WEBHOOK_FLAGS]
    return "\n".join(
        [
            "# kubeadm: on every control-plane node put both files into /etc/kubernetes and add to the command in",
            "# /etc/kubernetes/manifests/kube-apiserver.yaml; the kubelet restarts the API server by itself",
            *lines,
            *mounts,
            "",
        ]
    )


def _rancher(name: str) -> str:
    folder = PLACES[name]
    lines = [f"  - {flag}={value}" for flag, value in _flags(folder).items()]
    service = "k3s" if name == "k3s" else "rke2-server"
    head = f"# {name}: on every server node put both files into {folder} and add to {folder}/config.yaml; then: systemctl restart {service}"
    return "\n".join([head, "kube-apiserver-arg:", *lines, ""])


def _openshift(webhook: Webhook) -> str:
    """Write the ClusterLogForwarder: OpenShift has no webhook setting, its log collector sends what the API servers wrote."""
    output: dict[str, Any] = {
        "name": "auditradar",
        "type": "http",
        "http": {"url": f"{webhook.server.rstrip('/')}/v1/audit/{quote(webhook.cluster)}?platform=openshift", "method": "POST"},
    }
    output["http"]["authentication"] = {"token": {"from": "secret", "secret": {"name": "auditradar", "key": "token"}}}
    if webhook.ca:
        output["tls"] = {"ca": {"key": "ca.crt", "configMapName": "auditradar-ca"}}
    forwarder = {
        "apiVersion": "observability.openshift.io/v1",
        "kind": "ClusterLogForwarder",
        "metadata": {"name": "auditradar", "namespace": "openshift-logging"},
        "spec": {
            "serviceAccount": {"name": "auditradar"},
            "outputs": [output],
            "pipelines": [{"name": "audit", "inputRefs": ["audit"], "outputRefs": ["auditradar"]}],
        },
    }
    head = (
        "# OpenShift: kubeconfig and policy are not used there (the profile is in `oc edit apiserver cluster`: Default or more); instead\n"
        "#   oc -n openshift-logging create secret generic auditradar --from-literal=token=TOKEN\n"
        "#   oc -n openshift-logging create serviceaccount auditradar\n"
        "#   oc adm policy add-cluster-role-to-user collect-audit-logs -z auditradar -n openshift-logging\n"
        "# and apply:\n"
    )
    return head + _yaml(forwarder)


class _Plain(yaml.SafeDumper):
    """Write what is said twice twice: people edit these files."""

    def ignore_aliases(self, _: object) -> bool:
        """Make no anchors."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Quote what begins like a number: readers differ on which texts are one, and an API server does not start with one for a token."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if text[:1] in "0123456789+-." else None)


_Plain.add_representer(str, _text)


def _yaml(document: Mapping[str, Any]) -> str:
    text: str = yaml.dump(document, Dumper=_Plain, sort_keys=False, width=120)
    return text
