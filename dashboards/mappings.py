"""What values look like: words of the audit vocabulary and their colours, the same on every dashboard.

Colours are Grafana's named ones, which follow the light and the dark theme; only the platforms wear their own.
"""

from collections.abc import Mapping
from typing import Any, Final

Colors = Mapping[str, str]

PLATFORM: Final[Colors] = {
    "openshift": "#EE0000",
    "kubernetes": "#326CE5",
    "eks": "orange",
    "gke": "green",
    "aks": "blue",
    "rke2": "purple",
    "k3s": "yellow",
}
OUTCOME: Final[Colors] = {
    "success": "green",
    "forbidden": "red",
    "unauthenticated": "dark-red",
    "server-error": "purple",
    "throttled": "orange",
    "conflict": "yellow",
    "not-found": "light-blue",
    "invalid": "light-orange",
    "client-error": "light-yellow",
    "in-progress": "semi-dark-blue",
}
CONFIDENCE: Final[Colors] = {"recorded": "green", "inferred": "yellow"}
EVIDENCE: Final[Colors] = {
    "oauth-token": "green",
    "oauth-server": "green",
    "idp": "green",
    "iam": "green",
    "first-seen": "orange",
    "idle-gap": "yellow",
}
WITNESS: Final[Colors] = {**EVIDENCE, "apiserver": "yellow"}
NAMED: Final[Colors] = {"named": "orange", "nameless": "blue"}
ADDRESS_BY: Final[Colors] = {"peer": "blue", "forwarded": "green", "access-log": "purple", "no address": "text"}
OUTCOME_OF_READING: Final[Colors] = {"success": "green", "refused": "red", "error": "orange"}
END: Final[Colors] = {"open": "green", "logout": "blue", "revoked": "red", "expired": "orange", "idle": "yellow"}
CLASS: Final[Colors] = {
    "bad-credential": "orange",
    "bad-password": "red",
    "unknown-or-expired-token": "yellow",
    "anonymous-denied": "purple",
    "iam-denied": "dark-red",
    "idp-denied": "light-red",
    "idp-error": "blue",
}
ACTOR_KIND: Final[Colors] = {
    "human": "blue",
    "service-account": "green",
    "node": "yellow",
    "control-plane": "purple",
    "cloud-service": "orange",
    "anonymous": "red",
    "unauthenticated": "dark-red",
}
SENSITIVE: Final[Colors] = {
    "secrets read": "yellow",
    "secrets changed": "orange",
    "shell in a pod": "red",
    "debug container": "dark-red",
    "tunnel into a pod": "purple",
    "proxy into the cluster": "light-purple",
    "token issued": "blue",
    "rights changed": "red",
    "certificate requested": "dark-orange",
    "admission changed": "dark-purple",
    "acted as another": "light-blue",
    "namespace deleted": "dark-red",
}
VERDICT: Final[Colors] = {"fail": "red", "no-data": "purple", "attention": "orange", "pass": "green", "not-applicable": "text"}
ORIGIN: Final[Colors] = {"machine": "blue", "scan": "red", "person": "orange"}
REMARK: Final[Colors] = {
    "cluster-admin": "dark-red",
    "hole": "red",
    "silent": "yellow",
    "stale": "orange",
    "elsewhere": "red",
    "new address": "yellow",
}
CONDITION: Final[Colors] = {"events": "green", "silent": "yellow", "hole": "red"}


def value_mappings(colors: Colors) -> list[dict[str, Any]]:
    """Give the mapping of a field whose values have colours."""
    options = {value: {"index": index, "text": value, "color": color} for index, (value, color) in enumerate(colors.items())}
    return [{"type": "value", "options": options}]


def state_mappings(states: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """Give the mapping of a number that stands for a state: its words and its colour."""
    options = {str(state): {"index": index, "text": text, "color": color} for index, (state, (text, color)) in enumerate(states.items())}
    return [{"type": "value", "options": options}]


def series_colors(colors: Colors) -> list[dict[str, Any]]:
    """Give overrides that paint series by their names."""
    return [override(name, color={"mode": "fixed", "fixedColor": color}) for name, color in colors.items()]


def override(column: str, **properties: Any) -> dict[str, Any]:
    """Make an override of one field; `custom__width` becomes `custom.width`."""
    listed = [{"id": name.replace("__", "."), "value": value} for name, value in properties.items()]
    return {"matcher": {"id": "byName", "options": column}, "properties": listed}
