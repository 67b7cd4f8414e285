"""What the derivations give: plain rows. Moments are microseconds since 1970."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Session:
    """One session. `key_credential` and `key_ip` are the parts of its key; the other attributes are those of its first request."""

    cluster: str
    actor: str
    actor_kind: str
    key_credential: str
    key_ip: str
    credential_kind: str
    credential_id: str
    client_ip: str
    user_agent: str
    method: str
    clients: tuple[str, ...]
    acting_as: tuple[str, ...]
    started_at: int
    last_seen_at: int
    ended_at: int | None
    end_reason: str
    requests: int
    writes: int
    denied: int
    evidence: str
    confidence: str
    first_audit_id: str
    last_audit_id: str


@dataclass(frozen=True)
class Login:
    """The beginning of a session."""

    login_at: int
    actor: str
    method: str
    client_ip: str
    credential_id: str
    evidence: str
    confidence: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class Logout:
    """The end of a session. Plain Kubernetes has only silence."""

    logout_at: int
    actor: str
    kind: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True)
class FailedAttempt:
    """One request whose credential was refused, or that had none and was refused."""

    attempted_at: int
    actor: str
    class_: str
    client_ip: str
    user_agent: str
    audit_id: str


@dataclass(frozen=True)
class Denied:
    """One request of a known user that authorization refused."""

    requested_at: int
    audit_id: str
    actor: str
    actor_kind: str
    client_ip: str
    impersonated_user: str


@dataclass(frozen=True)
class Minute:
    """What a session key did in one minute of requests."""

    first_at: int
    last_at: int
    requests: int
    writes: int
    denied: int
