"""Unwrap the text format of `--audit-log-format=legacy`.

Source: k8s.io/apiserver pkg/audit/format.go. Values are Go-quoted; `<none>`, `<self>`, `<lookup>`, `<deferred>` and
`<unknown>` stand for absence.
"""

import re
from collections.abc import Iterable

import orjson

from auditradar.ingest.envelopes.canonical import normalise
from auditradar.ingest.envelopes.paths import reference_in
from auditradar.ingest.envelopes.pieces import Json, Piece, Rejected

_LINE = re.compile(rb"(\d{4}-\d\d-\d\dT[^ ]+) AUDIT: (?=id=)")
_PAIR = re.compile(rb'([a-z-]+)=((?:"(?:[^"\\]|\\.)*",?)+|<[a-z]+>)')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unwrap(record: bytes) -> Iterable[Piece] | None:
    """Give the event a line spells; the second line of the oldest releases has only an id and a response."""
    found = _LINE.match(record)
    if found is None:
        return None
    pairs = {match[1].decode(): match[2].decode("utf-8", "replace") for match in _PAIR.finditer(record, found.end())}
    if "uri" not in pairs:
        return [Rejected("a line of the old text audit format that has no request: the answer's half of a pair")]
    return [normalise(_event(found[1].decode("ascii", "replace"), pairs))]


def _event(at: str, pairs: dict[str, str]) -> Json:
    code = _text(pairs, "response")
    user: Json = {"username": _text(pairs, "user"), "groups": _list(pairs, "groups")}
    other: Json = {"username": _text(pairs, "as"), "groups": _list(pairs, "asgroups")}
    event: Json = {
        "auditID": _text(pairs, "id"),
        "stage": _text(pairs, "stage"),
        "requestURI": _text(pairs, "uri"),
        "verb": _text(pairs, "method").lower(),
        "user": {key: value for key, value in user.items() if value},
        "sourceIPs": _list(pairs, "ip"),
        "userAgent": _text(pairs, "user-agent"),
        "objectRef": reference_in(_text(pairs, "uri")),
        "responseStatus": {"metadata": {}, "code": int(code)} if code.isascii() and code.isdecimal() else None,
        "requestReceivedTimestamp": at,
    }
    if other["username"]:
        event["impersonatedUser"] = {key: value for key, value in other.items() if value}
    return {key: value for key, value in event.items() if value not in (None, "", {}, [])} | {"user": event["user"]}


def _text(pairs: dict[str, str], key: str) -> str:
    found = _QUOTED.fullmatch(pairs.get(key, ""))
    value = _unquoted(found[1]) if found else ""
    return "" if re.fullmatch("<[a-z]+>", value) else value


def _list(pairs: dict[str, str], key: str) -> list[str]:
    """Return a list that is written as `"a","b"`, or quoted once more."""
    written = pairs.get(key, "")
    once = _QUOTED.fullmatch(written)
    inner = _unquoted(once[1]) if once else written
    values = [_unquoted(value) for value in _QUOTED.findall(inner if '"' in inner else f'"{inner}"')]
    return [value for value in values if value and not re.fullmatch("<[a-z]+>", value)]


def _unquoted(text: str) -> str:
    try:
        return str(orjson.loads(f'"{text}"'))
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return text.replace('\\"', '"').replace("\\\\", "\\")
