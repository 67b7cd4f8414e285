"""Gather what a store holds and what to do next."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import orjson

from auditradar.ingest.beside import Beside
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Row
from auditradar.ingest.rules import rules_current
from auditradar.ingest.settings import Settings
from auditradar.sql import SCHEMA_VERSION

ASK_SECONDS = 5
NOTHING_YET = ("load audit logs: auditradar load PATH --cluster NAME", "or look around: auditradar demo")


@dataclass(frozen=True, slots=True)
class Status:
    """Be the state of a store."""

    store: str
    engine: str
    schema_version: int
    rules_current: bool
    clusters: Sequence[Row]
    deliveries: Row
    rejected: int
    disk: Row
    advice: Sequence[str]
    serving: Row

    @property
    def record(self) -> dict[str, object]:
        """Give everything as one object."""
        return asdict(self)


def read_status(reader: Reader, settings: Settings, cluster: str = "") -> Status:
    """Read the state of the store."""
    engine = reader.engine
    clusters = reader.records("status/clusters", {"cluster": cluster})
    current = rules_current(engine, settings)
    rejected = int(str(reader.records("status/rejected", {})[0]["rejected"]))
    return Status(
        store=str(engine.dsn),
        engine=_engine(reader),
        schema_version=SCHEMA_VERSION,
        rules_current=current,
        clusters=clusters,
        deliveries=reader.records("status/batches", {})[0],
        rejected=rejected,
        disk=reader.records("status/size", {"database": engine.dsn.database})[0],
        advice=_advice(clusters, current, rejected),
        serving={} if engine.beside is None else parts_of(engine.beside),
    )


def parts_of(there: Beside) -> Row:
    """Ask a running `serve` how its parts are: words by the name of the part."""
    where: Row = {"process": f"{there.pid}, receiving at {there.receivers or 'no address'}"}
    if not there.receivers.startswith("http://"):
        return where  # over TLS it would ask for a certificate or a token that this command does not have
    place = urlsplit(there.receivers)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=ASK_SECONDS)
    try:
        connection.request("GET", "/readyz")
        said = orjson.loads(connection.getresponse().read())
        return {**where, **{name: part["words"] for name, part in said["parts"].items()}}
    except (OSError, HTTPException, orjson.JSONDecodeError, KeyError):
        return {**where, "receivers": "do not answer"}
    finally:
        connection.close()


def _engine(reader: Reader) -> str:
    kind = "chDB, embedded" if reader.engine.dsn.embedded else "ClickHouse server"
    return f"{kind} {reader.records('status/engine', {})[0]['engine_version']}"


def _advice(clusters: Sequence[Row], current: bool, rejected: int) -> list[str]:
    if not clusters:
        return list(NOTHING_YET)
    advice = ["who logged in: auditradar logins", "one person: auditradar who NAME"]
    if any(row["failed_attempts"] for row in clusters):
        advice.append("who was refused: auditradar failures --bursts")
    if rejected:
        advice.append("what could not be read: auditradar rejected")
    if not current:
        advice.append("bring in changed rules: auditradar load PATH")
    return advice
