"""Verify the logs of retention and of legal holds, and that what is held is there."""

from auditradar.ingest.engine import Engine
from auditradar.ingest.proof.result import Mismatch
from auditradar.sql import query

LOGS = ("retention_log", "hold_log")


def broken_logs(engine: Engine) -> list[Mismatch]:
    """Name the first row of each log that is not what was written."""
    found = []
    for log in LOGS:
        rows = engine.rows(query(f"proof/{log}").text)
        found += [Mismatch("log-changed", source=log, sequence=sequence) for (sequence,) in rows[:1]]
    return found


def broken_holds(engine: Engine) -> list[Mismatch]:
    """Name the standing holds that cover fewer events than when they were added."""
    return [
        Mismatch("hold-broken", source=hold, records=before - now)
        for hold, before, now in engine.rows(query("proof/held").text)
        if now < before
    ]
