"""Recognise the canonical audit.k8s.io/v1 event, and write any other form of it canonically."""

import hashlib
import uuid
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Event, Json, Rejected
from auditradar.ingest.envelopes.timestamps import moment

API_VERSION = "audit.k8s.io/v1"
EVENT_HEAD = b'{"kind":"Event","apiVersion":"audit.k8s.io/v1",'
# The levels an API server writes; forwarders put others in, and keep the true one elsewhere.
EVENT_HEADS = tuple(EVENT_HEAD + b'"level":"%s","auditID":"' % level for level in (b"Metadata", b"RequestResponse", b"Request"))
RECEIVED = b'"requestReceivedTimestamp":"'
# Field order of the type (k8s.io/apiserver pkg/apis/audit/v1/types.go); everything else follows.
_FIELDS = (
    "kind",
    "apiVersion",
    "metadata",
    "level",
    "timestamp",
    "auditID",
    "stage",
    "requestURI",
    "verb",
    "user",
    "impersonatedUser",
    "authenticationMetadata",
    "sourceIPs",
    "userAgent",
    "objectRef",
    "responseStatus",
    "requestObject",
    "responseObject",
    "requestReceivedTimestamp",
    "stageTimestamp",
    "annotations",
)
EVENT_FIELDS = frozenset(_FIELDS)
# Panther, the publisher of some samples, adds columns of its own; the first is the event's time.
_PUBLISHER_PREFIX = "p_"
_PUBLISHER_TIME = "p_event_time"

NO_TIME = "an audit event without a timestamp: nothing says when it happened"
TOO_DEEP = "a record that is nested too deeply to be written"
NO_ID = "not an audit event: no auditID, and no verb, requestURI and timestamp to make one from"


def is_canonical(line: bytes) -> bool:
    """Tell whether a line is, by its look, one canonical event that may pass as it is."""
    return (
        line.startswith(EVENT_HEADS)
        and line.endswith(b"}")
        and RECEIVED in line
        and b'","stage":"' in line
        and line.count(EVENT_HEAD) == 1
        and not any(char in line for char in (b"\n", b"\r", b"\0"))
    )


def is_event(record: Json) -> bool:
    """Tell whether an object is meant to be an audit event, in any of its forms."""
    version = record.get("apiVersion")
    if isinstance(version, str) and version.startswith("audit.k8s.io/"):
        return bool(record.get("kind", "Event") == "Event")
    if "method" in record and "verb" not in record:
        return False
    has_id = isinstance(record.get("auditID"), str)
    return (has_id and ("stage" in record or "verb" in record)) or ("verb" in record and ("requestURI" in record or "user" in record))


def normalise(record: Json, *, component: str = "", at: str = "") -> Event | Rejected:
    """Write an event canonically, or say why it cannot be one; `at` is used if the event itself has no time."""
    try:
        return _normalised(record, component, at)
    except TypeError:
        # orjson reads 1024 levels and writes 254.
        return Rejected(TOO_DEEP)


def _normalised(record: Json, component: str, at: str) -> Event | Rejected:
    received, stage_at = _moments(record, at)
    audit_id = record.get("auditID")
    has_id = isinstance(audit_id, str) and audit_id != ""
    if not received:
        return Rejected(NO_TIME)
    if not has_id and not (record.get("verb") and record.get("requestURI")):
        return Rejected(NO_ID)
    event = {key: value for key, value in record.items() if not key.startswith(_PUBLISHER_PREFIX)}
    event |= {"kind": "Event", "apiVersion": API_VERSION, "requestReceivedTimestamp": received, "stageTimestamp": stage_at}
    event["auditID"] = audit_id if has_id else derived_id(record)
    event["level"] = record.get("level") or _level(record)
    event["stage"] = record.get("stage") or _stage(record)
    if isinstance(event.get("sourceIPs"), str):
        event["sourceIPs"] = [event["sourceIPs"]]
    ordered = {key: event[key] for key in _FIELDS if key in event}
    return Event(orjson.dumps(ordered | event), component)


def derived_id(record: Json) -> str:
    """Return the same id for the same content, whatever the order of its keys."""
    content = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    return str(uuid.UUID(bytes=hashlib.sha256(content).digest()[:16], version=5))


def _moments(record: Json, at: str) -> tuple[str, str]:
    metadata = record.get("metadata")
    created = metadata.get("creationTimestamp") if isinstance(metadata, dict) else None
    own = [moment(record.get(key)) for key in ("requestReceivedTimestamp", "timestamp")] + [moment(created)]
    stage_at = moment(record.get("stageTimestamp"))
    others = (*own, stage_at, moment(record.get(_PUBLISHER_TIME)), moment(at))
    received = next((found for found in others if found), "")
    return received, stage_at or received


def _level(record: Json) -> str:
    if "responseObject" in record:
        return "RequestResponse"
    return "Request" if "requestObject" in record else "Metadata"


def _stage(record: Json) -> str:
    status: Any = record.get("responseStatus")
    answered = isinstance(status, dict) and status.get("code")
    return "ResponseComplete" if answered else "RequestReceived"
