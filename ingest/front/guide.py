"""Say how to bring up Grafana beside the embedded engine, and write the files for it."""

import os
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.front.readers import token_line, with_line
from auditradar.ingest.listening import Address, parse_address
from auditradar.sql import query

PLUGIN, PLUGIN_VERSION = "grafana-clickhouse-datasource", "4.20.0"
"""The version that docker-compose.yml names; a test compares."""
READER = "grafana"
TOKEN = "AUDITRADAR_GRAFANA_TOKEN"  # noqa: S105 - the name of a variable
COMPOSE = "docker-compose.yml"
EXAMPLE = "auditradar-grafana"


@dataclass(frozen=True, slots=True)
class Step:
    """Be one thing to do: what for, and the exact lines."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Be where things are: the store, where SQL and records are answered, and the folder of the files."""

    dsn: str
    database: str
    sql: Address
    listen: str
    folder: Path

    @property
    def url(self) -> str:
        """Give the address that this machine reads SQL at."""
        return _from_here(self.sql)

    @property
    def receiver(self) -> str:
        """Give the address that this machine sends records to."""
        return _from_here(parse_address(self.listen))


def _from_here(address: Address) -> str:
    host = "127.0.0.1" if address.host in {"0.0.0.0", "::"} else address.host  # noqa: S104 - compared, not bound
    return f"http://{Address(host, address.port)}/"


def steps(place: Place, *, written: bool, here: Path) -> list[Step]:
    """List what to do, in order; `written` when the folder is there."""
    folder = shlex.quote(str(place.folder))
    found = (
        []
        if written
        else [Step("Write the files: a reader for Grafana, the data source, dashboards, alerts", [f"auditradar up --out {folder}"])]
    )
    found += [
        Step("Bring in what there is: your audit logs, or a simulated week to look around (skip it if you did)", _filling(place)),
        Step("Start AuditRadar; it receives, and answers SQL", [f"{folder}/start.sh"]),
        Step("See that it answers, in another terminal", _check(place)),
        Step("Send more while it runs, from here or as docs/20-streams.md says", _sending(place)),
        Step("Install Grafana's ClickHouse data source, once", [f"grafana cli plugins install {PLUGIN} {PLUGIN_VERSION}"]),
        Step(
            "Start Grafana with these files (11.6 or newer), from its own folder",
            [f". {folder}/grafana.env", f"GF_PATHS_PROVISIONING={folder}/provisioning grafana server"],
        ),
        Step("Open the dashboards", ["http://localhost:3000/d/auditradar-overview"]),
    ]
    if (here / COMPOSE).is_file() or shutil.which("docker"):
        found.append(Step("Or, with Docker, all of it on a ClickHouse server instead: docs/30-stack.md", ["docker compose up --detach"]))
    return found


def _filling(place: Place) -> list[str]:
    now = datetime.now(UTC)
    start = now.date() - timedelta(days=6)
    tenths = (now - datetime.combine(start, datetime.min.time(), UTC)) // timedelta(days=0.1)
    store, logs = shlex.quote(place.dsn), shlex.quote(str(place.folder / "simulated"))
    return [
        f"auditradar load /var/log/kubernetes/audit --cluster prod --dsn {store}",
        f"auditradar simulate {logs} --platform openshift --start {start} --days {tenths / 10}",
        f"auditradar load {logs}/logs --cluster simulated --dsn {store}",
    ]


def _sending(place: Place) -> list[str]:
    return [f"curl --silent --show-error --data-binary @audit.log {place.receiver}v1/audit/prod"]


def _check(place: Place) -> list[str]:
    env = shlex.quote(str(place.folder / "grafana.env"))
    question = " ".join(query("front/trial").text.split())
    return [f". {env}", f'curl --silent --show-error --user "{READER}:${TOKEN}" {place.url} --data "{question}"']


def data_source(place: Place) -> str:
    """Write the data source as Grafana reads it from a file; the token comes from the environment."""
    text = _provisioning("datasources", "auditradar.yml").read_text(encoding="utf-8")
    host = place.url.removeprefix("http://").rsplit(":", 1)[0]
    for old, new in (
        ("${CLICKHOUSE_HOST}", host),
        ("port: 8123", f"port: {place.sql.port}"),
        ("defaultDatabase: audit", f"defaultDatabase: {place.database}"),
        ("username: grafana", f"username: {READER}\n      forwardGrafanaHeaders: true"),
        ("${CLICKHOUSE_GRAFANA_PASSWORD}", f"${{{TOKEN}}}"),
    ):
        text = text.replace(old, new)
    return text


def write(place: Place) -> None:
    """Write the folder; AuditRadarError when it holds something else.

    A token that is there stays, so that a running Grafana keeps its access.
    """
    folder = place.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / "start.sh").is_file():
        raise AuditRadarError(f"cannot write to {folder}: the folder holds other files; name an empty one")
    try:
        for name in ("datasources", "dashboards", "alerting", "plugins"):
            (folder / "provisioning" / name).mkdir(parents=True, exist_ok=True)
        _write_reader(folder)
        _write_provisioning(place)
        _write_start(place)
    except OSError as cause:
        raise AuditRadarError(f"cannot write to {folder}: {cause.strerror or cause}; name another folder") from None


def _write_reader(folder: Path) -> None:
    if (folder / "grafana.env").exists() and (folder / "readers").exists():
        return
    token, line = token_line(READER)
    with_line(folder / "readers", line)
    with os.fdopen(os.open(folder / "grafana.env", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"export {TOKEN}={token}\n")


def _write_provisioning(place: Place) -> None:
    made = place.folder / "provisioning"
    (made / "datasources" / "auditradar.yml").write_text(data_source(place), encoding="utf-8")
    boards = made / "dashboards"
    for file in _provisioning("dashboards").iterdir():
        if file.name.endswith(".json"):
            (boards / file.name).write_bytes(file.read_bytes())
    provider = _provisioning("dashboards", "dashboards.yml").read_text(encoding="utf-8")
    (boards / "dashboards.yml").write_text(provider.replace("/etc/grafana/provisioning/dashboards", str(boards)), encoding="utf-8")
    (made / "alerting" / "rules.yml").write_bytes(_provisioning("alerting", "rules.yml").read_bytes())


def _write_start(place: Place) -> None:
    command = ["auditradar", "serve", "--dsn", place.dsn, "--listen", place.listen, "--sql-listen", str(place.sql)]
    words = " ".join(shlex.quote(word) for word in [*command, "--readers", str(place.folder / "readers")])
    start = place.folder / "start.sh"
    start.write_text(f'#!/bin/sh\n# Receive audit events and answer read-only SQL; Ctrl-C ends it.\nexec {words} "$@"\n', encoding="utf-8")
    start.chmod(0o755)


def _provisioning(*names: str) -> Traversable:
    return files("auditradar.dashboards").joinpath("provisioning", *names)
