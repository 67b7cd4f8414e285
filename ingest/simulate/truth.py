"""What happened, in truth.json: the intent of the simulator, never read back from the events it wrote."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from auditradar.ingest.simulate.plan import Plan


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TrueSession(_Fact):
    """State one session for a session gap of 8 hours.

    `credential_id` is the credential's part of the session key: a certificate's fingerprint, an AWS access key id, empty for
    tokens. `client_ip` is the address of the first request. `method` comes from the first request's client.
    """

    actor: str
    actor_kind: str
    credential_id: str
    client_ip: str
    started_at: str
    last_seen_at: str
    requests: int
    writes: int
    denied: int
    acting_as: list[str]
    method: str
    evidence: Literal["first-seen", "idle-gap"]
    audit_id: str = Field(description="Audit id of the first request.")


class TrueLogin(_Fact):
    """State one login: the beginning of a session."""

    login_at: str
    actor: str
    credential_id: str
    client_ip: str
    method: str
    evidence: Literal["first-seen", "idle-gap"]
    audit_id: str


class TrueFailure(_Fact):
    """State one failed attempt; who it was nobody can know."""

    attempted_at: str
    class_: str = Field(alias="class", description="bad-credential or anonymous-denied.")
    client_ip: str
    user_agent: str
    audit_id: str


class TrueDenial(_Fact):
    """State one request of a known user that authorization refused."""

    denied_at: str
    audit_id: str
    actor: str
    actor_kind: str
    client_ip: str
    acting_as: str


class Anomaly(_Fact):
    """Tell one story that a reader of the audit log should find."""

    what: str
    at: str
    until: str
    actor: str
    client_ip: str
    requests: int
    sentence: str


class Counts(_Fact):
    """Count: `events` are distinct stages, `lines` what was written, the other two count requests."""

    events: int
    lines: int
    requests: int
    by_actor_kind: dict[str, int]
    by_outcome: dict[str, int]


class PersonFact(_Fact):
    """Introduce one of the people."""

    name: str
    actor: str
    habit: str


class Truth(_Fact):
    """Be the whole of truth.json. Lists are in the order of time; times are UTC with microseconds and Z."""

    plan: Plan
    trusted_proxies: list[str]
    people: list[PersonFact]
    sessions: list[TrueSession]
    logins: list[TrueLogin]
    failed_attempts: list[TrueFailure]
    denied: list[TrueDenial]
    anomalies: list[Anomaly]
    counts: Counts
