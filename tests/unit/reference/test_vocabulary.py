"""The words of the design, each with the cases that are easily mistaken."""

from typing import Any

import pytest

from tests.reference import vocabulary as words

CREDENTIAL = "authentication.kubernetes.io/credential-id"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "unauthenticated"),
        ("system:anonymous", "anonymous"),
        ("alice", "human"),
        ("system:admin", "human"),
        ("kubernetes-admin", "human"),
        ("kube:admin", "human"),
        ("kubeadmin", "human"),
        ("minikube-user", "human"),
        ("masterclient", "human"),
        ("system:serviceaccount:ci:deployer", "service-account"),
        ("system:serviceaccount:kube-system:kube-proxy", "service-account"),
        ("system:node:worker-1", "node"),
        ("system:bootstrap:abcdef", "node"),
        ("system:kube-scheduler", "control-plane"),
        ("system:apiserver", "control-plane"),
        ("system:aggregator", "control-plane"),
        ("system:openshift-master", "control-plane"),
        ("eks:node-manager", "cloud-service"),
        ("aksService", "cloud-service"),
        ("system:gke-common-webhooks", "cloud-service"),
        ("aksServiceman", "human"),
    ],
)
def test_an_actor_has_a_kind(name: str, kind: str) -> None:
    assert words.actor_kind(name) == kind


@pytest.mark.parametrize(
    ("user", "kind", "identifier"),
    [
        ({}, "none", ""),
        ({"username": "system:anonymous"}, "anonymous", ""),
        ({"username": "alice", "extra": {CREDENTIAL: ["X509SHA256=aa"]}}, "x509", "X509SHA256=aa"),
        ({"username": "alice", "extra": {CREDENTIAL: ["JTI=1"]}}, "oidc-token", "JTI=1"),
        ({"username": "system:serviceaccount:a:b", "extra": {CREDENTIAL: ["JTI=1"]}}, "service-account-token", "JTI=1"),
        ({"username": "system:serviceaccount:a:b"}, "service-account-token", ""),
        ({"username": "alice", "extra": {"accessKeyId": ["ASIAEXAMPLE"]}}, "eks-iam", "ASIAEXAMPLE"),
        ({"username": "alice", "extra": {"sigs.k8s.io/aws-iam-authenticator/principalId": ["AROAEXAMPLE"]}}, "eks-iam", ""),
        ({"username": "alice", "extra": {"scopes.authorization.openshift.io": ["user:full"]}}, "openshift-oauth", ""),
        ({"username": "system:admin", "groups": ["system:masters"]}, "unknown", ""),
    ],
)
def test_a_credential_has_a_kind_and_an_id(user: dict[str, Any], kind: str, identifier: str) -> None:
    assert (words.credential_kind(user), words.credential_id(user)) == (kind, identifier)


@pytest.mark.parametrize(
    ("source_ips", "trusted", "client"),
    [
        ([], (), ""),
        (["203.0.113.7"], (), "203.0.113.7"),
        (["198.51.100.1", "203.0.113.7"], (), "203.0.113.7"),
        (["203.0.113.7", "10.0.0.10"], (), "10.0.0.10"),
        (["203.0.113.7", "10.0.0.10"], ("10.0.0.10/32",), "203.0.113.7"),
        (["203.0.113.7", "10.0.0.10"], ("10.0.0.0/8",), "203.0.113.7"),
        (["198.51.100.1", "203.0.113.7", "10.0.0.10"], ("10.0.0.10/32",), "203.0.113.7"),
        (["10.0.0.10", "203.0.113.7"], ("10.0.0.10/32",), "203.0.113.7"),
        (["10.0.0.11", "10.0.0.10"], ("10.0.0.0/24",), "10.0.0.11"),
        (["2001:0DB8:0:0::7"], (), "2001:db8::7"),
        (["203.0.113.7", "2001:db8:ffff::1"], ("2001:db8:ffff::/48",), "203.0.113.7"),
        (["::ffff:203.0.113.7"], (), "203.0.113.7"),
        (["203.0.113.7", "::ffff:10.0.0.10"], ("10.0.0.10/32",), "203.0.113.7"),
        (["10.x.x.x"], (), ""),
    ],
)
def test_the_client_is_the_first_from_the_right_that_is_no_trusted_proxy(
    source_ips: list[str], trusted: tuple[str, ...], client: str
) -> None:
    assert words.client_ip(source_ips, trusted) == client


