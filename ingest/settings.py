"""Describe every setting once: its description and default are written here and nowhere else.

Settings come from, in this order: options of the command, environment variables `AUDITRADAR_…`, one TOML file (`--config`, else
`auditradar.toml` beside the work or in the user's configuration folder). They are read once at the edge and passed down.
"""

import ipaddress
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from pydantic_settings import SettingsError as UnreadableError

from auditradar.ingest.dsn import default_dsn
from auditradar.ingest.durations import parse_duration
from auditradar.ingest.errors import SettingsError

ActorKind = Literal["human", "service-account", "node", "control-plane", "cloud-service", "anonymous", "unauthenticated"]
Method = Literal["web-console", "oc", "kubectl", "helm", "gitops", "terraform", "api-token", "other"]
Platform = Literal["", "kubernetes", "openshift", "eks", "gke", "aks", "k3s", "rke2"]

CONFIG_NAME = "auditradar.toml"


def _network(value: object) -> str:
    try:
        return str(ipaddress.ip_network(str(value), strict=False))
    except ValueError as cause:
        raise ValueError(f"{value!r} is no network; write it like 10.0.0.10/32") from cause


def _duration(value: object) -> timedelta:
    return value if isinstance(value, timedelta) else parse_duration(str(value))


def _place(value: object) -> object:
    """Take the empty text for a path that is not given: the environment has no other word for that."""
    return None if value == "" else value


