"""A day of a small cluster, written by hand, so that every expected number can be counted by eye.

mia works from 203.0.113.5 with one certificate: 08:00 list pods, 08:10 delete a pod, 08:15 get pods as boss, 08:20 refused secrets,
18:00 get pods. 198.51.100.9 is refused three times at 09:00. A user name full of escape sequences asks once at 10:00. A node asks
five times at 08:30.
"""

from typing import Any

import orjson

HOSTILE = "eve\x1b[31m|`x`\n\u202e\x9b"
MIA = {
    "username": "mia",
    "groups": ["devs", "system:authenticated"],
    "extra": {"authentication.kubernetes.io/credential-id": ["X509SHA256=abc"]},
}
KUBECTL = "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9"


def event(number: int, at: str, user: dict[str, Any], verb: str, resource: str, **more: Any) -> dict[str, Any]:
    """Write one event of 2026-03-01; its audit id is its number."""
    name, space, code = more.pop("name", ""), more.pop("namespace", ""), more.pop("code", 200)
    reference = {"resource": resource, "apiVersion": "v1", "name": name, "namespace": space}
    group, plural = more.pop("subresource", ""), f"/{name}" if name else ""
    if group:
        reference["subresource"] = group
    return {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": f"00000000-0000-0000-0000-{number:012d}",
        "stage": more.pop("stage", "ResponseComplete"),
        "requestURI": f"/api/v1/namespaces/{space}/{resource}{plural}",
        "verb": verb,
        "user": user,
        "sourceIPs": [more.pop("address", "203.0.113.5")],
        "userAgent": more.pop("agent", KUBECTL),
        "objectRef": {key: value for key, value in reference.items() if value},
        "responseStatus": {"metadata": {}, "code": code} | more.pop("status", {}),
        "requestReceivedTimestamp": f"2026-03-01T{at}.000000Z",
        "stageTimestamp": f"2026-03-01T{at}.500000Z",
        "annotations": {"authorization.k8s.io/decision": "forbid" if code == 403 else "allow"},
    } | more


def refused(number: int, at: str, resource: str) -> dict[str, Any]:
    """Write one 401: no user, no annotations, stage ResponseStarted."""
    status = {"status": "Failure", "message": "Unauthorized", "reason": "Unauthorized"}
    made = event(
        number, at, {}, "list", resource, code=401, address="198.51.100.9", agent="curl/8.14.1", stage="ResponseStarted", status=status
    )
    del made["annotations"]
    return made


def lines() -> bytes:
    """Write the day as an audit log, with one line that is none."""
    said = {"status": "Failure", "reason": "Forbidden", "message": 'secrets is forbidden: User "mia" cannot list resource "secrets"'}
    node = {"username": "system:node:n1", "groups": ["system:nodes"]}
    events = [
        event(1, "08:00:00", MIA, "list", "pods", namespace="shop"),
        event(2, "08:10:00", MIA, "delete", "pods", namespace="shop", name="web-1"),
        event(3, "08:15:00", MIA, "get", "pods", namespace="shop", name="web-2", impersonatedUser={"username": "boss"}),
        event(4, "08:20:00", MIA, "list", "secrets", code=403, namespace="kube-system", status=said),
        *(
            event(10 + step, f"08:30:0{step}", node, "get", "nodes", name="n1", address="10.0.0.7", agent="kubelet/v1.34.1")
            for step in range(5)
        ),
        refused(20, "09:00:00", "secrets"),
        refused(21, "09:00:01", "pods"),
        refused(22, "09:00:02", "nodes"),
        event(30, "10:00:00", {"username": HOSTILE}, "list", "pods", namespace="shop", address="2001:db8::1"),
        event(5, "18:00:00", MIA, "get", "pods", namespace="shop", name="web-2", subresource="log"),
    ]
    return b"\n".join([*map(orjson.dumps, events), b"this is no event", b""])
