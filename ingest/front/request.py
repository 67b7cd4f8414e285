"""Read what a client asks: ClickHouse's HTTP interface, as far as reading needs it.

Every request is a session of its own: a session id is accepted, because clients send one unasked, and nothing is remembered under it.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from auditradar.ingest.front.encoding import accepted_encoding
from auditradar.ingest.front.limits import FREE_FAMILIES, MAX_STATEMENT_BYTES
from auditradar.ingest.front.refusal import Refusal

PARAMETER = "param_"
DEFAULT_FORMAT = "TabSeparated"
NAMED = frozenset({"query", "database", "default_format", "user", "password", "query_id"})
MOST_PARAMETERS = 10_000
DEFAULT_DATABASES = frozenset({"", "default", "__default__"})
"""What clients name when nobody told them a database."""
NO_STATEMENT = "Empty query: give it in the body or as the parameter query"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Be what a client says about itself; a token stands alone."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Be one request."""

    statement: str
    credentials: Credentials
    database: str = ""
    format: str = DEFAULT_FORMAT
    query_id: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    framed: bool = False

    @property
    def revision(self) -> int:
        """Give the revision of the Native format that the client asks for; 0 for none."""
        text = self.settings.get("client_protocol_version", "")
        return int(text) if text.isascii() and text.isdigit() else 0


def credentials_of(query: str, headers: Mapping[str, str]) -> Credentials:
    """Find the credentials: ClickHouse's headers before Authorization before parameters; header names are in lower case."""
    given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
    if "x-clickhouse-user" in headers or "x-clickhouse-key" in headers:
        return Credentials(headers.get("x-clickhouse-user", ""), headers.get("x-clickhouse-key", ""))
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Credentials(token=rest.strip())
    if scheme.lower() == "basic":
        return _basic(rest)
    return Credentials(given.get("user", ""), given.get("password", ""))


def read_request(query: str, headers: Mapping[str, str], body: bytes) -> Asked:
    """Read a request whose body is decoded; Refusal where it cannot be read."""
    given = _fields(query)
    statement = _joined(given.get("query", ""), body)
    if len(statement) > MAX_STATEMENT_BYTES:
        raise Refusal(62, f"Query is too large: more than {MAX_STATEMENT_BYTES} bytes")
    settings = {name: value for name, value in given.items() if name not in NAMED and not name.startswith(PARAMETER)}
    if not given.get("query_id", "").isprintable():
        raise Refusal(36, "The query_id holds characters that a header cannot repeat")
    wanted = given.get("enable_http_compression", "0") not in {"0", "false", ""}
    return Asked(
        statement=statement,
        credentials=credentials_of(query, headers),
        database=given.get("database") or headers.get("x-clickhouse-database", ""),
        format=given.get("default_format") or headers.get("x-clickhouse-format", "") or DEFAULT_FORMAT,
        query_id=given.get("query_id", ""),
        parameters={name.removeprefix(PARAMETER): value for name, value in given.items() if name.startswith(PARAMETER)},
        settings=settings,
        encoding=accepted_encoding(headers.get("accept-encoding", "")) if wanted else "",
        framed=given.get("compress", "0") in {"1", "true"},
    )


def needs_expression_check(settings: Mapping[str, str]) -> bool:
    """Tell whether a setting is an expression, which is only taken from the statement, where the parser reads it."""
    return any(name.startswith("additional_") and not name.startswith(FREE_FAMILIES) for name in settings)


def _fields(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="strict")
    except ValueError:
        raise Refusal(36, "The parameters of the request cannot be read as UTF-8 text") from None
    return dict(pairs)


def _joined(query: str, body: bytes) -> str:
    """Put the parameter before the body, as ClickHouse does."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Refusal(62, "Syntax error: the statement is no UTF-8 text") from None
    return f"{query}\n{text}" if query and text else query or text


def _basic(rest: str) -> Credentials:
    try:
        user, _, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal(516, "Invalid authentication: the Basic credentials cannot be read") from None
    return Credentials(user, password)