Network = Annotated[str, BeforeValidator(_network)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
"""Durations are texts: `250ms`, `10s`, `8h`; a number without its unit is refused."""
Place = Annotated[Path | None, BeforeValidator(_place), AfterValidator(lambda path: path.expanduser() if path else path)]
"""Paths that need not be given are None; `~` is the home directory."""


class Strict(BaseModel):
    """Refuse keys that nobody reads: a misspelt setting must not be silent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ActorRule(Strict):
    """Say what kind of identity a user name is."""

    pattern: str = Field(min_length=1, description="User name; `*` at its end matches a prefix, at its beginning a suffix.")
    actor_kind: ActorKind = Field(description="Kind of the identities it names.")
    match: Literal["auto", "exact", "prefix", "suffix", "regex"] = Field(
        "auto", description="How the pattern is compared; auto reads the `*`."
    )
    note: str = Field("", description="Why the rule is there.")

    def resolved(self) -> tuple[str, str]:
        """Give the way to compare and the pattern without its asterisk."""
        if self.match != "auto":
            return self.match, self.pattern
        if self.pattern.endswith("*"):
            return "prefix", self.pattern[:-1]
        if self.pattern.startswith("*"):
            return "suffix", self.pattern[1:]
        return "exact", self.pattern


class ClientRule(Strict):
    """Say which program a user agent names."""

    pattern: str = Field(min_length=1, description="Regular expression (RE2) that the user agent is searched for.")
    client: str = Field(min_length=1, description="Name of the program.")
    method: Method = Field("other", description="How a person comes in with it.")
    interactive: bool = Field(False, description="Whether a person sits in front of it.")


Days = Annotated[int, Field(ge=0, le=36500)]


class ClusterRetention(Strict):
    """Hold how long one cluster's rows are kept, where it differs; days after the end of their month, 0 for ever."""

    events: Days | None = Field(None, description="Days that its events are kept.")
    identity: Days | None = Field(None, description="Days that its activity, sessions, logins and failed attempts are kept.")
    access: Days | None = Field(None, description="Days that its access log lines are kept.")
    rejected: Days | None = Field(None, description="Days that its rejected records are kept.")
    rollups: Days | None = Field(None, description="Days that its hourly numbers are kept.")


class Retention(Strict):
    """Say how long rows are kept: days after the end of their month (UTC), 0 for ever; `auditradar retention apply` applies it."""

    events: Days = Field(397, description="Days that events and their digests are kept; 397 are 13 months.")
    identity: Days = Field(2557, description="Days that activity, sessions, logins and failed attempts are kept; 2557 are 7 years.")
    access: Days = Field(2557, description="Days that access log lines are kept; logins take addresses from them: as long as identity.")
    rejected: Days = Field(397, description="Days that records which could not be read are kept.")
    rollups: Days = Field(2557, description="Days that the hourly numbers of the dashboards are kept.")
    reads: Days = Field(2557, description="Days that it is kept who read the audit log (audit_access).")
    storage_policy: str = Field("", description="Storage policy of the ClickHouse server for events; empty leaves it.")
    cold_after: Days = Field(0, description="Days after which events move to the cold volume of that policy; 0 never.")
    cold_volume: str = Field("cold", pattern=r"^\w+$", description="Name of that volume.")


class AccessUser(Strict):
    """Be a user of the ClickHouse server."""

    name: str = Field(pattern=r"^[\w.@-]+$", description="Name that the user logs in with.")
    role: Literal["loader", "auditor", "investigator", "grafana"] = Field(description="What the user may do.")
    clusters: list[str] = Field(default_factory=list, description="Clusters whose rows the user sees; empty for all.")
    password_env: str = Field("", description="Environment variable with the password of a new user; empty where the user exists.")


class Access(Strict):
    """Say who may do what on a ClickHouse server; `auditradar access apply` brings it into force."""

    users: list[AccessUser] = Field(default_factory=list, description="Users with their roles.")
    unrestricted: list[str] = Field(
        ["owner", "loader"], description="Users besides these who see all rows: who applies the schema must be among them."
    )


class ClusterSettings(Strict):
    """Hold what differs for one cluster."""

    trusted_proxies: list[Network] = Field(default_factory=list, description="Proxies trusted for this cluster only.")
    retention: ClusterRetention = Field(
        default_factory=lambda: ClusterRetention.model_validate({}), description="How long its rows are kept, where it differs."
    )


class FrontSettings(Strict):
    """Hold how `serve` answers read-only SQL for the embedded engine."""

    listen: str = Field("127.0.0.1:8123", description="Address that answers SQL on ClickHouse's HTTP protocol; empty for none.")
    readers: Place = Field(None, description="File of readers, made by `auditradar reader`; without one only this machine is answered.")
    tls_cert: Place = Field(
        None, description="Certificate of that address in PEM, with its chain; read again when it changes. Plain HTTP without one."
    )
    tls_key: Place = Field(None, description="Private key of that certificate in PEM.")
    statement_timeout: Duration = Field(
        timedelta(seconds=60), ge=timedelta(milliseconds=1), description="Longest that a reader's statement may run."
    )
    max_memory_bytes: int = Field(2 << 30, ge=64 << 20, description="Memory that a reader's statement may use, in bytes.")
    max_rows: int = Field(
        10_000_000, ge=1, description="Rows that a reader's statement may answer; more are an error, never a shorter answer."
    )
    max_bytes: int = Field(4 << 30, ge=1 << 20, description="Bytes that a reader's statement may answer.")
    max_disk_bytes: int = Field(
        4 << 30, ge=1 << 20, description="Bytes that a reader's statement may put on disk while it sorts and groups."
    )
    max_statements: int = Field(12, ge=1, le=256, description="Readers' statements that run at the same time.")
    max_statements_of_a_reader: int = Field(8, ge=1, le=256, description="Statements of one reader that run at the same time.")
    queue_timeout: Duration = Field(
        timedelta(seconds=30), ge=timedelta(milliseconds=1), description="Longest that a statement waits for its turn."
    )


class ServeSettings(Strict):
    """Hold what `auditradar serve` does."""

    listen: str = Field("127.0.0.1:8080", description="Address and port of the receivers; port 0 takes a free one.")
    token_file: Place = Field(None, description="File that says who may send for which cluster: clusters, name, token a line.")
    tls_cert: Place = Field(None, description="Certificate of the receivers in PEM, with its chain; read again when it changes.")
    tls_key: Place = Field(None, description="Private key of that certificate in PEM.")
    client_ca: Place = Field(None, description="Authorities in PEM whose client certificates are believed; their names are clusters.")
    follow: list[str] = Field(default_factory=list, description="Files, folders and patterns that are followed besides; for `cluster`.")
    spool: Place = Field(None, description="Folder of what is accepted and not stored yet; beside the store unless given.")
    spool_bytes: int = Field(4 << 30, ge=1 << 20, description="Longest spool, in bytes; senders are told to wait when it is full.")
    body_bytes: int = Field(
        32 << 20,
        ge=1024,
        le=1 << 30,
        description="Longest body of a request, in bytes, also when decompressed; its records may be four times as long.",
    )
    body_timeout: Duration = Field(timedelta(seconds=60), ge=timedelta(seconds=1), description="Time in which a body must arrive.")
    in_flight_bytes: int = Field(256 << 20, ge=1 << 20, description="Bytes of all bodies that are being received at once.")
    refresh: Duration = Field(
        timedelta(seconds=10),
        ge=timedelta(seconds=1),
        description="How often sessions are derived anew while events arrive; embedded only.",
    )
    stop_timeout: Duration = Field(timedelta(seconds=25), ge=timedelta(seconds=1), description="Time to finish after SIGTERM.")


class FollowSettings(Strict):
    """Hold how live files are followed."""

    poll: Duration = Field(
        timedelta(milliseconds=250),
        ge=timedelta(milliseconds=50),
        le=timedelta(minutes=1),
        description="How often followed files are looked at.",
    )
    flush: Duration = Field(
        timedelta(milliseconds=500),
        le=timedelta(hours=1),
        description="How long new records are gathered before they are delivered as one batch.",
    )
    linger: Duration = Field(
        timedelta(seconds=30), le=timedelta(days=1), description="How long a rotated file is watched for late writers."
    )
    refresh: Duration = Field(
        timedelta(seconds=10),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        description="How often `auditradar follow` derives sessions from new events in an embedded store.",
    )


class Settings(BaseSettings):
    """Hold all settings."""

    model_config = SettingsConfigDict(env_prefix="AUDITRADAR_", env_nested_delimiter="__", extra="forbid", frozen=True)

    dsn: str = Field(
        default_factory=default_dsn, description="Where the store is: chdb:///path or clickhouse://user:password@host:8123/audit."
    )
    cluster: str = Field("default", min_length=1, description="Label of the audited Kubernetes cluster.")
    platform: Platform = Field("", description="Platform of the cluster; empty reads it from the data.")
    on_cluster: str = Field("", description="Name of the ClickHouse cluster that the schema is replicated on; empty for one server.")
    session_gap: Duration = Field(timedelta(hours=8), ge=timedelta(minutes=1), description="Silence that ends a session.")
    session_kinds: list[ActorKind] = Field(["human"], description="Kinds of identities whose requests make sessions.")
    interactive_session_kinds: list[ActorKind] = Field(
        ["service-account"], description="Kinds that make sessions only when an interactive client uses them."
    )
    trusted_proxies: list[Network] = Field(default_factory=list, description="Proxies whose X-Forwarded-For is believed, for all clusters.")
    clusters: dict[str, ClusterSettings] = Field(default_factory=dict, description="Settings of single clusters, by label.")
    actor_rules: list[ActorRule] = Field(default_factory=list, description="Further identities; they come before the built-in ones.")
    client_rules: list[ClientRule] = Field(default_factory=list, description="Further programs; they come before the built-in ones.")
    mask_exec: bool = Field(False, description="Whether the arguments of exec and attach are redacted.")
    max_record_bytes: int = Field(64 * 1024 * 1024, ge=4096, description="Longest record that is kept whole, in bytes.")
    batch_bytes: int = Field(32 * 1024 * 1024, ge=1024, le=256 * 1024 * 1024, description="Longest batch, in bytes of the source.")
    workers: int = Field(2, ge=1, le=64, description="Batches inserted at the same time.")
    access: Access = Field(default_factory=lambda: Access.model_validate({}), description="Who may do what on a ClickHouse server.")
    retention: Retention = Field(default_factory=lambda: Retention.model_validate({}), description="How long rows are kept.")
    front: FrontSettings = Field(
        default_factory=lambda: FrontSettings.model_validate({}), description="Read-only SQL over HTTP, answered by `serve`."
    )
    serve: ServeSettings = Field(default_factory=lambda: ServeSettings.model_validate({}), description="What `auditradar serve` does.")
    follow: FollowSettings = Field(default_factory=lambda: FollowSettings.model_validate({}), description="How live files are followed.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put options before the environment and the environment before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def find_config(explicit: str | None) -> Path | None:
    """Find the configuration file; None when there is none, SettingsError when the one asked for is missing."""
    if explicit:
        path = Path(explicit).expanduser()
        if not path.is_file():
            raise SettingsError(f"cannot read the configuration {path}: there is no such file")
        return path
    places = (Path(CONFIG_NAME), platformdirs.user_config_path("auditradar") / CONFIG_NAME)
    return next((place for place in places if place.is_file()), None)


def read_settings(config: Path | None, **options: object) -> Settings:
    """Read all settings; options that are None do not count. SettingsError names the setting that is wrong."""
    given = {name: value for name, value in options.items() if value is not None}
    reader = type("Settings", (Settings,), {"model_config": SettingsConfigDict(toml_file=config), "__doc__": Settings.__doc__})
    try:
        settings: Settings = reader(**given)
    except ValidationError as cause:
        raise SettingsError(f"cannot use the settings{_where(config)}: {_first(cause)}") from None
    except UnreadableError as cause:
        raise SettingsError(f"cannot use the environment: {_unread(cause)}") from None
    except (ValueError, OSError) as cause:
        raise SettingsError(f"cannot use the settings{_where(config)}: {' '.join(str(cause).split())}") from None
    return settings


def _unread(cause: UnreadableError) -> str:
    """Name the variable whose text is no JSON where JSON is wanted, without its value."""
    name = re.search(r'field "(\w+)"', str(cause))
    which = f"AUDITRADAR_{name[1].upper()}" if name else "a variable"
    example = """AUDITRADAR_SERVE__FOLLOW='["/var/log/audit.log"]'"""
    return f"{which}, or one that begins so, cannot be read; lists and tables are written as JSON there, such as {example}"


def _where(config: Path | None) -> str:
    return f" of {config}" if config else ""


def _first(error: ValidationError) -> str:
    """Describe the first problem without repeating the value: it may be a DSN with its password."""
    problem = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(str(part) for part in problem["loc"])
    words = re.sub(r"^Value error, ", "", problem["msg"])
    return f"{name}: {words}" if problem["type"] != "extra_forbidden" else f"{name}: there is no such setting"
