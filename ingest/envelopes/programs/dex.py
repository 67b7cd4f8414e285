"""Read the login lines of Dex: logrus (before 2.40) and slog, as text and as JSON.

Sources: dexidp/dex server/handlers.go (finalizeLogin, handlePasswordLogin, handleConnectorCallback), connector/ldap/ldap.go,
cmd/dex/logger.go, server/api.go.
"""

import re
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Event, Excluded, Json, Rejected
from auditradar.ingest.envelopes.programs.logfmt import listed, pairs, unquoted
from auditradar.ingest.envelopes.programs.records import Identity, address, identity, named, text_of
from auditradar.ingest.envelopes.timestamps import moment

_SYSTEM = "dex"
_HINT = re.compile(r"(?:^|\s)level=\w+ msg=")
_OLD_LOGIN = re.compile(r"login successful: connector ")
_OLD_PAIR = re.compile(r'(\w+)[= ]("(?:[^"\\]|\\.)*"|\[[^\]]*\])')
_FAILED = "failed login attempt"
# The words before the colon; what follows is the reason. Before 2.40 they begin with a capital and the reason follows in the message.
_ERRORS = re.compile(
    r"(failed login attempt|failed to login user|failed to authenticate|failed to finalize login)(?:: ?(.*))?\Z", re.IGNORECASE | re.DOTALL
)
_OLD_PASSWORD = re.compile(r'ldap: invalid password for user ("(?:[^"\\]|\\.)*")')
_ENDED = frozenset({"api: deleted auth session", "refresh: refused, session ended"})
_UNVERIFIED = " (unverified)"
# Lines that Dex writes about itself, or beside a login line that says more.
_NOISE = re.compile(
    r"(?:dex server (?:stop|start)|Dex (?:Version|Issuer)|config (?:issuer|storage|static client|connector|response types|signing keys|"
    r"id tokens|auth requests|using|skipping|allowed origins|refresh tokens|password grant)|listening |keys (?:expired|rotated)|"
    r"garbage collection run|performing ldap search|username .*mapped to entry|mapped username to entry|invalid password for user|"
    r"creating custom resource|the custom resource|checking if custom resource|deprecated|kubernetes client)",
    re.IGNORECASE,
)


def read_line(text: str, at: str) -> Event | Rejected | Excluded | None:
    """Give the login, the failure or the end of a session that a line records."""
    if not _HINT.search(text):
        return None
    said: dict[str, Any] = dict(pairs(text))
    if "groups" in said:
        said["groups"] = listed(said["groups"])
    return _read(said, at, text)


def read_object(record: Json, at: str) -> Event | Rejected | Excluded | None:
    """Give the same of a JSON object."""
    if not isinstance(record.get("msg"), str) or "level" not in record:
        return None
    return _read(record, at, "")


def _read(said: dict[str, Any], at: str, text: str) -> Event | Rejected | Excluded | None:
    message = text_of(said.get("msg"))
    facts: dict[str, Any] | None
    if message == "login successful" and ("connector_id" in said or "preferred_username" in said):
        facts = _person(said)
    elif _OLD_LOGIN.match(message):
        facts = _person(_old(message))
    else:
        facts = _other(message, said)
    if facts:
        facts |= {"at": moment(said.get("time")) or moment(at), "client_ip": address(text_of(said.get("client_remote_addr")))}
        return identity(Identity(system=_SYSTEM, line=text or orjson.dumps(said).decode(), **facts))
    return Excluded() if _NOISE.match(message) and _is_dex(message, said) else None


def _is_dex(message: str, said: dict[str, Any]) -> bool:
    """Tell Dex's noise from another program's that logs alike: its own words, and no caller's file as others add."""
    return "time" in said and "caller" not in said and "logger" not in said and bool(message)


def _person(said: dict[str, Any]) -> dict[str, Any]:
    """Name the person of a login: by the e-mail address, which Dex documents as the name for Kubernetes."""
    email = text_of(said.get("email")).removesuffix(_UNVERIFIED)
    preferred, name = text_of(said.get("preferred_username")), text_of(said.get("username"))
    groups = said.get("groups")
    names = named(email, preferred, name)
    return {
        "type": "login successful",
        "actor": names[0] if names else "",
        "names": names,
        "provider": text_of(said.get("connector_id")),
        "groups": tuple(text_of(group) for group in groups) if isinstance(groups, list | tuple) else (),
        "uid": text_of(said.get("user_id")),
    }


def _old(message: str) -> dict[str, Any]:
    """Give the pairs inside a message of logrus times under their later names."""
    found = {match[1]: match[2] for match in _OLD_PAIR.finditer(message)}
    said: dict[str, Any] = {key: unquoted(value[1:-1]) for key, value in found.items() if value[0] == '"'}
    said["connector_id"] = said.get("connector", "")
    said["groups"] = listed(found.get("groups", "[]"))
    return said


def _other(message: str, said: dict[str, Any]) -> dict[str, Any] | None:
    """Read a failure or the end of a session; None for every other line."""
    failed = _ERRORS.match(message)
    if failed:
        typed = text_of(said.get("user"))
        reason = failed[2] or text_of(said.get("err"))
        connector = text_of(said.get("connector_id"))
        return {"type": failed[1].lower(), "actor": typed, "names": named(typed), "provider": connector, "error": reason}
    password = _OLD_PASSWORD.match(message)
    if password:
        entry = unquoted(password[1][1:-1])
        return {"type": _FAILED, "actor": entry, "names": named(entry), "provider": "ldap", "error": "invalid password for user"}
    if message in _ENDED:
        user, connector = text_of(said.get("user_id")), text_of(said.get("connector_id"))
        return {"type": message, "uid": user, "provider": connector, "client_name": text_of(said.get("client_id"))}
    return None
