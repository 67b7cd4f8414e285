"""Unwrap Google Cloud audit log entries of GKE: a `protoPayload` becomes the event the API server would have written."""

from collections.abc import Iterable
from typing import Any

from auditradar.ingest.envelopes.canonical import derived_id, normalise
from auditradar.ingest.envelopes.paths import reference_of_resource
from auditradar.ingest.envelopes.pieces import Json, Piece, Rejected

_SERVICE = "k8s.io"
_METHOD_PREFIX = "io.k8s."
# google.rpc.Code (googleapis google/rpc/code.proto) to the HTTP status it is documented to map to.
_HTTP = {
    0: 200,
    1: 499,
    2: 500,
    3: 400,
    4: 504,
    5: 404,
    6: 409,
    7: 403,
    8: 429,
    9: 400,
    10: 409,
    11: 400,
    12: 501,
    13: 500,
    14: 503,
    15: 500,
    16: 401,
}
_DECISION = "authorization.k8s.io/decision"
_KEPT_LABELS = ("cluster_name", "location", "project_id")


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event, or say which other Google service the entry is about."""
    payload = record.get("protoPayload")
    if not isinstance(payload, dict):
        return None
    method = str(payload.get("methodName") or "")
    service = str(payload.get("serviceName") or "")
    if service != _SERVICE and not method.startswith(_METHOD_PREFIX):
        return [Rejected(f"a Google Cloud audit record of {service or method or 'another service'}, not of a Kubernetes API server")]
    return [normalise(_event(record, payload, method))]


def _event(record: Json, payload: Json, method: str) -> Json:
    metadata = _object(payload, "requestMetadata")
    caller = metadata.get("callerIp") or metadata.get("callerIP")
    path, reference = reference_of_resource(_resource_name(payload))
    status = _status(record, payload)
    received = next((value for value in (record.get("timestamp"), payload.get("timestamp"), record.get("p_event_time")) if value), "")
    event: Json = {
        "auditID": record.get("insertId") or _object(record, "operation").get("id") or derived_id(record),
        "stage": "ResponseComplete",
        "requestURI": path,
        "verb": method.rpartition(".")[2].lower(),
        "user": _user(payload),
        "sourceIPs": [caller] if caller else [],
        "userAgent": metadata.get("callerSuppliedUserAgent"),
        "objectRef": reference,
        "responseStatus": status,
        "requestObject": payload.get("request"),
        "responseObject": payload.get("response"),
        "requestReceivedTimestamp": received or record.get("receiveTimestamp"),
        "annotations": _annotations(record, payload),
    }
    return {key: value for key, value in event.items() if value not in (None, {}, [], "")} | {"user": event["user"]}


def _resource_name(payload: Json) -> str:
    name = payload.get("resourceName") or next((item.get("resource") for item in _authorizations(payload)), "")
    return name if isinstance(name, str) else ""


def _user(payload: Json) -> Json:
    principal = _object(payload, "authenticationInfo").get("principalEmail")
    return {"username": principal} if principal else {}


def _authorizations(payload: Json) -> list[Json]:
    found = payload.get("authorizationInfo")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _decision(record: Json, payload: Json) -> str:
    """Return allow or forbid; `granted` is absent when it is false, as protocol buffers leave out false."""
    said = _object(record, "labels").get(_DECISION)
    if isinstance(said, str):
        return said
    asked = _authorizations(payload)
    return "" if not asked else "allow" if all(item.get("granted") is True for item in asked) else "forbid"


def _status(record: Json, payload: Json) -> Json:
    said = _object(payload, "status")
    answer = _object(payload, "response")
    own = answer.get("code") if answer.get("kind") == "Status" else None
    number = said.get("code", 0)
    forbidden = not number and own is None and _decision(record, payload) == "forbid"
    code = own if isinstance(own, int) else 403 if forbidden else _HTTP.get(number if isinstance(number, int) else 2, 500)
    status: Json = {"metadata": {}, "code": code}
    if code >= 400:
        status["status"] = "Failure"
    if said.get("message"):
        status["message"] = said["message"]
    if answer.get("reason"):
        status["reason"] = answer["reason"]
    return status


def _annotations(record: Json, payload: Json) -> dict[str, str]:
    labels = _object(record, "labels")
    kept = {key: value for key, value in labels.items() if isinstance(value, str)}
    decision = _decision(record, payload)
    where = _object(_object(record, "resource"), "labels")
    kept |= {f"gke.auditradar/{key}": str(where[key]) for key in _KEPT_LABELS if where.get(key)}
    if record.get("logName"):
        kept["gke.auditradar/log"] = str(record["logName"])
    return kept | ({_DECISION: decision} if decision else {})


def _object(owner: Json, key: str) -> Json:
    value: Any = owner.get(key)
    return value if isinstance(value, dict) else {}