@pytest.mark.parametrize(
    ("stage", "code", "outcome"),
    [
        ("RequestReceived", 0, "in-progress"),
        ("ResponseStarted", 200, "success"),
        ("ResponseStarted", 401, "unauthenticated"),
        ("ResponseComplete", 101, "success"),
        ("ResponseComplete", 302, "success"),
        ("ResponseComplete", 400, "client-error"),
        ("ResponseComplete", 403, "forbidden"),
        ("ResponseComplete", 404, "not-found"),
        ("ResponseComplete", 409, "conflict"),
        ("ResponseComplete", 410, "client-error"),
        ("ResponseComplete", 422, "invalid"),
        ("ResponseComplete", 429, "throttled"),
        ("ResponseComplete", 503, "server-error"),
        ("Panic", 0, "server-error"),
    ],
)
def test_a_stage_and_a_code_have_an_outcome(stage: str, code: int, outcome: str) -> None:
    assert words.outcome_of(stage, code) == outcome


@pytest.mark.parametrize(
    ("verb", "resource", "subresource", "writes"),
    [
        ("create", "pods", "", True),
        ("deletecollection", "pods", "", True),
        ("patch", "deployments", "scale", True),
        ("create", "serviceaccounts", "token", True),
        ("create", "pods", "eviction", True),
        ("get", "pods", "", False),
        ("create", "selfsubjectaccessreviews", "", False),
        ("create", "tokenreviews", "", False),
        ("create", "pods", "exec", False),
        ("create", "pods", "portforward", False),
        ("create", "services", "proxy", False),
        ("post", "", "", False),
    ],
)
def test_a_write_changes_something(verb: str, resource: str, subresource: str, writes: bool) -> None:
    assert words.is_write(verb, resource, subresource) is writes


@pytest.mark.parametrize(
    ("verb", "uri", "probe"),
    [
        ("head", "/", True),
        ("head", "/?x=1", True),
        ("get", "/", False),
        ("get", "/healthz", True),
        ("get", "/livez/etcd", True),
        ("get", "/readyz?verbose", True),
        ("get", "/healthzy", False),
        ("get", "/api/v1/namespaces/healthz", False),
        ("head", "/api", False),
    ],
)
def test_a_health_probe_is_known_by_its_path(verb: str, uri: str, probe: bool) -> None:
    assert words.is_health_probe(verb, uri) is probe


@pytest.mark.parametrize(
    ("agent", "client", "interactive"),
    [
        ("kubectl/v1.34.1 (darwin/arm64) kubernetes/93248f9", "kubectl", True),
        ("kubectl.exe/v1.34.1 (windows/amd64) kubernetes/93248f9", "kubectl", True),
        ("kubectl1.29/v1.29.0 (linux/amd64) kubernetes/3f7a50f", "kubectl", True),
        ("oc/4.12.0 (linux/amd64) kubernetes/31aa3e8", "oc", True),
        ("Mozilla/5.0 (X11; Linux x86_64)", "browser", True),
        ("Helm/3.18.4", "helm", True),
        ("helm-controller/v1.3.0 (linux/amd64) kubernetes/$Format", "flux", False),
        ("HashiCorp/1.0 Terraform/1.13.3", "terraform", False),
        ("Go-http-client/2.0", "go-http", False),
        ("octopus/1.0", "octopus", False),
        ("", "", False),
    ],
)
def test_a_user_agent_names_a_client(agent: str, client: str, interactive: bool) -> None:
    assert (words.client_of(agent), words.is_interactive(agent)) == (client, interactive)


def test_a_plain_http_client_came_with_a_token_or_we_do_not_know() -> None:
    assert words.method_of("curl/8.14.1", "oidc-token") == "api-token"
    assert words.method_of("curl/8.14.1", "x509") == "other"
