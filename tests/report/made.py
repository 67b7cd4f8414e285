"""Clusters written by hand, each a case: a whole day of a node's requests, and what one control should find, or should not.

The period is 2026-03-10. Every hour has an event, so nothing but the planted facts decides the verdict.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

DAY = datetime(2026, 3, 10, tzinfo=UTC)
KUBECTL = "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9"
CONTROLLER = "operator/v0.0.0 (linux/amd64) kubernetes/$Format"
CERTIFICATE, TOKEN = "X509SHA256=aa", "JTI=5b1c"
ALL_RIGHTS = 'RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "cluster-admin" to User "x"'
RBAC = "rbac.authorization.k8s.io"
Event = dict[str, Any]


def person(name: str, credential: str = TOKEN, groups: Sequence[str] = ("developers",)) -> dict[str, Any]:
    """Write the user of a person."""
    extra = {"authentication.kubernetes.io/credential-id": [credential]} if credential else {}
    return {"username": name, "groups": [*groups, "system:authenticated"], "extra": extra}


def robot(name: str = "shop:web") -> dict[str, Any]:
    """Write the user of a service account."""
    return person(f"system:serviceaccount:{name}", groups=("system:serviceaccounts",))


NODE = {"username": "system:node:n1", "groups": ["system:nodes", "system:authenticated"]}
ANONYMOUS = {"username": "system:anonymous", "groups": ["system:unauthenticated"]}
ADMIN = person("kubernetes-admin", CERTIFICATE, ("kubeadm:cluster-admins",))


def event(hour: float, user: dict[str, Any], verb: str, resource: str, **more: Any) -> Event:
    """Write one event `hour` hours after the beginning of the day; its audit id is made from what it is."""
    at = DAY + timedelta(hours=hour)
    space, name, code = more.pop("namespace", ""), more.pop("name", ""), more.pop("code", 200)
    reference = {"resource": resource, "apiVersion": "v1", "namespace": space, "name": name}
    reference |= {"subresource": more.pop("subresource", ""), "apiGroup": more.pop("group", "")}
    decision = {"authorization.k8s.io/decision": "forbid" if code == 403 else "allow", "authorization.k8s.io/reason": more.pop("why", "")}
    made = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": f"{resource}-{verb}-{user.get('username', '')}-{hour:.5f}",
        "stage": "ResponseComplete",
        "requestURI": more.pop("uri", f"/api/v1/{resource}"),
        "verb": verb,
        "user": user,
        "sourceIPs": [more.pop("address", "10.1.1.1")],
        "userAgent": more.pop("agent", KUBECTL),
        "objectRef": {key: value for key, value in reference.items() if value},
        "responseStatus": {"metadata": {}, "code": code},
        "requestReceivedTimestamp": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "stageTimestamp": f"{at + timedelta(milliseconds=20):%Y-%m-%dT%H:%M:%S.%f}Z",
        "annotations": decision,
    }
    return {key: value for key, value in (made | more).items() if value is not None}


def refused(hour: float, resource: str = "pods") -> Event:
    """Write one 401: no user, no annotations, stage ResponseStarted."""
    status = {"status": "Failure", "message": "Unauthorized", "reason": "Unauthorized", "code": 401, "metadata": {}}
    facts: dict[str, Any] = {"stage": "ResponseStarted", "annotations": None, "responseStatus": status, "address": "192.0.2.9"}
    return event(hour, {}, "list", resource, **facts)


def node(hour: float, **more: Any) -> Event:
    """Write what a node does all day."""
    return event(hour, NODE, "get", "nodes", name="n1", agent="kubelet/v1.34.1", address="10.0.0.7", **more)


def whole_day(without: Sequence[int] = ()) -> Iterator[Event]:
    """Write a request of a node at the beginning and at the end of every hour."""
    for hour in range(24):
        if hour not in without:
            yield node(hour + 0.0005)
            yield node(hour + 0.9995)


def binding(role: str, user: dict[str, Any]) -> Event:
    """Write the making of a ClusterRoleBinding, with its body."""
    body = {"roleRef": {"kind": "ClusterRole", "name": role}, "subjects": [{"kind": "User", "name": "mallory"}]}
    return event(9, user, "create", "clusterrolebindings", group=RBAC, code=201, level="RequestResponse", requestObject=body)


def by(user: dict[str, Any], *hours: float, **more: Any) -> list[Event]:
    """Let somebody list pods at these hours."""
    return [event(hour, user, "list", "pods", namespace="shop", **more) for hour in hours]


def wrong_password(hour: float, name: str) -> Event:
    """Write a refused login of OpenShift's oauth-server, which names whom it refused."""
    said = {"authentication.openshift.io/decision": "deny", "authentication.openshift.io/username": name}
    return event(hour, ANONYMOUS, "post", "", uri="/login", code=302, annotations=said, objectRef=None, agent="Mozilla/5.0")


