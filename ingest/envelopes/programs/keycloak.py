"""Read the events that Keycloak's listener `jboss-logging` writes: unquoted, quoted, and inside its two JSON console formats.

Source: keycloak/keycloak services org.keycloak.events.log.JBossLoggingEventListenerProvider. The time of a text line is the server's local
time without an offset and is taken as UTC. WildFly's default format has no date: such a line needs a wrapping that has one.
"""

import re
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Event, Excluded, Json, Rejected
from auditradar.ingest.envelopes.programs.records import Identity, address, identity, named
from auditradar.ingest.envelopes.timestamps import moment

_SYSTEM = "keycloak"
_CATEGORY = "org.keycloak.events"
_LINE = re.compile(
    r"(?:(?P<at>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]\d{3,9}(?:Z|[+-]\d\d:?\d\d)?)|(?:^|\s)\d\d:\d\d:\d\d,\d{3}) +"
    r"[A-Z]+ +\[(?P<logger>[\w.$-]+)\] \([^)]*\) ?"
)
_BARE = re.compile(r"""(?:type=["']?[A-Z_]+["']?, realm(?:Id|Name)=|operationType=["']?[A-Z]+["']?, realmId=)""")
# A value ends where ", key=" begins, or at its closing quote. The old format quotes only what has a space, with '; newer releases make
# the quote an option of the listener (jboss-logging-quotes): ", another character, or none.
_PAIR = re.compile(
    r"(?:^|, )([A-Za-z_][\w.-]*)=(?:"
    r'"((?:[^"\\]|\\.|"(?!, [\w.-]+=|$))*)"'
    r"|'((?:[^']|'(?!, [\w.-]+=|$))*)'"
    r"|(.*?)(?=, [A-Za-z_][\w.-]*=|$))",
    re.DOTALL,
)
# At level TRACE the listener adds the cookies of the request, and they are its sessions.
_COOKIES = re.compile(r"\bcookies=\[.*?\](?=$|, |\")", re.DOTALL)
# Loggers of Keycloak and of what it is made of; what they say besides events is no login.
_OWN = (
    "org.keycloak",
    "org.infinispan",
    "org.jgroups",
    "org.hibernate",
    "org.wildfly",
    "org.jboss",
    "io.quarkus",
    "io.agroal",
    "liquibase",
)
_NOBODY = frozenset({"null", ""})
_LOGGERS = ("log.logger", "loggerName", "logger_name", "logger")


def read_line(text: str, at: str) -> Event | Rejected | Excluded | None:
    """Give the event of a line; lines of Keycloak's other loggers carry none."""
    found = _LINE.search(text)
    if found is None:
        return _event(text, at, text) if _BARE.match(text) else None
    rest = text[found.end() :]
    if _BARE.match(rest):
        return _event(rest, found["at"] or at, text)
    return Excluded() if found["logger"].startswith(_OWN) else None


def read_object(record: Json, at: str) -> Event | Rejected | Excluded | None:
    """Give the event of a JSON console line: Keycloak's own form, or ECS, flat or nested."""
    logger, message = _logger(record), record.get("message")
    if not logger.startswith(_OWN) or not isinstance(message, str):
        return None
    when = next((record[key] for key in ("@timestamp", "timestamp") if moment(record.get(key))), at)
    if logger.startswith(_CATEGORY) and _BARE.match(message):
        return _event(message, when, orjson.dumps(record).decode())
    return Excluded()


def _logger(record: Json) -> str:
    nested = record.get("log")
    inner = nested.get("logger") if isinstance(nested, dict) else None
    return next((value for value in (*(record.get(key) for key in _LOGGERS), inner) if isinstance(value, str)), "")


def _event(text: str, at: Any, line: str) -> Event | Rejected:
    said: dict[str, str] = {}
    for match in _PAIR.finditer(text.strip()):
        # The listener's own fields come first: what a person typed further on cannot replace them.
        said.setdefault(match[1], _value(match))
    kind = said.get("type") or " ".join((said.get("operationType", ""), said.get("resourceType", ""))).strip()
    user, name = said.get("userId", ""), said.get("username", "")
    names = named(name, said.get("identity_provider_identity", ""), user)
    shown = _COOKIES.sub("cookies=[[redacted]]", line)
    return identity(
        Identity(
            system=_SYSTEM,
            type=kind,
            at=moment(at),
            actor=name or said.get("identity_provider_identity", "") or user,
            names=names,
            provider=said.get("realmName", "") or said.get("realmId", ""),
            client_name=said.get("clientId", ""),
            client_ip=address(said.get("ipAddress", "")),
            session=said.get("sessionId", "") or said.get("code_id", ""),
            credential_id=said.get("token_id", ""),
            error=said.get("error", ""),
            uid=user,
            line=shown,
        ),
        cookies=shown != line,
    )


def _value(match: re.Match[str]) -> str:
    value = next((group for group in match.group(2, 3, 4) if group is not None), "")
    return "" if value in _NOBODY else value
