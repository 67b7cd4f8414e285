"""Redact canonical events: a fast screen over many at once, then a close look at the few that could hold a secret."""

import re
from typing import Any
from urllib.parse import unquote

import orjson

from auditradar.ingest.redact.addresses import redact_address
from auditradar.ingest.redact.bodies import REDACTED, hidden, is_oauth_token, named, nature, redact_body
from auditradar.ingest.redact.screen import suspects
from auditradar.ingest.redact.text import redact_strings

_TOKEN_PATH = re.compile(r"(oauth(?:access|authorize)tokens/)([^/?#]+)", re.IGNORECASE)
_NAME_SELECTOR = re.compile(r"(metadata\.name(?:=|%3[Dd]){1,2})([^&,#%]+)")
_QUOTED = re.compile(r'"([^"]+)"')
_RESOURCE_PATH = re.compile(r"/(?:namespaces/[^/?]+/)?([a-z]+)(?:/[^/?]+(?:/([a-z]+))?)?/?(?:\?|$)")
_KIND_WORDS = (b'"Secret', b"TokenRe", b"OAuth")
# A raw token shorter than this is not looked for in free text: it could be a word.
_DISTINCT = 16


def redact(records: list[bytes], block: bytes, *, mask_exec: bool = False) -> tuple[dict[int, tuple[str, ...]], list[int]]:
    """Redact canonical records in place; `block` is the same records joined by newlines.

    Return the rules that hit by index, and the indexes of suspicious records that are no valid JSON, left as they were.
    """
    hits: dict[int, tuple[str, ...]] = {}
    broken: list[int] = []
    for index in suspects(block, mask_exec=mask_exec):
        try:
            records[index], rules = redact_event(records[index], mask_exec=mask_exec)
        except (orjson.JSONDecodeError, TypeError, RecursionError):
            # orjson reads 1024 levels and writes 254; what it cannot write again is kept as text.
            broken.append(index)
            continue
        if rules:
            hits[index] = rules
    return hits, broken


def redact_event(record: bytes, *, mask_exec: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """Return one canonical record without its secrets, and the rules that hit; an innocent one comes back as it was.

    Raise orjson.JSONDecodeError for a record that is no JSON object.
    """
    event = orjson.loads(record)
    if not isinstance(event, dict):
        message = "not an object"
        raise orjson.JSONDecodeError(message, record.decode("utf-8", "replace"), 0)
    plain = orjson.dumps(event)
    hits: set[str] = set()
    _redact_fields(event, hits, knows=any(word in plain for word in _KIND_WORDS), mask_exec=mask_exec)
    text = redact_strings(orjson.dumps(event) if hits else plain, hits, mask_exec=mask_exec)
    # Equal length without a hit means that nothing was hidden in a duplicate key or an escape.
    same = not hits and len(plain) == len(record)
    return record if same else text, tuple(sorted(hits))


def _redact_fields(event: dict[str, Any], hits: set[str], *, knows: bool, mask_exec: bool) -> None:
    """Redact field by field; `knows` tells whether any kind with a rule of its own is mentioned at all."""
    resource, subresource = _resource_of(event)
    address = event.get("requestURI")
    if isinstance(address, str):
        event["requestURI"] = redact_address(address.encode(), hits, mask_exec=mask_exec).decode("utf-8", "replace")
    if is_oauth_token(resource):
        _rename_tokens(event, hits)
    under = nature(resource, subresource)
    for field in ("requestObject", "responseObject", "annotations"):
        if field in event and (under or knows):
            event[field] = _redacted_body(event[field], "" if field == "annotations" else under, hits)


def _redacted_body(body: Any, under: str, hits: set[str]) -> Any:
    """Return a body without its secrets; a patch in another format than JSON is kept as text and hidden whole."""
    if under == "secret" and isinstance(body, str):
        return hidden(body, "secret-body", hits)
    return redact_body(body, under, hits)


def _resource_of(event: dict[str, Any]) -> tuple[str, str]:
    reference = event.get("objectRef")
    if isinstance(reference, dict) and isinstance(reference.get("resource"), str):
        return reference["resource"], str(reference.get("subresource") or "")
    found = _RESOURCE_PATH.search(str(event.get("requestURI") or ""))
    return (found[1], found[2] or "") if found else ("", "")


def _rename_tokens(event: dict[str, Any], hits: set[str]) -> None:
    """Give raw tokens that are used as names the platform's own names, everywhere in the event."""
    names = {token: name for token in _raw_names(event) - {"", REDACTED} if (name := named(token, hits)) != token}
    if names:
        replaced = _replaced(event, names)
        event.clear()
        event.update(replaced)


def _raw_names(event: dict[str, Any]) -> set[str]:
    address = str(event.get("requestURI") or "")
    found = {unquote(match[2]) for match in _TOKEN_PATH.finditer(address)}
    found |= {unquote(match[2]) for match in _NAME_SELECTOR.finditer(address)}
    status = event.get("responseStatus")
    parts = [event.get("objectRef"), status.get("details") if isinstance(status, dict) else None]
    for field in ("requestObject", "responseObject"):
        body = event.get(field)
        items = body.get("items") if isinstance(body, dict) else None
        for item in [body, *(items if isinstance(items, list) else [])]:
            if isinstance(item, dict):
                parts += [item.get("metadata"), item.get("details")]
    found |= {part["name"] for part in parts if isinstance(part, dict) and isinstance(part.get("name"), str)}
    message = status.get("message") if isinstance(status, dict) else None
    if isinstance(message, str) and ('" not found' in message or '" already exists' in message):
        found |= set(_QUOTED.findall(message)[:1])
    return found


def _replaced(value: Any, names: dict[str, str], depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(item, names, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, names, depth + 1) for item in value]
    return _renamed(value, names) if isinstance(value, str) else value


def _renamed(text: str, names: dict[str, str]) -> str:
    if text in names:
        return names[text]
    text = _TOKEN_PATH.sub(lambda match: match[1] + names.get(unquote(match[2]), match[2]), text)
    for token, name in names.items():
        if len(token) >= _DISTINCT:
            text = text.replace(token, name)
        text = text.replace(f'"{token}"', f'"{name}"')
    return _NAME_SELECTOR.sub(lambda match: match[1] + names.get(unquote(match[2]), match[2]), text)
