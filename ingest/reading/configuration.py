"""Tell which settings hold, where each comes from, and whether the store has the rules they make."""

import difflib
import os
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.durations import duration_text
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import ReceiverError, SettingsError
from auditradar.ingest.listening import parse_address
from auditradar.ingest.reading.store import open_engine, store_exists
from auditradar.ingest.rules import check_patterns, rules_current
from auditradar.ingest.schema.apply import ensure_schema
from auditradar.ingest.settings import Settings

ENVIRONMENT = "AUDITRADAR_"


@dataclass(frozen=True, slots=True)
class Setting:
    """Be one setting: its value as TOML can hold it, where it comes from, and what it is."""

    name: str
    value: Any
    origin: str
    description: str


def effective_settings(settings: Settings, config: Path | None, dsn: str | None) -> list[Setting]:
    """List all settings; the password of a DSN is masked."""
    in_file = set(tomllib.loads(config.read_text(encoding="utf-8"))) if config else set()
    plain = {**settings.model_dump(), "dsn": masked_dsn(settings.dsn)}
    return [
        Setting(name, _toml_ready(plain[name]), _origin(name, in_file, config, dsn), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def masked_dsn(dsn: str) -> str:
    """Write a DSN without its password; a server's user and place stay."""
    parsed = parse_dsn(dsn)
    return str(parsed).replace("@", ":***@", 1) if parsed.password else str(parsed)


def check_settings(settings: Settings) -> str:
    """Try what `serve` needs, let the engine compile the patterns and compare the store's rules. Say what was found.

    SettingsError for what cannot be used: an address, a file that is not there, a pattern.
    """
    _check_serve(settings)
    dsn = parse_dsn(settings.dsn)
    if not store_exists(dsn):
        return _check_without_store(settings)
    with open_engine(dsn) as engine:
        check_patterns(engine, settings)
        ensure_schema(engine)
        if rules_current(engine, settings):
            return "the store has these rules"
        return "the store has other rules; the next `auditradar load` brings these in"


def misspelt_variables() -> list[tuple[str, str]]:
    """Find variables of the environment that nobody reads and that look much like a setting, each with that setting's variable."""
    known = [ENVIRONMENT + name.upper() for name in Settings.model_fields]
    own = (name for name in os.environ if name.startswith(ENVIRONMENT) and name.partition("__")[0] not in known)
    return [(name, near[0]) for name in own if (near := difflib.get_close_matches(name.partition("__")[0], known, 1, 0.85))]


def _check_serve(settings: Settings) -> None:
    serve, front = settings.serve, settings.front
    for name, address in (("serve.listen", serve.listen), ("front.listen", front.listen)):
        try:
            if address:
                parse_address(address)
        except ReceiverError as cause:
            raise SettingsError(f"{name}: {cause}") from None
    files = {f"serve.{name}": getattr(serve, name) for name in ("token_file", "tls_cert", "tls_key", "client_ca")}
    files |= {f"front.{name}": getattr(front, name) for name in ("readers", "tls_cert", "tls_key")}
    for name, path in files.items():
        if path is not None and not path.is_file():
            raise SettingsError(f"{name}: there is no file {path}")


def _check_without_store(settings: Settings) -> str:
    """Check patterns on an engine in memory: a check makes no store."""
    with tempfile.TemporaryDirectory(prefix="auditradar-") as folder, Engine(parse_dsn(f"chdb://{folder}/store")) as engine:
        check_patterns(engine, settings)
    return "there is no store yet; the first `auditradar load` makes it with these rules"


def _origin(name: str, in_file: Sequence[str] | set[str], config: Path | None, dsn: str | None) -> str:
    if name == "dsn" and dsn:
        return "--dsn"
    variables = [
        key for key in os.environ if key.upper() == ENVIRONMENT + name.upper() or key.upper().startswith(f"{ENVIRONMENT}{name.upper()}__")
    ]
    if variables:
        return variables[0]
    return str(config) if config and name in in_file else "default"


def _toml_ready(value: Any) -> Any:
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, dict):
        return {key: _toml_ready(part) for key, part in value.items()}
    return [_toml_ready(part) for part in value] if isinstance(value, list) else value
