"""Small stories of recorded logins for hypothesis: few people and addresses, moments around every limit of the rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.reference.acts import SECOND, Asked, Fact
from tests.reference.rows import micros, stamp

_BASE = micros("2026-01-05T09:59:40.000000Z")
_EDGES = [0, 1, SECOND, 29_999_999, 30 * SECOND, 30 * SECOND + 1, 60 * SECOND, 120 * SECOND, 120 * SECOND + 1, 3600 * SECOND]
_EDGES += [3600 * SECOND + 1, 8 * 3600 * SECOND, 8 * 3600 * SECOND + 1]
_STEPS = st.one_of(st.sampled_from(_EDGES), st.integers(0, 40 * SECOND), st.integers(0, 9 * 3600 * SECOND))
_ADDRESSES = ("203.0.113.7", "198.51.100.9", "10.128.0.2")
_AGENTS = {"oc/4.14.0 (linux/amd64) kubernetes/0f5e2d1": "oc", "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9": "kubectl"}
_CLIENTS = ("console", "openshift-challenging-client", "openshift-browser-client")
_KINDS = {"token": "token-created", "password": "allowed", "cookie": "allowed", "idp": "idp-login", "used": "token-used"}


@dataclass(frozen=True)
class Story:
    """What was recorded and what was asked."""

    facts: list[Fact]
    asked: list[Asked]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw up to three logins, what ends them, and requests around all of that. No two things of one person share a microsecond."""
    facts: list[Fact] = []
    asked: list[Asked] = []
    moments = [_BASE]
    for number in range(draw(st.integers(1, 3))):
        facts += draw(_act(number, draw(st.sampled_from(moments[-2:])) + draw(_STEPS)))
        moments += [fact.at for fact in facts]
    for number, token in enumerate([fact for fact in facts if fact.step == "token"]):
        if draw(st.booleans()):
            end = token.at + 1 + draw(_STEPS)
            by = draw(st.sampled_from([token.actor, token.actor, "root"]))
            facts.append(Fact(end, f"deleted-{number}", "deleted", token.actor, token.token, by=by))
            asked.append(Asked(end, end, f"deleted-{number}", by, draw(st.sampled_from(_ADDRESSES)), "oc", True))
            moments += [end, end + 1]
        if draw(st.booleans()):
            facts.append(Fact(token.at + draw(_STEPS), f"used-{number}", "used", "", token.token))
    for number in range(draw(st.integers(0, 6))):
        at = max(_BASE, draw(st.sampled_from(moments)) + draw(st.sampled_from([-1, 1])) * draw(_STEPS))
        until = at + draw(st.sampled_from([0, 0, SECOND, 3600 * SECOND]))
        writes, method = draw(st.booleans()), draw(st.sampled_from(sorted(_AGENTS.values())))
        asked.append(
            Asked(
                at,
                until,
                f"asked-{number}",
                draw(st.sampled_from(["alice", "alice", "bob"])),
                draw(st.sampled_from(_ADDRESSES)),
                method,
                writes,
            )
        )
    return Story(*_apart(facts, asked))


@st.composite
def _act(draw: st.DrawFn, number: int, at: int) -> list[Fact]:
    actor, address = draw(st.sampled_from(["alice", "alice", "alice", "bob"])), draw(st.sampled_from(_ADDRESSES))
    steps = draw(
        st.sampled_from(
            [("password", "cookie", "token"), ("token",), ("password",), ("cookie", "token"), ("idp", "password", "token"), ("cookie",)]
        )
    )
    client = draw(st.sampled_from(_CLIENTS))
    found = []
    for step in steps:
        limits = (
            {"expires": at + draw(_STEPS), "inactive": draw(st.none() | _STEPS.map(lambda more, at=at: at + more))}
            if draw(st.booleans())
            else {}
        )
        extra: dict[str, Any] = {"token": f"sha256~{number}", "client_name": client, **limits} if step == "token" else {"ip": address}
        if step == "cookie":
            extra["client_name"] = client if client != "openshift-challenging-client" else "console"
        if step in {"password", "idp"}:
            extra["provider"] = "ldap"
        found.append(Fact(at, f"{step}-{number}", step, actor, **extra))
        at += draw(st.sampled_from([1, SECOND, 15 * SECOND, 30 * SECOND, 30 * SECOND + 1]))
    return found


