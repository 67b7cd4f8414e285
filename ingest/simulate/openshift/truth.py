"""What happened in a simulated OpenShift cluster: logins, ends, failed attempts and sessions, as the story meant them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.truth import Anomaly, Counts, PersonFact


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OAuthLogin(_Fact):
    """State one login; `proved_at` is when the password was accepted or the provider vouched, `login_at` when the token was made.

    `client_ip` is where the person was; `known_ip` is what the logs can prove, empty where two connections could be the one.
    """

    login_at: str
    proved_at: str
    actor: str
    method: str
    client_name: str
    provider: str
    client_ip: str
    known_ip: str
    client_ip_evidence: str
    credential_id: str
    evidence: Literal["oauth-token", "idp"]
    confidence: Literal["recorded"] = "recorded"


class OAuthEnd(_Fact):
    """State one end of a session: by whom, empty where time did it."""

    logout_at: str
    actor: str
    by: str
    kind: Literal["logout", "revoked", "expired", "idle"]
    credential_id: str


class OAuthFailure(_Fact):
    """State one failed attempt; `actor` is the name that was typed, or the owner of a token that is dead."""

    attempted_at: str
    class_: str = Field(alias="class")
    actor: str
    client_ip: str
    known_ip: str
    audit_id: str = Field(description="Audit id of the decisive event; empty for a provider's line.")


class OAuthSession(_Fact):
    """State one session of a token; requests are those that were made with it."""

    actor: str
    credential_id: str
    client_ip: str
    activity_ip: str = Field(description="Address that the API servers saw: the console's pod for a browser.")
    method: str
    started_at: str
    last_seen_at: str
    ended_at: str
    end_reason: Literal["logout", "revoked", "expired", "idle", "open"]
    requests: int
    writes: int
    denied: int
    acting_as: list[str]


class OAuthDenial(_Fact):
    """State one request that authorization refused."""

    denied_at: str
    audit_id: str
    actor: str
    client_ip: str
    acting_as: str


class OpenShiftTruth(_Fact):
    """Be the whole of truth.json. Lists are in the order of time; times are UTC with microseconds and Z."""

    plan: Plan
    trusted_proxies: list[str]
    people: list[PersonFact]
    logins: list[OAuthLogin]
    logouts: list[OAuthEnd]
    sessions: list[OAuthSession]
    failed_attempts: list[OAuthFailure]
    denied: list[OAuthDenial]
    silent_tokens: list[str] = Field(description="Tokens made from a cookie alone: nobody logged in for them.")
    anomalies: list[Anomaly]
    counts: Counts
