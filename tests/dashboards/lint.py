"""Hold dashboards against Grafana's published types, as grafana-foundation-sdk generates them: unknown keys and wrong types.

The SDK's own reading is lenient: it drops unknown keys and takes any type. So what comes back is compared with what went in, and every
value with its annotation.
"""

import enum
import json
import types
import typing
import warnings
from collections.abc import Iterator
from typing import Any

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins

with warnings.catch_warnings():
    # The SDK would rather have dashboards v2; classic JSON is what files provision on Grafana 11.6 and 12.
    warnings.simplefilter("ignore", DeprecationWarning)
    from grafana_foundation_sdk.models import dashboard

register_default_plugins()

ALLOWED = {
    "quick_ranges": "read by Grafana since 11.6, later than these types",
    "definition": "the text of a variable's query for the eye; Grafana writes it itself",
    "filters": "the filters of an ad-hoc variable are missing in the published variable",
}


def problems(made: dict[str, Any]) -> Iterator[str]:
    """Say which keys nobody knows and which values are of a wrong type."""
    read = dashboard.Dashboard.from_json(made)
    back = json.loads(json.dumps(read, cls=JSONEncoder))
    yield from _lost(made, back, ())
    yield from _mistyped(read, "Dashboard")
    for panel in made["panels"]:
        for link in [*panel.get("links", []), *panel.get("fieldConfig", {}).get("defaults", {}).get("links", [])]:
            known = json.loads(json.dumps(dashboard.DashboardLink.from_json(link), cls=JSONEncoder))
            yield from _lost(link, known, ("link",))


def _lost(given: Any, back: Any, path: tuple[Any, ...]) -> Iterator[str]:
    if isinstance(given, dict) and isinstance(back, dict):
        for key, value in given.items():
            if key not in back and key not in ALLOWED and value is not None:
                yield f"{'.'.join(map(str, (*path, key)))} is no known key"
            elif key in back:
                yield from _lost(value, back[key], (*path, key))
    elif isinstance(given, list) and isinstance(back, list):
        for index, (one, other) in enumerate(zip(given, back, strict=True)):
            yield from _lost(one, other, (*path, index))
    elif given != back:
        yield f"{'.'.join(map(str, path))} is {given!r} and comes back as {back!r}"


def _mistyped(value: Any, where: str) -> Iterator[str]:
    if not type(value).__module__.startswith("grafana_foundation_sdk.models"):
        return
    if isinstance(value, enum.Enum):
        return
    for name, hint in typing.get_type_hints(type(value).__init__).items():
        inner = getattr(value, name, None)
        if name != "return" and not _fits(inner, hint):
            yield f"{where}.{name} ({type(value).__name__}) is {inner!r}, not {hint}"
        for index, one in enumerate(inner if isinstance(inner, list) else [inner]):
            yield from _mistyped(one, f"{where}.{name}[{index}]")


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in {typing.Any, object}:
        return True
    if origin in {typing.Union, types.UnionType}:
        return any(_fits(value, one) for one in arguments)
    if origin is typing.Literal:
        return value in arguments
    if origin is list:
        return isinstance(value, list) and all(_fits(one, arguments[0]) for one in value)
    if origin is dict:
        return isinstance(value, dict)
    return _is(value, hint)


def _is(value: Any, hint: Any) -> bool:
    if not isinstance(hint, type):
        return True
    if isinstance(value, dict):
        return hasattr(hint, "from_json")  # the SDK leaves links as they are; `problems` looks at them by itself
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if issubclass(hint, enum.Enum):
        return value in [one.value for one in hint] or isinstance(value, hint)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))
