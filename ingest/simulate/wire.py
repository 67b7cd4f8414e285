"""One audit event as one line of audit.log: the field order of the Go type (apiserver pkg/apis/audit/v1/types.go)."""

from dataclasses import dataclass

from auditradar.ingest.simulate.api import Call
from auditradar.ingest.simulate.text import mapping, quoted, strings

RECEIVED = "RequestReceived"
STARTED = "ResponseStarted"
COMPLETE = "ResponseComplete"

Pieces = tuple[str, str, str, str]

# Stand where the audit id and the two times go; no text of an event can contain them.
_HOLE = "\x00"


@dataclass(frozen=True, slots=True)
class Voice:
    """Be how a caller appears: `user` and `acting_as` as JSON, the addresses of its way here, its user agent."""

    user: str
    source_ips: tuple[str, ...]
    agent: str
    acting_as: str = ""


def event_line(call: Call, voice: Voice, stage: str) -> Pieces:
    """Write an event in four pieces, between which the audit id, the request's time and the stage's time belong.

    A RequestReceived knows neither the answer nor an impersonation: both come later in the chain of handlers.
    """
    answered = stage != RECEIVED
    parts = [
        f'{{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"{call.level}","auditID":"{_HOLE}","stage":"{stage}"',
        f'"requestURI":{quoted(call.uri)},"verb":"{call.verb}","user":{voice.user}',
        *([f'"impersonatedUser":{voice.acting_as}'] if voice.acting_as and answered else ()),
        f'"sourceIPs":{strings(voice.source_ips)}',
        *([f'"userAgent":{quoted(voice.agent)}'] if voice.agent else ()),
        *([f'"objectRef":{call.target.reference}'] if call.target else ()),
        *(_answer(call, stage) if answered else ()),
        f'"requestReceivedTimestamp":"{_HOLE}","stageTimestamp":"{_HOLE}"',
        *(_annotations(call) if answered else ()),
    ]
    first, second, third, fourth = (",".join(parts) + "}\n").split(_HOLE)
    return first, second, third, fourth


def _answer(call: Call, stage: str) -> list[str]:
    """Write the status, and at the end the bodies the level asks for."""
    parts = [f'"responseStatus":{call.answer.status}']
    if call.sent:
        parts.append(f'"requestObject":{call.sent}')
    if call.returned and stage == COMPLETE:
        parts.append(f'"responseObject":{call.returned}')
    return parts


def _annotations(call: Call) -> list[str]:
    """Write what the handlers noted: no decision where the request was refused before the authorizer."""
    notes = call.notes
    if call.answer.decision:
        decision = (("authorization.k8s.io/decision", call.answer.decision), ("authorization.k8s.io/reason", call.answer.grant))
        notes = (*decision, *notes)
    return [f'"annotations":{mapping(notes)}'] if notes else []
