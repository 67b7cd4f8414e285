"""The reference's derivations in the words of the simulator's truth.json, to be compared with it line for line."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.reference import derive
from tests.reference.rows import Event, stamp

Facts = dict[str, Any]


def facts(events: Sequence[Event], trusted_proxies: Iterable[str], cluster: str) -> Facts:
    """Derive everything truth.json states, except what only the simulator can know: lines, people, stories."""
    trusted = tuple(trusted_proxies)
    found = derive.requests(events, cluster, trusted)
    return {
        "sessions": [_session(session) for session in derive.sessions_of(found)],
        "failed_attempts": _sorted(_failure(each) for each in derive.failed_attempts(events, trusted, cluster)),
        "denied": _sorted(_denial(each) for each in derive.denied_requests(events, trusted, cluster)),
        "counts": {
            "events": sum(len(request.stages) for request in found),
            "requests": len(found),
            "by_actor_kind": dict(sorted(Counter(request.last.actor_kind for request in found).items())),
            "by_outcome": dict(sorted(Counter(request.last.outcome for request in found).items())),
        },
    }


def stated(truth: Mapping[str, Any]) -> Facts:
    """Take the same facts out of truth.json."""
    counts = {key: value for key, value in truth["counts"].items() if key != "lines"}
    return {
        "sessions": truth["sessions"],
        "failed_attempts": _sorted(truth["failed_attempts"]),
        "denied": _sorted(truth["denied"]),
        "counts": counts,
    }


def _sorted(found: Iterable[Facts]) -> list[Facts]:
    return sorted(found, key=lambda each: tuple(each.values()))


def _session(session: derive.Session) -> Facts:
    return {
        "actor": session.actor,
        "actor_kind": session.actor_kind,
        "credential_id": session.key_credential,
        "client_ip": session.client_ip,
        "started_at": stamp(session.started_at),
        "last_seen_at": stamp(session.last_seen_at),
        "requests": session.requests,
        "writes": session.writes,
        "denied": session.denied,
        "acting_as": list(session.acting_as),
        "method": session.method,
        "evidence": session.evidence,
        "audit_id": session.first_audit_id,
    }


def _failure(attempt: derive.FailedAttempt) -> Facts:
    return {
        "attempted_at": stamp(attempt.attempted_at),
        "class": attempt.class_,
        "client_ip": attempt.client_ip,
        "user_agent": attempt.user_agent,
        "audit_id": attempt.audit_id,
    }


def _denial(denied: derive.Denied) -> Facts:
    return {
        "denied_at": stamp(denied.requested_at),
        "audit_id": denied.audit_id,
        "actor": denied.actor,
        "actor_kind": denied.actor_kind,
        "client_ip": denied.client_ip,
        "acting_as": denied.impersonated_user,
    }