def token(hour: float, client: str, **ends: int) -> Event:
    """Write the making of an OAuth token for alice, with its body."""
    made = DAY + timedelta(hours=hour)
    body = {"clientName": client, "userName": "alice", "metadata": {"creationTimestamp": f"{made:%Y-%m-%dT%H:%M:%SZ}"}, **ends}
    facts = {"group": "oauth.openshift.io", "name": f"sha256~{client}-{hour}", "code": 201, "level": "RequestResponse", "agent": CONTROLLER}
    return event(hour, robot("openshift-authentication:oauth-openshift"), "create", "oauthaccesstokens", responseObject=body, **facts)


def batch(cluster: str, sequence: int, previous: str, own: str) -> dict[str, Any]:
    """Write a row of the ledger."""
    at = f"{DAY:%Y-%m-%d} 12:00:00"
    moments = {"first_event_at": at, "last_event_at": at, "loaded_at": at}
    hashes = {"batch_id": own, "previous_hash": previous, "chain_hash": own}
    return {"cluster": cluster, "source": "s", "sequence": sequence, **hashes, **moments}


def reading(at: str, reader: str, outcome: str, **more: str) -> dict[str, Any]:
    """Write that somebody asked the store."""
    facts = {"on_behalf_of": "", "user_agent": "curl/8.14.1", "statement": "SELECT count() FROM logins", "client_ip": "10.9.9.9"}
    return {"at": f"{DAY:%Y-%m-%d} {at}", "reader": reader, "outcome": outcome, **facts, **more}


ALICE, BOB = person("alice"), person("bob")
POLICY = [
    event(9, ALICE, "get", "secrets", namespace="shop", name="s"),
    event(9.1, ALICE, "create", "pods", namespace="shop", name="p", subresource="exec", code=101),
    event(9.2, ALICE, "update", "roles", namespace="shop", name="r", group=RBAC),
    event(9.3, ALICE, "patch", "deployments", namespace="shop", name="d", group="apps"),
    event(9.4, ALICE, "list", "pods", namespace="kube-system", code=403),
]
"""One request of every kind that an audit policy must record."""

