"""Read `key=value` lines as Go's loggers write them: logrus and slog."""

import re

_PAIR = re.compile(r'(?:^|(?<=\s))([A-Za-z_@][\w.@-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))", re.DOTALL)
# The escapes of strconv.Quote that are no character of their own.
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x10FFFF


def pairs(text: str) -> dict[str, str]:
    """Give the pairs of a line, values without their quotes; the first of a repeated key counts."""
    found: dict[str, str] = {}
    for match in _PAIR.finditer(text):
        value = match[2]
        found.setdefault(match[1], unquoted(value[1:-1]) if value[:1] == '"' else value)
    return found


def unquoted(text: str) -> str:
    """Undo strconv.Quote, given what stands between the quotes."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        point = int(code, 16)
        return chr(point) if point <= _LAST and point not in _SURROGATES else "\ufffd"
    if match[4]:
        return chr(int(match[4], 8))
    return _NAMED.get(match[5], match[5])


def listed(text: str) -> tuple[str, ...]:
    """Give the items of a list as Go prints it: `["a" "b c"]` exactly, `[a b c]` cut at every space.

    In the second form nobody can tell a space inside an item from one between two.
    """
    inner = text.strip().removeprefix("[").removesuffix("]")
    if '"' in inner:
        return tuple(unquoted(item) for item in _QUOTED.findall(inner))
    return tuple(inner.split())
