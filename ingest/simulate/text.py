"""JSON text as the API server writes it, so a simulated line cannot be told from a real one by its bytes."""

import json
from functools import lru_cache

# encoding/json escapes these in strings so that JSON can stand inside HTML (Go: encoding/json, HTMLEscape).
_ESCAPES = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})


# The same few thousand names come again and again.
@lru_cache(maxsize=8192)
def quoted(text: str) -> str:
    """Write a JSON string as Go does."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)


def strings(values: tuple[str, ...]) -> str:
    """Write a JSON array of strings."""
    return "[" + ",".join(quoted(value) for value in values) + "]"


def mapping(pairs: tuple[tuple[str, str], ...]) -> str:
    """Write a JSON object of strings; Go sorts the keys of a map."""
    return "{" + ",".join(f"{quoted(key)}:{quoted(value)}" for key, value in sorted(pairs)) + "}"


def body(value: object) -> str:
    """Write an object that a request carries or returns."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