CASES: dict[str, list[tuple[str, Sequence[Event]]]] = {
    "sensitive_access": [
        ("attention", [event(9, ADMIN, "get", "secrets", namespace="shop", name="s")]),
        ("attention", [event(9, ALICE, "list", "secrets", namespace="vault", code=403)]),
        ("pass", [event(9, ALICE, "get", "secrets", namespace="shop", name="s")]),
        ("attention", [event(9, robot(), "get", "secrets", namespace="shop", name="s", agent=CONTROLLER)]),
    ],
    "administrative_actions": [
        ("attention", [event(9, ADMIN, "delete", "pods", namespace="shop", name="p")]),
        ("pass", [event(9, person("ken", groups=("system:masters",)), "delete", "pods", namespace="shop", name="p")]),
        ("attention", [event(9, ALICE, "delete", "pods", namespace="shop", name="p", why='RBAC: allowed by ClusterRole "edit"')]),
    ],
    "access_to_audit_log": [
        (
            "attention",
            [event(9, ALICE, "get", "nodes", name="n1", subresource="proxy", uri="/api/v1/nodes/n1/proxy/logs/kube-apiserver/audit.log")],
        ),
        ("attention", [event(9, ALICE, "get", "pods", namespace="openshift-logging", name="collector-x", subresource="log")]),
        ("pass", [event(9, ALICE, "get", "pods", namespace="shop", name="web", subresource="log")]),
    ],
    "refused_attempts": [
        ("attention", [refused(9 + step / 3600) for step in range(11)]),
        ("attention", [refused(9 + step / 3600, wanted) for step, wanted in enumerate(("pods", "secrets", "nodes", "configmaps"))]),
        ("pass", [refused(9), refused(9.001)]),
        ("attention", []),
    ],
    "changes_of_rights": [
        ("fail", [binding("view", ANONYMOUS)]),
        ("attention", [binding("cluster-admin", ALICE)]),
        ("attention", [binding("view", ADMIN)]),
        ("pass", [binding("view", ALICE)]),
    ],
    "system_objects": [
        ("attention", [event(9, ALICE, "delete", "namespaces", name="shop")]),
        ("attention", [event(9, ALICE, "create", "validatingwebhookconfigurations", name="w", code=201)]),
        ("pass", [event(9, ALICE, "create", "namespaces", name="shop", code=201)]),
        ("attention", []),
    ],
    "complete_records": [
        ("fail", [node(9.1, sourceIPs=None)]),
        ("attention", [*(node(9 + step / 4000) for step in range(1000)), node(9.9, sourceIPs=None)]),
        ("pass", [refused(9)]),
    ],
    "delivery_delay": [("pass", [])],
    "history_kept": [
        ("fail", []),
        ("pass", [node(-day * 24) for day in range(1, 371)]),
        ("fail", [node(-370 * 24)]),
        ("attention", [node(-day * 24) for day in range(1, 371) if day != 100]),
    ],
    "failures_of_logging": [("pass", [])],
    "interruptions": [
        ("pass", []),
        ("attention", [event(9, ALICE, "patch", "apiservers", name="cluster", group="config.openshift.io")]),
    ],
    "shared_identities": [
        (
            "fail",
            [
                *by(person("alice", CERTIFICATE), 9, 9.5, 10, address="203.0.113.5"),
                *by(person("alice", CERTIFICATE), 9.2, 9.7, address="198.51.100.7"),
            ],
        ),
        ("attention", by(ADMIN, 9)),
        ("pass", by(person("alice", CERTIFICATE), 9, 9.5)),
    ],
    "inactive_identities": [
        ("fail", by(BOB, -120 * 24, 9)),
        ("attention", by(BOB, -120 * 24)),
        ("pass", [node(-100 * 24), *by(BOB, -80 * 24, 9)]),
        ("attention", by(BOB, 9)),
    ],
    "service_accounts_in_hand": [("fail", by(robot(), 9)), ("pass", by(robot(), 9, agent=CONTROLLER))],
    "people_by_credential": [("fail", by(person("alice", CERTIFICATE), 9)), ("pass", by(ALICE, 9))],
    "machine_rights": [
        ("attention", by(robot(), 9, agent=CONTROLLER, why=ALL_RIGHTS)),
        ("attention", by(robot(), 9, agent=CONTROLLER, code=403)),
        ("pass", by(robot(), 9, agent=CONTROLLER)),
    ],
    "people_and_rights": [
        ("attention", by(ALICE, 9)),
        ("attention", [*by(ALICE, -240), *by(ALICE, 9, why=ALL_RIGHTS)]),
        ("pass", by(ALICE, -240, 9)),
    ],
    "access_from_outside": [
        ("attention", by(ALICE, 9, address="203.0.113.5")),
        ("pass", by(ALICE, -240, 9, address="203.0.113.5")),
        ("pass", by(ALICE, 9, address="10.2.3.4")),
    ],
    "unusual_activity": [
        ("attention", [event(9 + step / 10, BOB, "list", "secrets", namespace=f"n{step}", code=403) for step in range(5)]),
        ("attention", [*(refused(9 + step / 3600) for step in range(3)), *by(ALICE, 9.01, address="192.0.2.9")]),
        ("pass", [event(9 + step / 10, BOB, "list", "secrets", namespace=f"n{step}", code=403) for step in range(4)]),
        ("attention", [wrong_password(9 + step / 60, f"mallory{step}") for step in range(4)]),
        ("attention", [wrong_password(9 + step / 60, "mallory") for step in range(11)]),
        ("pass", [wrong_password(9 + step / 60, "mallory") for step in range(10)]),
    ],
    "audit_policy": [
        ("pass", POLICY),
        ("attention", POLICY[1:]),
        ("fail", [*POLICY, event(9, ALICE, "get", "secrets", namespace="shop", name="t", level="RequestResponse")]),
        ("fail", [*POLICY, event(9, ALICE, "update", "secrets", namespace="shop", name="t", level="Request")]),
        ("pass", [*POLICY, event(9, ALICE, "get", "secrets", namespace="shop", name="t", level="Request")]),
    ],
    "anonymous_requests": [
        ("fail", [event(9, ANONYMOUS, "list", "pods", namespace="shop")]),
        ("attention", [event(9, ANONYMOUS, "get", "", uri="/version?timeout=32s")]),
        ("attention", [event(9, ANONYMOUS, "delete", "oauthaccesstokens", name="sha256~a", group="oauth.openshift.io")]),
        ("pass", [wrong_password(9, "mallory")]),
        ("pass", []),
    ],
    "all_rights_used": [("attention", by(ALICE, 9, why=ALL_RIGHTS)), ("pass", by(ALICE, 9))],
    "session_lengths": [
        ("attention", by(ALICE, *range(-6, 23, 4))),
        ("attention", by(ALICE, 9, 12)),
        ("pass", [token(9, "console", expiresIn=4 * 3600)]),
        ("pass", []),
    ],
    "idle_timeouts": [
        ("pass", [token(9, "console", expiresIn=86400, inactivityTimeoutSeconds=900)]),
        ("attention", [token(9, "console", expiresIn=86400), token(10, "console", expiresIn=86400, inactivityTimeoutSeconds=900)]),
        ("attention", [token(9, "console", expiresIn=86400, inactivityTimeoutSeconds=901)]),
        ("no-data", [wrong_password(9, "mallory")]),
        ("not-applicable", by(ALICE, 9)),
    ],
    "reviews": [("pass", [])],
    "readers": [("attention", [])],
    "clocks": [("pass", [])],
    "logins_by_credential": [("attention", by(person("alice", CERTIFICATE), 9)), ("pass", by(ALICE, 9))],
    "old_credentials": [
        ("attention", by(person("alice", CERTIFICATE), -370 * 24, 9)),
        ("attention", by(ALICE, -48, 9)),
        ("pass", [node(-370 * 24), *by(person("alice", CERTIFICATE), -300 * 24, 9)]),
        ("attention", by(ALICE, 9)),
    ],
    "log_sources": [("pass", [])],
    "workload_intrusions": [
        ("attention", [event(9, ALICE, "create", "pods", namespace="kube-system", name="p", subresource="exec", code=101)]),
        ("attention", [event(9, ALICE, "patch", "pods", namespace="shop", name="p", subresource="ephemeralcontainers")]),
        ("pass", [event(9, ALICE, "create", "pods", namespace="shop", name="p", subresource="exec", code=101)]),
    ],
    "default_service_accounts": [
        ("attention", by(robot("shop:default"), 9, agent=CONTROLLER)),
        ("pass", [*by(robot("default:web"), 9, agent=CONTROLLER), *by(person("x:default"), 9)]),
    ],
    "sessions_on_record": [
        ("attention", [*by(ALICE, 9), event(9.1, ALICE, "create", "pods", namespace="shop", name="p", subresource="exec", code=101)]),
        ("pass", [*by(ALICE, 9), event(9.1, ALICE, "create", "pods", namespace="shop", name="p", subresource="exec", code=403)]),
        ("attention", by(robot(), 9, agent=CONTROLLER)),
    ],
    "acting_as_others": [
        ("attention", by(ALICE, 9, impersonatedUser={"username": "boss"})),
        ("pass", by(robot("headlamp:headlamp"), 9, agent=CONTROLLER, impersonatedUser={"username": "bob"})),
    ],
    "repeated_guesses": [
        ("not-applicable", [refused(9)]),
        ("fail", [wrong_password(9 + step / 60, "mallory") for step in range(11)]),
        ("pass", [wrong_password(9 + step, "mallory") for step in range(11)]),
        ("pass", [token(9, "console"), event(9, ALICE, "get", "", uri="/login", objectRef=None)]),
    ],
    "ledger_chain": [("no-data", []), ("pass", []), ("fail", []), ("fail", [])],
}
"""For each evidence, what is planted and the verdict it must lead to."""

