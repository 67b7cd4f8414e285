"""Write what a program's line says as one canonical JSON object, redacted.

Every field is always there: an absent fact is an empty text, 0 or an empty list.
"""

import ipaddress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Event, Json, Rejected
from auditradar.ingest.envelopes.timestamps import moment
from auditradar.ingest.redact import redact_text
from auditradar.ingest.redact.addresses import redact_address

# What the time of day of a line means is known only with its date.
NO_DATE = "its time has no date, and nothing around it says which day it was"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Hold what an identity provider or IAM said; `type` is the system's own word for it."""

    system: str
    type: str
    at: str
    actor: str = ""
    names: tuple[str, ...] = ()
    provider: str = ""
    client_name: str = ""
    client_ip: str = ""
    user_agent: str = ""
    session: str = ""
    credential_id: str = ""
    groups: tuple[str, ...] = ()
    error: str = ""
    uid: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Hold what a proxy saw; `at` and `ended_at` bound the time in which the request was passed on."""

    system: str
    at: str
    ended_at: str = ""
    client_ip: str = ""
    client_port: int = 0
    forwarded_for: tuple[str, ...] = ()
    frontend: str = ""
    backend: str = ""
    server: str = ""
    server_ip: str = ""
    server_port: int = 0
    method: str = ""
    uri: str = ""
    code: int = 0
    user_agent: str = ""
    bytes: int = 0
    line: str = ""


def identity(said: Identity, *, cookies: bool = False) -> Event | Rejected:
    """Give the record of an identity provider's line; one without a moment is rejected. `cookies` tells that some were hidden."""
    if not said.at:
        return Rejected(f"a login line of {said.system} without a moment: {NO_DATE}")
    return _written(said, "identity", said.system, cookies=cookies)


def access(said: Access, *, cookies: bool = False) -> Event | Rejected:
    """Give the record of an access line; one whose time cannot be read is rejected. `cookies` tells that some were hidden."""
    if not said.at:
        return Rejected(f"an access line of {said.system} whose time cannot be read")
    return _written(said, "access", "haproxy" if said.system.startswith("haproxy") else "nginx", cookies=cookies)


def _written(said: Identity | Access, kind: str, component: str, *, cookies: bool) -> Event:
    """Write a record without what no store may hold."""
    hits: set[str] = {"credential-header"} if cookies else set()
    record: Json = {field.name: getattr(said, field.name) for field in fields(said)}
    line = record.pop("line")
    hidden = _redacted("line", line, hits)
    # Every field is a part of the line: where nothing is hidden or escaped there, nothing is in the parts.
    if hits or "\\" in line or "%" in line:
        record = {name: _redacted(name, value, hits) for name, value in record.items()}
    return Event(orjson.dumps(record | {"line": hidden}), component, kind, tuple(sorted(hits)))


def _redacted(name: str, value: Any, hits: set[str]) -> Any:
    if isinstance(value, tuple):
        return [_redacted(name, item, hits) for item in value]
    if not isinstance(value, str) or not value:
        return value
    text = value.encode("utf-8", "replace")
    if name == "uri":
        text = redact_address(text, hits)
    hidden, rules = redact_text(text)
    hits |= set(rules)
    return hidden.decode("utf-8", "replace")


def text_of(value: Any) -> str:
    """Give a JSON value as text; what is no text or number is absent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def named(*names: str) -> tuple[str, ...]:
    """Give the names that are names, each once, in order."""
    return tuple(dict.fromkeys(name for name in names if name))


# The same few thousand clients come again and again.
@lru_cache(maxsize=8192)
def address(value: str) -> str:
    """Give an address in canonical text, without brackets, port or zone; empty if it is none."""
    text = value.strip().partition("%")[0]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def addresses(value: str) -> tuple[str, ...]:
    """Give the entries of an X-Forwarded-For, left to right; what is no address is kept as it is, for it was sent."""
    entries = [entry.strip() for entry in value.split(",")]
    return tuple(address(entry) or entry for entry in entries if entry not in {"", "-"})


def endpoint(value: str) -> tuple[str, int]:
    """Give the address and port of `10.0.0.1:6443` or `[fd01::1]:6443`; empty and 0 if it is none."""
    host, _, port = value.strip().rpartition(":")
    found = address(host)
    return (found, number(port, 65535)) if found else ("", 0)


def number(text: str, most: int = 2**63 - 1) -> int:
    """Give a number from its digits; 0 if it is none or too large."""
    value = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return value if value <= most else 0


def later(at: str, microseconds: int) -> str:
    """Give the moment that lies so much later, empty if there is none."""
    try:
        moved = datetime.fromisoformat(at) + timedelta(microseconds=microseconds)
    except (ValueError, OverflowError):
        return ""
    return f"{moved.isoformat(timespec='microseconds')[:26]}Z"


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def access_moment(text: str) -> str:
    """Read `14/Jun/2023:13:33:29.574` or `14/Jun/2023:13:33:29 +0200`; without an offset it is taken as UTC."""
    month = _MONTHS.find(text[3:6]) // 4 + 1
    return moment(f"{text[7:11]}-{month:02d}-{text[:2]}T{text[12:]}") if month else ""
