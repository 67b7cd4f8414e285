"""How the API server refuses: codes and words as its handlers write them, and whether that is a denial or a failure."""

from auditradar.ingest.simulate.api import Answer, Target


def _kind(target: Target) -> str:
    """Name a resource with its group, as messages do."""
    return f"{target.resource}.{target.group}" if target.group else target.resource


def not_found(target: Target) -> Answer:
    """Say that there is no such object."""
    return Answer(404, "not-found", "NotFound", f'{_kind(target)} "{target.name}" not found', about=target)


def conflict(target: Target) -> Answer:
    """Say that somebody else changed the object first."""
    words = "the object has been modified; please apply your changes to the latest version and try again"
    return Answer(409, "conflict", "Conflict", f'Operation cannot be fulfilled on {_kind(target)} "{target.name}": {words}', about=target)


def invalid(target: Target, field: str) -> Answer:
    """Say that the object breaks a rule of its kind."""
    return Answer(
        422,
        "invalid",
        "Invalid",
        f'{_kind(target)} "{target.name}" is invalid: {field}: Invalid value: "": must not be empty',
        about=target,
    )


def eviction_refused(target: Target) -> Answer:
    """Say that a disruption budget allows no eviction now: a 429 of a request that was allowed."""
    return Answer(429, "throttled", "TooManyRequests", f"Cannot evict pod {target.name} as it would violate the pod's disruption budget.")


def forbidden(actor: str, verb: str, target: Target) -> Answer:
    """Refuse a known user: the authorizer's decision (apiserver pkg/endpoints/handlers/responsewriters/errors.go)."""
    where = f'in the namespace "{target.namespace}"' if target.namespace else "at the cluster scope"
    words = f'User "{actor}" cannot {verb} resource "{target.resource}" in API group "{target.group}" {where}'
    return Answer(403, "forbidden", "Forbidden", f"{_kind(target)} is forbidden: {words}", "forbid", denied=True, about=target)


def impersonation_refused(actor: str, other: str) -> Answer:
    """Refuse to act as somebody else: the filter answers before the authorizer is asked, so there is no decision."""
    words = f'users "{other}" is forbidden: User "{actor}" cannot impersonate resource "users" in API group "" at the cluster scope'
    return Answer(403, "forbidden", "Forbidden", words, decision="", denied=True, about=Target("users", name=other))


def admission_refused(target: Target) -> Answer:
    """Refuse an object, not a person: authorization said allow, Pod Security said no."""
    words = f'pods "{target.name}" is forbidden: violates PodSecurity "restricted:latest": privileged (container must not set it to true)'
    return Answer(403, "forbidden", "Forbidden", words, about=target)


def anonymous_refused(verb: str, target: Target) -> Answer:
    """Refuse nobody in particular."""
    refusal = forbidden("system:anonymous", verb, target)
    return Answer(403, "forbidden", "Forbidden", refusal.message, "forbid", failure="anonymous-denied", about=target)


UNAUTHORIZED = Answer(401, "unauthenticated", "Unauthorized", "Unauthorized", decision="", failure="bad-credential")
# A health check with a dead credential is still a health check.
UNAUTHORIZED_PROBE = Answer(401, "unauthenticated", "Unauthorized", "Unauthorized", decision="")
