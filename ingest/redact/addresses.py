"""Hide parameters that carry secrets in the addresses (URIs) inside a text, however deeply they are percent-encoded."""

import re
from urllib.parse import unquote_to_bytes

_REDACTED = b"[redacted]"
_SECRET_NAMES = frozenset(
    name.encode() for name in "access_token id_token refresh_token token client_secret password code state assertion client_assertion".split()
)
_NAME = rb"(?P<name>[\w.\-%+\[\]]{1,100}?)"
# A value ends at a separator of its own level of encoding; inside it, the next level is looked at.
_LEVELS = tuple(
    re.compile(
        rb"(?P<before>[?&#;]|\\u0026|\\u003[fF])" + _NAME + rb"(?P<equals>=|\\u003[dD])(?P<value>(?:[^&\"'\s\\#<>]|\\(?!u0026|\\*\"|[nrt]))*+)"
        if level == 0
        else rb"(?P<before>%(?:25){%d}(?:3[Ff]|26|23))" % (level - 1)
        + _NAME
        + rb"(?P<equals>%%(?:25){%d}3[Dd])" % (level - 1)
        + rb"(?P<value>(?:(?!%%(?:25){%d}(?:26|23))[^&\"'\s\\#<>])*+)" % (level - 1)
    )
    for level in range(4)
)
# The same at level 0 for an address that stands alone: quotes and backslashes are part of the value.
_ALONE = re.compile(rb"(?P<before>[?&#;])" + _NAME + rb"(?P<equals>=)(?P<value>[^&#]*+)")
_COULD_BE = re.compile(rb"[?&#;%]|\\u00", re.IGNORECASE)
_EXEC = re.compile(rb"/(?:exec|attach)\?", re.IGNORECASE)


def redact_parameters(text: bytes, hits: set[str], *, mask_exec: bool = False) -> bytes:
    """Hide secret parameters in every address in a text."""
    if not _COULD_BE.search(text):
        return text
    commands = mask_exec and _EXEC.search(text) is not None
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
