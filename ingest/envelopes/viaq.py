"""Unwrap what OpenShift's ClusterLogForwarder (ViaQ) adds: its keys go, the level and the component come back."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.canonical import EVENT_FIELDS, normalise
from auditradar.ingest.envelopes.pieces import Inner, Json, Piece

_LOG_TYPES = frozenset({"audit", "infrastructure", "application"})
_LEVELS = ("k8s_audit_level", "openshift_audit_level")


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event without the forwarder's keys, or what it forwarded instead of an event: a container's line, as text or parsed."""
    if str(record.get("log_type")) not in _LOG_TYPES and not any(key in record for key in _LEVELS):
        return None
    if "auditID" not in record and "verb" not in record:
        message = next((record[key] for key in ("structured", "message") if isinstance(record.get(key), str | dict)), None)
        return None if message is None else [Inner(message, at=str(record.get("@timestamp") or record.get("timestamp") or ""))]
    event = {key: value for key, value in record.items() if key in EVENT_FIELDS}
    if "requestReceivedTimestamp" in event:
        event.pop("timestamp", None)
    level = next((record[key] for key in _LEVELS if key in record), None)
    event["level"] = level if event.get("level") in (None, "default") else event["level"]
    return [normalise(event, component=component_of(str(record.get("log_source", ""))))]


def component_of(source: str) -> str:
    """Name the API server of a forwarder's log source: openshiftAPI stands for three, which SQL tells apart (audit-facts 3.8)."""
    return {"kubeAPI": "kube-apiserver", "openshiftAPI": "openshiftAPI"}.get(source, "")
