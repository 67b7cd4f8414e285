"""One request of the simulation as it is meant: who asks what, from where, when, and the events this leaves in the log."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditradar.ingest.simulate.api import Call
from auditradar.ingest.simulate.clock import MILLISECOND, stamp
from auditradar.ingest.simulate.identity import Identity
from auditradar.ingest.simulate.wire import COMPLETE, RECEIVED, STARTED, Voice, event_line

Stages = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Client:
    """Be a program at an address.

    `address` is where the request really comes from as far as anybody can prove; `source_ips` is what the server writes:
    whatever the caller forged, the address, and the proxies behind it. `method` is the design's word for the program.
    """

    agent: str
    method: str
    address: str
    source_ips: tuple[str, ...]
    interactive: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """Be one request. `acting_as` is the impersonated user."""

    at: int
    audit_id: str
    call: Call
    identity: Identity
    client: Client
    server: int = 0
    acting_as: Identity | None = None

    @property
    def in_session(self) -> bool:
        """Say whether the request is part of a session: a person's, or a service account's in an interactive client."""
        return self.identity.kind == "human" or (self.identity.kind == "service-account" and self.client.interactive)

    def stages(self, horizon: int) -> Stages:
        """List the stages that are reached before the log ends.

        A 401 leaves exactly one event, of stage ResponseStarted (apiserver pkg/endpoints/filters/authn_audit.go).
        """
        end = self.at + self.call.lasts
        if self.call.answer.outcome == "unauthenticated":
            reached = [(STARTED, end)]
        elif self.call.streams:
            reached = [(RECEIVED, self.at), (STARTED, self.at + 2 * MILLISECOND), (COMPLETE, end)]
        else:
            reached = [(RECEIVED, self.at), (COMPLETE, end)]
        return [(stage, at) for stage, at in reached if at < horizon]

    def lines(self, stages: Stages) -> Iterator[tuple[int, str]]:
        """Write the stages, each with its moment."""
        acting_as = self.acting_as.user if self.acting_as else ""
        voice = Voice(self.identity.user, self.client.source_ips, self.client.agent, acting_as)
        for stage, at in stages:
            first, second, third, fourth = event_line(self.call, voice, stage)
            yield at, f"{first}{self.audit_id}{second}{stamp(self.at)}{third}{stamp(at)}{fourth}"
