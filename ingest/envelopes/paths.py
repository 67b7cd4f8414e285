"""Read what a request is about from its path, as the API server does, for envelopes that do not say it."""

from urllib.parse import unquote

from auditradar.ingest.envelopes.pieces import Json

_VERBS_IN_PATH = frozenset({"watch", "proxy"})


def reference_in(path: str) -> Json:
    """Return the objectRef of a request path such as `/apis/apps/v1/namespaces/x/deployments/y/scale`; empty for other paths.

    Follows k8s.io/apiserver pkg/endpoints/request/requestinfo.go.
    """
    parts = [unquote(part) for part in path.partition("?")[0].split("/") if part]
    if parts[:1] == ["api"]:
        return _reference("", parts[1:])
    if parts[:1] == ["apis"] and len(parts) > 1:
        return _reference(parts[1], parts[2:])
    return {}


def reference_of_resource(name: str) -> tuple[str, Json]:
    """Return the request path and the objectRef of a Google resource name such as `core/v1/namespaces/x/pods/y/exec`."""
    group, _, rest = name.partition("/")
    path = f"/api/{rest}" if group in {"core", ""} else f"/apis/{group}/{rest}"
    return path, reference_in(path)


def _reference(group: str, parts: list[str]) -> Json:
    """Return the reference that begins with the version."""
    version, rest = parts[:1], parts[1:]
    if rest[:1] and rest[0] in _VERBS_IN_PATH:
        rest = rest[1:]
    if not version or not rest:
        return {}
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 1:
        namespace = rest[1]
        # The namespace itself is the object, unless something inside it follows.
        rest = rest[2:] if len(rest) > 2 and rest[2] not in {"status", "finalize"} else rest
    named = {
        "resource": rest[0],
        "namespace": namespace,
        "name": rest[1] if len(rest) > 1 else "",
        "apiGroup": group,
        "apiVersion": version[0],
        "subresource": "/".join(rest[2:3]),
    }
    return {key: value for key, value in named.items() if value}
