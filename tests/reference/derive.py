"""The derivations of the design from raw events, obviously right rather than fast; it shares no code with the product."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.reference.results import Denied, FailedAttempt, Login, Logout, Minute, Session
from tests.reference.rows import Event, Request, Row, distinct, is_event, micros, projected, requests_of, stamp
from tests.reference.vocabulary import (
    actor_kind,
    client_ip,
    client_of,
    credential_id,
    credential_kind,
    is_health_probe,
    is_interactive,
    is_write,
    method_of,
    outcome_of,
    person_of,
)

__all__ = [
    "Denied",
    "Event",
    "FailedAttempt",
    "Login",
    "Logout",
    "Minute",
    "Request",
    "Row",
    "Session",
    "activity",
    "actor_kind",
    "client_ip",
    "client_of",
    "credential_id",
    "credential_kind",
    "denied_requests",
    "distinct",
    "failed_attempts",
    "is_write",
    "logins",
    "logouts",
    "method_of",
    "micros",
    "outcome",
    "outcome_of",
    "projected",
    "requests",
    "requests_of",
    "rows",
    "session_key",
    "sessions",
    "sessions_of",
    "stamp",
]

GAP = timedelta(hours=8)

Key = tuple[str, str, str, str]


def rows(events: Iterable[Event], cluster: str = "test", trusted_proxies: Iterable[str] = ()) -> list[Row]:
    """Project what is an audit event; the product keeps the rest in `rejected`."""
    trusted = tuple(trusted_proxies)
    return distinct(projected(event, cluster, trusted) for event in events if is_event(event))


def requests(events: Iterable[Event], cluster: str = "test", trusted_proxies: Iterable[str] = ()) -> list[Request]:
    return requests_of(rows(events, cluster, trusted_proxies))


def outcome(event: Event) -> str:
    return projected(event).outcome


def session_key(request: Request) -> Key | None:
    """Give the key of the session a request belongs to; None where it belongs to none."""
    row = request.last
    person = row.actor_kind == "human" or (row.actor_kind == "service-account" and is_interactive(row.user_agent))
    if not person:
        return None
    credential = row.credential_id if row.credential_kind in {"x509", "eks-iam"} else ""
    roams = row.credential_kind == "eks-iam" and row.credential_id != ""
    return row.cluster, person_of(row.actor), credential, "" if roams else row.client_ip


def _by_key(found: Iterable[Request]) -> dict[Key, list[Request]]:
    keys: dict[Key, list[Request]] = defaultdict(list)
    for request in sorted(found, key=lambda each: each.order):
        key = session_key(request)
        if key is not None:
            keys[key].append(request)
    return keys


def _chains(ordered: list[Request], gap: timedelta) -> list[list[Request]]:
    """Cut where nothing was alive for more than the gap."""
    chains: list[list[Request]] = []
    alive_until = 0
    for request in ordered:
        if chains and request.began - alive_until <= gap // timedelta(microseconds=1):
            chains[-1].append(request)
        else:
            chains.append([request])
        alive_until = max(alive_until, request.ended)
    return chains


def _session(key: Key, chain: list[Request], evidence: str, gap: timedelta, newest: int) -> Session:
    cluster, actor, key_credential, key_ip = key
    first = chain[0].last
    last = max(chain, key=lambda request: (request.ended, request.last.audit_id))
    still_open = newest - last.ended <= gap // timedelta(microseconds=1)
    return Session(
        cluster=cluster,
        actor=actor,
        actor_kind=first.actor_kind,
        key_credential=key_credential,
        key_ip=key_ip,
        credential_kind=first.credential_kind,
        credential_id=first.credential_id,
        client_ip=first.client_ip,
        user_agent=first.user_agent,
        method=first.method,
        clients=tuple(sorted({request.last.client for request in chain} - {""})),
        acting_as=tuple(sorted({request.last.impersonated_user for request in chain} - {""})),
        started_at=chain[0].began,
        last_seen_at=last.ended,
        ended_at=None if still_open else last.ended,
        end_reason="open" if still_open else "idle",
        requests=len(chain),
        writes=sum(request.is_write for request in chain),
        denied=sum(request.is_denied for request in chain),
        evidence=evidence,
        confidence="inferred",
        first_audit_id=first.audit_id,
        last_audit_id=last.last.audit_id,
    )


def sessions_of(found: list[Request], gap: timedelta = GAP) -> list[Session]:
    """Cut sessions from requests of any clusters; `open` is judged against the newest event of the same cluster."""
    newest: dict[str, int] = defaultdict(int)
    for request in found:
        newest[request.last.cluster] = max(newest[request.last.cluster], request.ended)
    cut = [
        _session(key, chain, "idle-gap" if number else "first-seen", gap, newest[key[0]])
        for key, ordered in _by_key(found).items()
        for number, chain in enumerate(_chains(ordered, gap))
    ]
    return sorted(cut, key=lambda session: (session.started_at, session.actor, session.key_credential, session.key_ip))


def sessions(
    events: Iterable[Event],
    gap: timedelta = GAP,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    trusted_proxies: Iterable[str] = (),
    cluster: str = "test",
) -> list[Session]:
    """Give the sessions that touch [since, until), each whole: the range never changes a session."""
    low = micros(since) if since else None
    high = micros(until) if until else None
    cut = sessions_of(requests(events, cluster, trusted_proxies), gap)
    return [each for each in cut if (low is None or each.last_seen_at >= low) and (high is None or each.started_at < high)]


def logins(events: Iterable[Event], gap: timedelta = GAP, trusted_proxies: Iterable[str] = (), cluster: str = "test") -> list[Login]:
    return [
        Login(
            session.started_at,
            session.actor,
            session.method,
            session.client_ip,
            session.credential_id,
            session.evidence,
            session.confidence,
            (session.first_audit_id,),
        )
        for session in sessions(events, gap, trusted_proxies=trusted_proxies, cluster=cluster)
    ]


def logouts(events: Iterable[Event], gap: timedelta = GAP, trusted_proxies: Iterable[str] = (), cluster: str = "test") -> list[Logout]:
    return [
        Logout(session.ended_at, session.actor, session.end_reason, (session.last_audit_id,))
        for session in sessions(events, gap, trusted_proxies=trusted_proxies, cluster=cluster)
        if session.ended_at is not None
    ]


def failed_attempts(events: Iterable[Event], trusted_proxies: Iterable[str] = (), cluster: str = "test") -> list[FailedAttempt]:
    """Give every 401 and every anonymous 403 that is no health probe; nobody knows who it was."""
    return [
        FailedAttempt(
            request.began,
            "",
            "bad-credential" if request.last.code == 401 else "anonymous-denied",
            request.last.client_ip,
            request.last.user_agent,
            request.last.audit_id,
        )
        for request in requests(events, cluster, trusted_proxies)
        if (request.last.code == 401 or (request.last.code == 403 and request.last.actor_kind == "anonymous"))
        and not is_health_probe(request.last.verb, request.last.request_uri)
    ]


def denied_requests(events: Iterable[Event], trusted_proxies: Iterable[str] = (), cluster: str = "test") -> list[Denied]:
    return [
        Denied(
            request.began,
            request.last.audit_id,
            request.last.actor,
            request.last.actor_kind,
            request.last.client_ip,
            request.last.impersonated_user,
        )
        for request in requests(events, cluster, trusted_proxies)
        if request.is_denied and request.last.actor_kind not in {"anonymous", "unauthenticated"}
    ]


def activity(events: Iterable[Event], trusted_proxies: Iterable[str] = (), cluster: str = "test") -> dict[tuple[Key, int], Minute]:
    """Give what each session key did per minute in which the requests were received; the minute in microseconds."""
    minutes: dict[tuple[Key, int], list[Request]] = defaultdict(list)
    for key, ordered in _by_key(requests(events, cluster, trusted_proxies)).items():
        for request in ordered:
            minutes[key, request.began - request.began % 60_000_000].append(request)
    return {
        place: Minute(
            min(each.began for each in found),
            max(each.ended for each in found),
            len(found),
            sum(each.is_write for each in found),
            sum(each.is_denied for each in found),
        )
        for place, found in minutes.items()
    }
