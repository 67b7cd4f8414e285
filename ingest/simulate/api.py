"""Requests to the Kubernetes API: what they aim at, what they ask, how they are answered.

`Call.writes` and the answer say what the simulated caller intends; truth.json is made from them and never from the events.
"""

from dataclasses import dataclass, replace

from auditradar.ingest.simulate.text import quoted


@dataclass(frozen=True, slots=True)
class Target:
    """Name an object, or all objects of a kind, as the API server's objectRef does."""

    resource: str
    namespace: str = ""
    name: str = ""
    group: str = ""
    version: str = "v1"
    subresource: str = ""

    @property
    def path(self) -> str:
        """Give the URL path of the target."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        scope = f"/namespaces/{self.namespace}" if self.namespace else ""
        tail = "".join(f"/{part}" for part in (self.resource, self.name, self.subresource) if part)
        return root + scope + tail

    @property
    def reference(self) -> str:
        """Write objectRef, fields in the order of the Go type (apiserver pkg/apis/audit/v1/types.go).

        A namespace is its own namespace, as in the real samples.
        """
        fields = (
            ("resource", self.resource),
            ("namespace", self.name if self.resource == "namespaces" else self.namespace),
            ("name", self.name),
            ("apiGroup", self.group),
            ("apiVersion", self.version),
            ("subresource", self.subresource),
        )
        return "{" + ",".join(f'"{key}":{quoted(value)}' for key, value in fields if value) + "}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Say how the server answers: code, words, and what the authorizer decided.

    `decision` is empty where the request never reached the authorizer. `about` is what the words are about. `denied` is the
    intent "a known user is refused", `failure` the class of a failed attempt.
    """

    code: int = 200
    outcome: str = "success"
    reason: str = ""
    message: str = ""
    decision: str = "allow"
    grant: str = ""
    denied: bool = False
    failure: str = ""
    about: Target | None = None

    @property
    def status(self) -> str:
        """Write responseStatus as the API server does: words only for failures."""
        if self.code < 400:
            return f'{{"metadata":{{}},"code":{self.code}}}'
        words = "".join(f',"{key}":{quoted(value)}' for key, value in (("message", self.message), ("reason", self.reason)) if value)
        return f'{{"metadata":{{}},"status":"Failure"{words}{self._details()},"code":{self.code}}}'

    def _details(self) -> str:
        """Write which object the words are about."""
        if not self.about:
            return ""
        fields = (("name", self.about.name), ("group", self.about.group), ("kind", self.about.resource))
        return ',"details":{' + ",".join(f'"{key}":{quoted(value)}' for key, value in fields if value) + "}"


@dataclass(frozen=True, slots=True)
class Call:
    """Be one request as a client means it. `lasts` is in microseconds; `streams` marks watch, exec, log -f and the like."""

    verb: str
    uri: str
    target: Target | None = None
    answer: Answer = Answer()
    writes: bool = False
    streams: bool = False
    lasts: int = 5_000
    level: str = "Metadata"
    sent: str = ""
    returned: str = ""
    notes: tuple[tuple[str, str], ...] = ()

    def answered(self, answer: Answer) -> "Call":
        """Give the same call with another answer; a refusal returns no object and opens no stream."""
        refused = answer.code >= 400
        return replace(self, answer=answer, returned="" if refused else self.returned, streams=self.streams and not refused)


def call(verb: str, target: Target, query: str = "", *, writes: bool = False, lasts: int = 5_000) -> Call:
    """Ask for a target with a query string that is already encoded."""
    return Call(verb=verb, uri=target.path + (f"?{query}" if query else ""), target=target, writes=writes, lasts=lasts)


def visit(uri: str, verb: str = "get") -> Call:
    """Ask for a path that is no resource: health, version, discovery."""
    return Call(verb=verb, uri=uri, lasts=900)