def _apart(facts: list[Fact], asked: list[Asked]) -> tuple[list[Fact], list[Asked]]:
    """Leave out what happened in a microsecond that is taken; the request that deletes a token stays with its fact."""
    taken: set[int] = set()
    kept: list[Fact] = []
    for fact in facts:
        if fact.at not in taken:
            taken.add(fact.at)
            kept.append(fact)
    ids = {fact.id for fact in kept}
    told = [each for each in asked if each.id in ids]
    for each in asked:
        if not each.id.startswith("deleted") and each.at not in taken:
            taken.add(each.at)
            told.append(each)
    return kept, told


def auth_record(cluster: str, fact: Fact) -> dict[str, Any]:
    """Give a fact as the feeds write it."""
    target = {"password": "/login", "cookie": "/oauth/authorize"}.get(fact.step, "")
    return {
        "at": _moment(fact.at),
        "cluster": cluster,
        "platform": "openshift",
        "component": {"idp": "dex", "password": "oauth-server", "cookie": "oauth-server"}.get(fact.step, "oauth-apiserver"),
        "kind": _KINDS[fact.step],
        "actor": fact.actor,
        "client_name": fact.client_name,
        "provider": fact.provider,
        "credential_id": fact.token,
        "client_ip": fact.ip,
        "client_ip_evidence": "peer" if fact.ip else "",
        "code": 200,
        "target": target,
        "expires_at": None if fact.expires is None else _moment(fact.expires),
        "inactive_at": None if fact.inactive is None else _moment(fact.inactive),
        "evidence_id": fact.id,
    }


def _moment(at: int) -> str:
    return stamp(at).replace("T", " ").removesuffix("Z")


def events(story: Story) -> list[Mapping[str, Any]]:
    """Give the requests as kube-apiserver writes them."""
    tokens = {fact.id: fact.token for fact in story.facts if fact.step == "deleted"}
    agents = {method: agent for agent, method in _AGENTS.items()}
    found = []
    for each in story.asked:
        name = tokens.get(each.id)
        target: dict[str, str] = {"resource": "pods", "namespace": "shop", "name": "one"}
        uri, verb = "/api/v1/namespaces/shop/pods/one", "patch" if each.writes else "get"
        if name:
            target = {"resource": "oauthaccesstokens", "name": name, "apiGroup": "oauth.openshift.io", "apiVersion": "v1"}
            uri, verb = f"/apis/oauth.openshift.io/v1/oauthaccesstokens/{name}", "delete"
        found.append(
            {
                "kind": "Event",
                "apiVersion": "audit.k8s.io/v1",
                "level": "Metadata",
                "auditID": each.id,
                "stage": "ResponseComplete",
                "requestURI": uri,
                "verb": verb,
                "user": {
                    "username": each.actor,
                    "groups": ["system:authenticated:oauth", "system:authenticated"],
                    "extra": {"scopes.authorization.openshift.io": ["user:full"]},
                },
                "sourceIPs": [each.ip],
                "userAgent": agents[each.method],
                "objectRef": target,
                "responseStatus": {"metadata": {}, "code": 200},
                "annotations": {"authorization.k8s.io/decision": "allow"},
                "requestReceivedTimestamp": stamp(each.at),
                "stageTimestamp": stamp(each.until),
            }
        )
    return found


def landed(cluster: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """Give an event as delivery hands it to the engine."""
    raw = json.dumps(event, separators=(",", ":"))
    return {
        "cluster": cluster,
        "component": "kube-apiserver",
        "source": "story",
        "batch_id": cluster,
        "position": 1,
        "record_kind": "event",
        "raw": raw,
    }
