"""Write an audit event from the few facts that a case is about."""

from typing import Any

import orjson

AGENTS = {
    "kubectl": "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9",
    "helm": "Helm/3.16.0",
    "oc": "oc/4.12.0 (linux/amd64) kubernetes/31aa3e8",
    "k9s": "k9s/v0.0.0 (darwin/arm64) kubernetes/$Format",
    "curl": "curl/8.14.1",
}
CREDENTIAL = "authentication.kubernetes.io/credential-id"


def event(facts: dict[str, Any], number: int) -> bytes:
    """Write one line; `line` is written as it is. The audit id is e1, e2, … unless `id` gives one."""
    if "line" in facts:
        return str(facts["line"]).encode()
    resource, _, subresource = facts.get("resource", "pods").partition("/")
    namespace, name, code = facts.get("namespace", ""), facts.get("name", ""), facts.get("code", 200)
    at = moment(facts["at"])
    reference = {
        "resource": resource,
        "namespace": namespace,
        "name": name,
        "apiGroup": facts.get("group", ""),
        "apiVersion": "v1",
        "subresource": subresource,
    }
    made: dict[str, Any] = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "RequestResponse" if "body" in facts else "Metadata",
        "auditID": facts.get("id", f"e{number}"),
        "stage": facts.get("stage", "ResponseComplete"),
        "requestURI": facts.get("uri", "/" + "/".join(part for part in ("api/v1", namespace, resource, name, subresource) if part)),
        "verb": facts.get("verb", "get"),
        "user": user(facts),
        "sourceIPs": [facts.get("ip", "203.0.113.5")],
        "userAgent": AGENTS.get(facts.get("agent", "kubectl"), facts.get("agent")),
        "objectRef": {key: value for key, value in reference.items() if value},
        "responseStatus": {"metadata": {}, "code": code, **({"message": facts["message"]} if "message" in facts else {})},
        "requestReceivedTimestamp": at,
        "stageTimestamp": moment(facts.get("until", facts["at"])),
        "annotations": {"authorization.k8s.io/decision": "forbid" if code == 403 else "allow", **facts.get("annotations", {})},
    }
    if not resource:
        del made["objectRef"]
    if code == 401:
        made |= {"user": {}, "annotations": {}, "stage": "ResponseStarted"}
    made |= {key: facts[short] for short, key in (("body", "requestObject"), ("response", "responseObject")) if short in facts}
    if "as" in facts:
        made["impersonatedUser"] = {"username": facts["as"], "groups": ["system:authenticated"]}
    return orjson.dumps(made | facts.get("raw", {}))


def user(facts: dict[str, Any]) -> dict[str, Any]:
    """Write the user, with its credential where one is given."""
    name = facts.get("user", "alice")
    groups = ["system:unauthenticated"] if name == "system:anonymous" else ["system:authenticated"]
    extra = dict(facts.get("extra", {})) | ({CREDENTIAL: [facts["credential"]]} if "credential" in facts else {})
    return {"username": name, "groups": groups} | ({"extra": extra} if extra else {})


def moment(text: str) -> str:
    """Complete a time such as 03-02T08:00 to one of 2026."""
    day, _, time = text.partition("T")
    return f"2026-{day}T{time.ljust(5, '0')}" + ("" if time.count(":") > 1 else ":00") + ".000000Z"
