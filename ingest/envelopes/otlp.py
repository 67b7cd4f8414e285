"""Unwrap OpenTelemetry logs in JSON (OTLP): the event is the body; the resource names the log it came from."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece, Rejected
from auditradar.ingest.envelopes.viaq import component_of


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the body of every log record."""
    resources = record.get("resourceLogs")
    if not isinstance(resources, list):
        return None
    return list(_bodies(resources)) or ([Rejected("an OTLP export without log records")] if resources else [])


def _bodies(resources: list[Any]) -> Iterator[Piece]:
    for resource in filter(_is_object, resources):
        source = str(_attributes(resource.get("resource")).get("openshift.log.source", ""))
        for scope in filter(_is_object, _list(resource, "scopeLogs")):
            for entry in _list(scope, "logRecords"):
                yield _body(entry, source) if _is_object(entry) else Inner(entry)


def _body(entry: Json, source: str) -> Inner:
    body = _plain(entry.get("body"))
    at = str(entry.get("timeUnixNano") or entry.get("observedTimeUnixNano") or "")
    if body in (None, ""):
        return Inner(entry, at=at)
    event = body if isinstance(body, dict) else _parsed(body)
    return Inner(event or body, component_of(source), at)


def _parsed(body: Any) -> Json:
    try:
        event = orjson.loads(body) if isinstance(body, str) and body.lstrip()[:1] == "{" else {}
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return {}
    return event if isinstance(event, dict) else {}


def _plain(value: Any) -> Any:
    """Return an OTLP AnyValue as the value it stands for."""
    if not isinstance(value, dict) or len(value) != 1:
        return value
    kind, inner = next(iter(value.items()))
    if kind == "kvlistValue" and isinstance(inner, dict):
        return {str(item.get("key")): _plain(item.get("value")) for item in filter(_is_object, _list(inner, "values"))}
    if kind == "arrayValue" and isinstance(inner, dict):
        return [_plain(item) for item in _list(inner, "values")]
    if kind == "intValue" and isinstance(inner, str) and inner.lstrip("-").isdecimal():
        return int(inner[:18])
    return inner if kind.endswith("Value") else value


def _attributes(owner: Any) -> Json:
    if not isinstance(owner, dict):
        return {}
    return {str(item.get("key")): _plain(item.get("value")) for item in filter(_is_object, _list(owner, "attributes"))}


def _list(owner: Json, key: str) -> list[Any]:
    value = owner.get(key)
    return value if isinstance(value, list) else []


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)
