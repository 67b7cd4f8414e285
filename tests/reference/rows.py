"""Raw events as rows: one event projected, copies of an event merged, stages of a request put together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.reference import vocabulary as words

Event = Mapping[str, Any]

STAGES = ("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic")
_LEVELS = ("Metadata", "Request", "RequestResponse")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60_000_000


@dataclass(frozen=True)
class Row:
    """One stage of one request. Moments are microseconds since 1970."""

    cluster: str
    component: str
    audit_id: str
    requested_at: int
    stage: str
    stage_at: int
    level: str
    verb: str
    request_uri: str
    resource: str
    subresource: str
    actor: str
    actor_kind: str
    credential_kind: str
    credential_id: str
    impersonated_user: str
    client_ip: str
    peer_ip: str
    user_agent: str
    client: str
    method: str
    code: int
    decision: str
    outcome: str
    raw: str
    name: str

    @property
    def request(self) -> tuple[str, str, str, int]:
        return self.cluster, self.component, self.audit_id, self.requested_at

    @property
    def richness(self) -> tuple[int, int, str]:
        return self.fullness, len(self.raw.encode()), self.raw

    @property
    def fullness(self) -> int:
        return _LEVELS.index(self.level) if self.level in _LEVELS else -1

    @property
    def rank(self) -> tuple[int, int]:
        return (STAGES.index(self.stage) if self.stage in STAGES else -1), self.stage_at


@dataclass(frozen=True)
class Request:
    """One request: its last stage, and everything it is known by."""

    last: Row
    stages: tuple[Row, ...]

    @property
    def began(self) -> int:
        return self.last.requested_at

    @property
    def ended(self) -> int:
        return self.last.stage_at

    @property
    def is_write(self) -> bool:
        return words.is_write(self.last.verb, self.last.resource, self.last.subresource)

    @property
    def is_denied(self) -> bool:
        return self.last.code == 403 and self.last.decision in {"forbid", ""}

    @property
    def order(self) -> tuple[int, str]:
        return self.began, self.last.audit_id


def micros(text: str | datetime) -> int:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(microseconds=1)


def stamp(at: int) -> str:
    return (_EPOCH + timedelta(microseconds=at)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def is_event(event: Event) -> bool:
    """Say whether a record can be read as an audit event at all."""
    return bool(event.get("auditID") and event.get("verb") and event.get("requestReceivedTimestamp"))


def projected(event: Event, cluster: str = "test", trusted_proxies: Iterable[str] = (), component: str = "kube-apiserver") -> Row:
    """Read one event. A stage that is not said is the answer when there is a code, else the question."""
    target, notes = event.get("objectRef") or {}, event.get("annotations") or {}
    code = int((event.get("responseStatus") or {}).get("code") or 0)
    stage = event.get("stage") or ("ResponseComplete" if code else "RequestReceived")
    requested_at = micros(event["requestReceivedTimestamp"])
    return Row(
        cluster=cluster,
        component=component,
        audit_id=event["auditID"],
        requested_at=requested_at,
        stage=stage,
        stage_at=max(requested_at, micros(event.get("stageTimestamp") or event["requestReceivedTimestamp"])),
        level=event.get("level", ""),
        verb=event["verb"],
        request_uri=event.get("requestURI", ""),
        resource=target.get("resource", ""),
        subresource=target.get("subresource", ""),
        code=code,
        decision=notes.get("authorization.k8s.io/decision", ""),
        outcome=words.outcome_of(stage, code),
        raw=json.dumps(event, separators=(",", ":"), ensure_ascii=False),
        name=target.get("name", ""),
        **_who(event),
        **_where(event, trusted_proxies),
    )


def _who(event: Event) -> dict[str, str]:
    """Say who asked, with what credential and in what program."""
    user, agent = event.get("user") or {}, event.get("userAgent", "")
    kind = words.credential_kind(user)
    return {
        "actor": user.get("username", ""),
        "actor_kind": words.actor_kind(user.get("username", "")),
        "credential_kind": kind,
        "credential_id": words.credential_id(user),
        "impersonated_user": (event.get("impersonatedUser") or {}).get("username", ""),
        "user_agent": agent,
        "client": words.client_of(agent),
        "method": words.method_of(agent, kind),
    }


def _where(event: Event, trusted_proxies: Iterable[str]) -> dict[str, str]:
    """Say from where."""
    source_ips = event.get("sourceIPs") or []
    return {
        "client_ip": words.client_ip(source_ips, trusted_proxies),
        "peer_ip": words.address(source_ips[-1]) if source_ips else "",
    }


def distinct(rows: Iterable[Row]) -> list[Row]:
    """Keep the richest copy of each (cluster, component, audit_id, requested_at, stage)."""
    copies: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        copies[(*row.request, row.stage)].append(row)
    return [max(same, key=lambda row: row.richness) for same in copies.values()]


def requests_of(rows: Iterable[Row]) -> list[Request]:
    """Put the stages of each request together, then the copies that aggregated servers log of it; in the order of time."""
    stages: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in distinct(rows):
        stages[row.request].append(row)
    found = [Request(max(same, key=lambda row: row.rank), tuple(sorted(same, key=lambda row: row.rank))) for same in stages.values()]
    return sorted(_without_aggregated(found), key=lambda request: request.order)


def _without_aggregated(found: Sequence[Request]) -> list[Request]:
    """Fold copies into the front server's requests: same audit id, verb and path within 60 seconds, each the nearest to the other."""
    asked: dict[tuple[str, ...], list[Request]] = defaultdict(list)
    for request in found:
        asked[request.last.cluster, request.last.audit_id, request.last.verb, request.last.request_uri.partition("?")[0]].append(request)
    return [request for same in asked.values() for request in _folded_together(same)]


def _folded_together(same: Sequence[Request]) -> list[Request]:
    fronts = [each for each in same if each.last.component == "kube-apiserver"]
    others = [each for each in same if each.last.component != "kube-apiserver"]
    if not fronts or not words.is_forwarded(same[0].last.request_uri):
        return list(same)
    taken: dict[tuple[int, str], list[Request]] = defaultdict(list)
    for copy in others:
        front = min(fronts, key=lambda each: (abs(each.began - copy.began), each.began))
        taken[front.began, copy.last.component].append(copy)
    copies: dict[int, list[Request]] = defaultdict(list)
    alone = []
    for (began, _), near in taken.items():
        nearest = min(near, key=lambda each: (abs(each.began - began), each.began))
        close = abs(nearest.began - began) <= _MINUTE
        alone += [each for each in near if each is not nearest or not close]
        if close:
            copies[began].append(nearest)
    return [*(_folded(front, copies[front.began]) for front in fronts), *alone]


def _folded(front: Request, copies: Sequence[Request]) -> Request:
    """Let a fuller copy give the bodies and the name; who it was, from where, when and what came of it the front server knows."""
    if not copies:
        return front
    copy = max((each.last for each in copies), key=lambda row: row.richness)
    told = copy if copy.fullness > front.last.fullness else front.last
    return Request(replace(front.last, level=told.level, raw=told.raw, name=front.last.name or copy.name), front.stages)
