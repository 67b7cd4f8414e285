"""Read a DSN, the one text that says which ClickHouse the store lives in."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs

from auditradar.ingest.errors import SettingsError

DEFAULT_DATABASE = "audit"
HTTP_PORTS = {"clickhouse": 8123, "clickhouses": 8443}  # ClickHouse's own defaults for HTTP and HTTPS
EXAMPLES = "use chdb:///path or clickhouse://user:password@host:8123/audit"


@dataclass(frozen=True, slots=True)
class Dsn:
    """Name an engine: embedded at `path`, or a server at `host` and `port`; `path` is empty for a server."""

    database: str = DEFAULT_DATABASE
    path: str = ""
    host: str = ""
    port: int = 0
    user: str = "default"
    password: str = ""
    secure: bool = False
    ca_cert: str = ""

    @property
    def embedded(self) -> bool:
        """Whether the engine runs in this process."""
        return not self.host

    def __str__(self) -> str:
        """Show the DSN without its password."""
        if self.embedded:
            return f"chdb://{self.path}"
        scheme = "clickhouses" if self.secure else "clickhouse"
        return f"{scheme}://{self.user}@{self.host}:{self.port}/{self.database}"

    __repr__ = __str__  # a password must not reach a traceback or a debug line


def default_dsn() -> str:
    """Name the embedded store in the user's data folder."""
    return f"chdb://{platformdirs.user_data_path('auditradar') / 'store'}"


def parse_dsn(text: str) -> Dsn:
    """Read a DSN; `?database=` names another database of an embedded store, `?ca_cert=` a CA file for TLS."""
    scheme, separator, rest = text.partition("://")
    if not separator:
        raise SettingsError(f"cannot use the DSN: it has no scheme; {EXAMPLES}")
    if scheme == "chdb":
        return _embedded(rest)
    if scheme in HTTP_PORTS:
        return _server(text, scheme)
    raise SettingsError(f"cannot use the DSN: the scheme {scheme!r} is unknown; {EXAMPLES}")


def _embedded(rest: str) -> Dsn:
    location, _, query = rest.partition("?")
    if not location:
        raise SettingsError(f"cannot use the DSN: it names no path; {EXAMPLES}")
    path = Path(unquote(location)).expanduser().resolve()
    return Dsn(database=_option(query, "database", DEFAULT_DATABASE), path=str(path))


def _server(text: str, scheme: str) -> Dsn:
    try:
        parts = urlsplit(text)
        port = parts.port or HTTP_PORTS[scheme]
    except ValueError as cause:
        # The cause of urllib may repeat the text, and the text holds the password.
        raise SettingsError(f"cannot use the DSN: its host or port cannot be read; {EXAMPLES}") from cause.__cause__
    if not parts.hostname:
        raise SettingsError(f"cannot use the DSN: it names no host; {EXAMPLES}")
    return Dsn(
        database=unquote(parts.path.strip("/")) or DEFAULT_DATABASE,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        secure=scheme == "clickhouses",
        ca_cert=_option(parts.query, "ca_cert", ""),
    )


def _option(query: str, name: str, default: str) -> str:
    return parse_qs(query).get(name, [default])[0]
