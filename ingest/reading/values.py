"""Check a value that somebody typed for a parameter of a query, before the engine is asked: its own words name types of C++."""

import re

from auditradar.sql import Query

_TYPE = r"\{%s:(U?Int(?:8|16|32|64)|Float64|Bool)\}"
_BITS = re.compile(r"\d+")
BOOL = ("true", "false", "1", "0")


def wrong_value(query: Query, name: str, text: str) -> str:
    """Say what a parameter must be; empty where the value may be one."""
    found = re.search(_TYPE % name, query.text)
    if not found:
        return ""
    kind = found[1]
    if kind == "Bool":
        return "" if text in BOOL else f"{name} must be true or false, not {text!r}"
    if kind == "Float64":
        return "" if _is_float(text) else f"{name} must be a number, not {text!r}"
    least, most = _bounds(kind)
    right = re.fullmatch(r"-?[0-9]{1,20}", text) and least <= int(text) <= most
    return "" if right else f"{name} must be a whole number from {least:,} to {most:,}, not {text!r}"


def _bounds(kind: str) -> tuple[int, int]:
    bits = int(_BITS.findall(kind)[0])
    return (0, 2**bits - 1) if kind.startswith("U") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def _is_float(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
