"""Hide parameters that carry secrets in the addresses (URIs) inside a text, however deeply they are percent-encoded."""

import re
from urllib.parse import unquote_to_bytes

_REDACTED = b"[redacted]"
_SECRET_NAMES = frozenset(
    {
        b"access_token",
        b"id_token",
        b"refresh_token",
        b"token",
        b"client_secret",
        b"password",
        b"code",
        b"state",
        b"assertion",
        b"client_assertion",
        b"session_code",
        b"device_code",
        b"user_code",
        b"code_verifier",
        b"samlresponse",
        b"samlrequest",
    }
)
# What every text with a secret parameter contains, in lower case: its name's end and `=`, or something encoded.
_SIGNS = (b"token=", b"secret=", b"password=", b"code=", b"state=", b"assertion=", b"verifier=", b"saml", b"%", b"\\u00")
_NAME = rb"(?P<name>[\w.\-%+\[\]]{1,100}?)"
_PLAIN = re.compile(
    rb"(?P<before>[?&#;]|\\u0026|\\u003[fF])" + _NAME + rb"(?P<equals>=|\\u003[dD])"
    rb"(?P<value>(?:[^&\"'\s\\#<>]|\\(?!u0026|\\*\"|[nrt]))*+)"
)


def _encoded(level: int) -> re.Pattern[bytes]:
    """Return the pattern of a parameter that is percent-encoded `level` times."""
    percent = b"%" + b"25" * (level - 1)
    before, equals, end = percent + b"(?:3[Ff]|26|23)", percent + b"3[Dd]", percent + b"(?:26|23)"
    value = b"(?:(?!" + end + b")[^&\"'\\s\\\\#<>])*+"
    return re.compile(b"(?P<before>" + before + b")" + _NAME + b"(?P<equals>" + equals + b")(?P<value>" + value + b")")


# A value ends at a separator of its own level of encoding; inside it, the next level is looked at.
_LEVELS = (_PLAIN, _encoded(1), _encoded(2), _encoded(3))
# The same at level 0 for an address that stands alone: quotes and backslashes are part of the value.
_ALONE = re.compile(rb"(?P<before>[?&#;])" + _NAME + rb"(?P<equals>=)(?P<value>[^&#]*+)")
_EXEC = re.compile(rb"/(?:exec|attach)\?", re.IGNORECASE)


def redact_parameters(text: bytes, hits: set[str], *, mask_exec: bool = False) -> bytes:
    """Hide secret parameters in every address in a text."""
    commands = mask_exec and _EXEC.search(text) is not None
    lowered = text.lower()
    if not commands and not any(sign in lowered for sign in _SIGNS):
        return text
    return _LEVELS[0].sub(lambda match: _changed(match, 0, hits, commands=commands), text)


def redact_address(address: bytes, hits: set[str], *, mask_exec: bool = False) -> bytes:
    """Hide secret parameters in one address that stands alone."""
    commands = mask_exec and _EXEC.search(address) is not None
    return _ALONE.sub(lambda match: _changed(match, 0, hits, commands=commands), address)


def _changed(match: re.Match[bytes], level: int, hits: set[str], *, commands: bool) -> bytes:
    name = _decoded(match["name"]).lower()
    value = match["value"]
    if not value or value == _REDACTED:
        return match[0]
    if name in _SECRET_NAMES or (commands and name == b"command"):
        hits.add("uri-token" if name in _SECRET_NAMES else "exec-command")
        return match["before"] + match["name"] + match["equals"] + _REDACTED
    if b"%" in value and level + 1 < len(_LEVELS):
        value = _LEVELS[level + 1].sub(lambda inner: _changed(inner, level + 1, hits, commands=False), value)
    if b"?" in value or b"=" in value:
        value = _LEVELS[0].sub(lambda inner: _changed(inner, 0, hits, commands=False), value)
    return match["before"] + match["name"] + match["equals"] + value


def _decoded(name: bytes) -> bytes:
    """Undo percent-encoding until nothing changes."""
    while b"%" in name and (plain := unquote_to_bytes(name)) != name:
        name = plain
    return name
