"""Write the logs of retention and holds: rows chained like the ledger's, never changed."""

import getpass
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from auditradar.ingest.engine import Engine
from auditradar.sql import query

Row = dict[str, Any]
MICROSECOND = 1_000_000


def append(engine: Engine, log: str, facts: Mapping[str, Any]) -> Row:
    """Chain a row to the last one of `retention_log` or `hold_log` and write it; `facts` in the order of the table's columns."""
    rows = engine.rows(query(f"proof/{log}_head").text)
    sequence, previous = (rows[0][0], rows[0][1]) if rows else (0, "")
    row: Row = {"sequence": sequence + 1, "at": datetime.now(UTC), **facts, "previous_hash": previous}
    row["chain_hash"] = hashlib.sha256("\n".join(map(_fact, row.values())).encode()).hexdigest()
    written = {name: _text(value) for name, value in row.items()}
    engine.insert(log, tuple(row), orjson.dumps(written), "JSONEachRow")
    return row


def whoever(given: str | None) -> str:
    """Give the name that was given, else that of the user of the operating system."""
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown"


def _fact(value: Any) -> str:
    """Write a value for the hash: moments as microseconds since 1970."""
    return str(micros_of(value)) if isinstance(value, datetime) else str(value)


def micros_of(moment: datetime) -> int:
    """Give a moment as microseconds since 1970."""
    whole = moment.astimezone(UTC)
    return int(whole.replace(microsecond=0).timestamp()) * MICROSECOND + whole.microsecond


def _text(value: Any) -> Any:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
