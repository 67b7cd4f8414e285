"""Unwrap rows of the Log Analytics tables AKSAudit and AKSAuditAdmin, where every field of the event is a column."""

from collections.abc import Iterable
from typing import Any

import orjson

from auditradar.ingest.envelopes.canonical import normalise
from auditradar.ingest.envelopes.pieces import Json, Piece

# Columns: learn.microsoft.com/azure/azure-monitor/reference/tables/aksaudit
_COLUMNS = {
    "Level": "level",
    "AuditId": "auditID",
    "Stage": "stage",
    "RequestUri": "requestURI",
    "Verb": "verb",
    "User": "user",
    "ImpersonatedUser": "impersonatedUser",
    "SourceIps": "sourceIPs",
    "UserAgent": "userAgent",
    "ObjectRef": "objectRef",
    "ResponseStatus": "responseStatus",
    "RequestObject": "requestObject",
    "ResponseObject": "responseObject",
    "RequestReceivedTime": "requestReceivedTimestamp",
    "StageReceivedTime": "stageTimestamp",
    "Annotations": "annotations",
}
_DYNAMIC = frozenset(
    {"User", "ImpersonatedUser", "SourceIps", "ObjectRef", "ResponseStatus", "RequestObject", "ResponseObject", "Annotations"}
)
_SKIPPED = "skipped-too-big-size-object"


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event that the columns spell."""
    if "AuditId" not in record or not ("RequestUri" in record or "Verb" in record):
        return None
    event: Json = {}
    skipped: Json = {}
    for column, field in _COLUMNS.items():
        value = _value(column, record.get(column))
        if value == _SKIPPED:
            skipped[f"aks.auditradar/{field}"] = _SKIPPED
        elif value not in (None, "", {}):
            event[field] = value
    if skipped:
        annotations = event.get("annotations")
        event["annotations"] = (annotations if isinstance(annotations, dict) else {}) | skipped
    return [normalise(event, at=str(record.get("TimeGenerated") or ""))]


def _value(column: str, value: Any) -> Any:
    """Return a column's value; exports write dynamic columns as text."""
    if column in _DYNAMIC and isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return orjson.loads(value)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            return value
    return value
