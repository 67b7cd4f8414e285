"""Unwrap what OpenShift's ClusterLogForwarder (ViaQ) adds: its keys go, the level and the component come back."""

from collections.abc import Iterable
from typing import Any

from auditradar.ingest.envelopes.canonical import EVENT_FIELDS, normalise
from auditradar.ingest.envelopes.pieces import Inner, Json, Piece

_LOG_TYPES = frozenset({"audit", "infrastructure", "application"})
_LEVELS = ("k8s_audit_level", "openshift_audit_level")
_OAUTH_GROUPS = frozenset({"oauth.openshift.io", "user.openshift.io"})
_OAUTH_SERVER_PATHS = ("/login", "/logout", "/oauth/", "/oauth2callback")


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
    return [normalise(event, component=component_of(str(record.get("log_source", "")), event))]


def component_of(source: str, event: Json) -> str:
    """Say which API server wrote an event, given the forwarder's log source (audit-facts 3.8); empty if it cannot tell."""
    if source == "kubeAPI":
        return "kube-apiserver"
    if source != "openshiftAPI":
        return ""
    address = str(event.get("requestURI") or "")
    reference: Any = event.get("objectRef")
    group = str(reference.get("apiGroup") or "") if isinstance(reference, dict) else ""
    if group in _OAUTH_GROUPS or address.startswith(tuple(f"/apis/{name}/" for name in sorted(_OAUTH_GROUPS))):
        return "oauth-apiserver"
    if address.startswith(_OAUTH_SERVER_PATHS) or _is_probe(address, event):
        return "oauth-server"
    return "openshift-apiserver"


def _is_probe(address: str, event: Json) -> bool:
    """Tell the router's anonymous probe of the login page, which only the oauth-server has."""
    user: Any = event.get("user")
    return address == "/" and isinstance(user, dict) and user.get("username") == "system:anonymous"