BATCHES = [
    *(batch("ledger_chain-1", number, *hashes) for number, hashes in ((1, ("", "a")), (2, ("a", "b")))),
    *(batch("ledger_chain-2", number, *hashes) for number, hashes in ((1, ("", "c")), (3, ("c", "d")))),
    *(batch("ledger_chain-3", number, *hashes) for number, hashes in ((1, ("", "e")), (2, ("f", "g")))),
]
"""Chains of the ledger: whole, with a number missing, and with a batch that does not follow the one before it."""
READINGS = [
    reading("10:00:00", "carol", "success"),
    reading("11:00:00", "", "refused", on_behalf_of="mallory", statement=""),
]
"""Who asked the store on that day: a person under a name of her own, and somebody who was refused."""

SHORT_POLICY = "history_kept-2"
"""The cluster whose retention policy keeps events for thirty days."""

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\u202eecila \u05d0\u05dc\u05d9\u05e1 \u0627\u062d\u0645\u062f",
    'quote"; DROP TABLE events; --',
    "#set page(fill: red)",
)
"""User names that nobody should have."""


def hostile_day() -> list[Event]:
    """Write the requests of those users, with a user agent that is much too long."""
    made = [event(10 + at / 10, person(name, ""), "get", "secrets", namespace="shop", name="s") for at, name in enumerate(HOSTILE)]
    return [*made, event(11, ALICE, "get", "secrets", namespace="shop", name="s", agent="kubectl/" + "x" * 5000)]
