"""Small adversarial streams of audit events for hypothesis: few actors, times around the gap, every way of being misleading.

`streams` gives canonical events; `deliveries` gives the same events as files: shuffled, cut anywhere, some twice or poorer.
What real API servers cannot write is left out: two requests with the same audit id in the same microsecond, a request whose
stages name different callers.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.reference.rows import micros, stamp

Event = dict[str, Any]

TRUSTED_PROXIES = ("10.0.0.10/32", "2001:db8:ffff::/48")
# One microsecond before a minute ends, so that whatever cuts by minutes is put to the test.
_BASE = micros("2026-01-05T09:59:59.999999Z")
_ID = "authentication.kubernetes.io/credential-id"
_FINGERPRINTS = ("X509SHA256=" + "a" * 64, "X509SHA256=" + "b" * 64)


def _user(name: str, extra: Mapping[str, str] | None = None, groups: tuple[str, ...] = ()) -> Event:
    user: Event = {"username": name, "groups": [*groups, "system:authenticated"]}
    return {**user, "extra": {key: [value] for key, value in extra.items()}} if extra else user


def _token(number: int) -> dict[str, str]:
    return {_ID: f"JTI=00000000-0000-4000-8000-{number:012d}"}


def _aws(key: str) -> dict[str, str]:
    return {"accessKeyId": key, "arn": "arn:aws:sts::111122223333:assumed-role/dev/carol", "principalId": "AROAEXAMPLEROLEID"}


_ACCOUNT = "system:serviceaccount:ci:deployer"
_USERS: tuple[Event, ...] = (
    _user("alice", {_ID: _FINGERPRINTS[0]}),
    _user("alice", {_ID: _FINGERPRINTS[1]}),
    _user("bob", {_ID: _FINGERPRINTS[0]}),
    _user("alice", _token(1)),
    _user("alice", _token(2)),
    _user("alice"),
    _user("carol", _aws("ASIAEXAMPLEONE")),
    _user("carol", _aws("ASIAEXAMPLETWO")),
    _user("kubernetes-admin", groups=("system:masters",)),
    _user(_ACCOUNT, _token(3), ("system:serviceaccounts",)),
    _user(_ACCOUNT, groups=("system:serviceaccounts",)),
    _user("system:node:worker-1", {_ID: _FINGERPRINTS[1]}, ("system:nodes",)),
    _user("system:kube-scheduler"),
)
_ANONYMOUS: Event = {"username": "system:anonymous", "groups": ["system:unauthenticated"]}

# The same address in several spellings, forged ones before it, trusted and untrusted proxies behind it, and none at all.
_SOURCES: tuple[list[str], ...] = (
    ["203.0.113.7"],
    ["203.0.113.7", "10.0.0.10"],
    ["198.51.100.1", "203.0.113.7", "10.0.0.10"],
    ["203.0.113.7", "192.0.2.1"],
    ["10.0.0.10"],
    ["198.51.100.1", "203.0.113.7"],
    ["::ffff:203.0.113.7"],
    ["2001:db8::7"],
    ["2001:0DB8:0:0::0007", "2001:db8:ffff::1"],
    ["10.x.x.x"],
    [],
)
_AGENTS = (
    "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9",
    "k9s/v0.50.9 (linux/amd64) kubernetes/$Format",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Helm/3.18.4",
    "curl/8.14.1",
    "Go-http-client/2.0",
    "deployer/2.4.1 (linux/amd64)",
    "",
)

Caller = tuple[Event, list[str], str]
_callers = st.tuples(st.sampled_from(_USERS), st.sampled_from(_SOURCES), st.sampled_from(_AGENTS))

_TARGETS: tuple[tuple[str, str, Event | None], ...] = (
    ("get", "/api/v1/namespaces/shop/pods/one", {"resource": "pods", "namespace": "shop", "name": "one"}),
    ("list", "/api/v1/secrets?limit=500", {"resource": "secrets"}),
    ("create", "/api/v1/namespaces/shop/pods", {"resource": "pods", "namespace": "shop"}),
    ("deletecollection", "/api/v1/namespaces/shop/pods", {"resource": "pods", "namespace": "shop"}),
    ("create", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {"resource": "selfsubjectaccessreviews"}),
    ("create", "/api/v1/namespaces/shop/pods/one/exec?command=sh", {"resource": "pods", "name": "one", "subresource": "exec"}),
    ("create", "/api/v1/namespaces/ci/serviceaccounts/deployer/token", {"resource": "serviceaccounts", "subresource": "token"}),
    ("patch", "/apis/apps/v1/namespaces/shop/deployments/web/scale", {"resource": "deployments", "subresource": "scale"}),
    ("get", "/version", None),
    ("post", "/logs/", None),
    ("get", "/healthz?verbose", None),
    ("get", "/readyz/etcd", None),
    ("get", "/healthzy", None),
    ("head", "/", None),
)
# (code, decision): None is no annotation at all.
_ANSWERS: tuple[tuple[int, str | None], ...] = (
    (200, "allow"),
    (201, "allow"),
    (101, "allow"),
    (403, "forbid"),
    (403, None),
    (403, "allow"),
    (404, "allow"),
    (409, "allow"),
    (422, "allow"),
    (429, None),
    (400, "allow"),
    (500, "allow"),
    (503, None),
)
_STAGES = (
    ("RequestReceived",),
    ("ResponseComplete",),
    ("RequestReceived", "ResponseComplete"),
    ("RequestReceived", "ResponseStarted"),
    ("RequestReceived", "ResponseStarted", "ResponseComplete"),
    ("RequestReceived", "ResponseStarted", "Panic"),
    ("RequestReceived", "Panic"),
    ("",),
)


def gaps() -> st.SearchStrategy[timedelta]:
    """Gaps of one minute, the least that is allowed, and more."""
    return st.sampled_from([timedelta(minutes=1), timedelta(seconds=61), timedelta(minutes=5), timedelta(hours=8)])


def _steps(gap: int) -> st.SearchStrategy[int]:
    """Silences that decide: nothing, a microsecond, just within the gap, the gap itself, just more."""
    edges = [0, 1, 1_000_000, 59_999_999, 60_000_000, gap // 2, gap - 1, gap, gap + 1, 2 * gap]
    return st.one_of(st.sampled_from(edges), st.integers(0, 2 * gap))


@st.composite
def streams(draw: st.DrawFn, gap: timedelta, most: int = 14) -> list[Event]:
    """Draw the events of up to `most` requests, whose beginnings and ends cluster around `gap`."""
    width = gap // timedelta(microseconds=1)
    # Few callers a stream: only requests of one session key can be cut apart or joined.
    callers = draw(st.lists(_callers, min_size=1, max_size=3))
    began = ended = _BASE
    used: set[tuple[str, int]] = set()
    events: list[Event] = []
    for number in range(draw(st.integers(0, most))):
        start = draw(st.sampled_from([began, ended])) + draw(_steps(width))
        # Few ids: clients choose theirs, and some choose the same one for different requests.
        audit_id = draw(st.sampled_from(["chosen-by-the-client", f"00000000-0000-4000-8000-{number:012d}"]))
        if (audit_id, start) in used:
            continue
        used.add((audit_id, start))
        lasts = draw(st.one_of(st.sampled_from([0, 1, 4_000]), _steps(width)))
        began, ended = start, max(ended, start + lasts)
        events.extend(draw(_request(audit_id, start, lasts, callers)))
    return events


@st.composite
def _request(draw: st.DrawFn, audit_id: str, start: int, lasts: int, callers: list[Caller]) -> list[Event]:
    """Draw one request: of one of the callers, nobody's that is refused, or anybody's without credentials."""
    verb, uri, target = draw(st.sampled_from(_TARGETS))
    user, source_ips, agent = draw(st.sampled_from(callers))
    base: Event = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": audit_id,
        "requestURI": uri,
        "verb": verb,
    }
    base |= _present(sourceIPs=source_ips, userAgent=agent, objectRef=target)
    who = draw(st.sampled_from(("somebody",) * 8 + ("nobody", "anonymous")))
    if who == "nobody":
        return [_stage(base | {"user": {}}, "ResponseStarted", start, lasts, (401, None))]
    base["user"] = _ANONYMOUS if who == "anonymous" else user
    other = draw(st.sampled_from((None, None, None, "bob", "system:admin")))
    code, decision = draw(st.sampled_from(_ANSWERS))
    stages = draw(st.sampled_from(_STAGES))
    answered = base | _present(impersonatedUser={"username": other} if other else None)
    events = []
    for stage in stages:
        if stage == "RequestReceived":
            events.append(_stage(base, stage, start, 0, None))
        elif stage != stages[-1]:
            events.append(_stage(answered, stage, start, lasts // 2, (200, decision)))
        else:
            events.append(_stage(answered, stage, start, lasts, (500 if stage == "Panic" else code, decision)))
    return events


def _stage(base: Event, stage: str, start: int, lasts: int, answer: tuple[int, str | None] | None) -> Event:
    """Finish an event."""
    event = base | _present(stage=stage) | {"requestReceivedTimestamp": stamp(start), "stageTimestamp": stamp(start + lasts)}
    if answer:
        code, decision = answer
        event["responseStatus"] = {"metadata": {}, "code": code}
        event |= _present(annotations={"authorization.k8s.io/decision": decision} if decision else None)
    return event


def _present(**fields: object) -> Event:
    """Keep the fields that have a value: the API server writes no others."""
    return {name: value for name, value in fields.items() if value}


@st.composite
def deliveries(draw: st.DrawFn, events: list[Event]) -> list[list[Event]]:
    """Deliver events as one to three files: in any order, cut anywhere, some more than once, some copies with a body."""
    copies = [_richer(event) if draw(st.booleans()) else event for event in events if draw(st.integers(0, 3)) == 0]
    mixed = draw(st.permutations([*events, *copies]))
    cuts = sorted(draw(st.integers(0, len(mixed))) for _ in range(draw(st.integers(0, 2))))
    return [list(mixed[low:high]) for low, high in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


def _richer(event: Event) -> Event:
    """Give the copy that a second, more talkative policy would have written."""
    return {**event, "level": "Request", "requestObject": {"metadata": {"labels": {"app": "web"}}}}


def to_ndjson(events: Iterable[Mapping[str, Any]]) -> bytes:
    """Write events as an API server's log backend does: one compact JSON object a line."""
    return b"".join(json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode() + b"\n" for event in events)
