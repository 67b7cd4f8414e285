"""Add, list and release legal holds: what they cover survives every retention."""

from dataclasses import dataclass
from datetime import UTC, datetime

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.proof.logbook import append
from auditradar.ingest.reading.period import engine_time
from auditradar.ingest.retention.apply import set_ttls
from auditradar.ingest.settings import Retention
from auditradar.sql import query

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2149, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Decision:
    """Be who decided, and why."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Be what is to be held: rows of an actor, a cluster, a period; what is not given does not narrow."""

    actor: str = ""
    cluster: str = ""
    since: datetime | None = None
    until: datetime | None = None
    incident: str = ""


def add_hold(engine: Engine, hold: Hold, decision: Decision, tiers: Retention) -> tuple[str, int]:
    """Write the hold to the log and take its rows out of every TTL; give its name and how many events it covers."""
    since, until = hold.since or FIRST, hold.until or LAST
    named = {"cluster": hold.cluster, "actor": hold.actor, "since": engine_time(since), "until": engine_time(until)}
    covered = engine.rows(query("retention/covered").text, named)[0][0]
    hold_id = f"H-{len(engine.rows(query('retention/hold_list').text)) + 1}"
    facts = {
        "by": decision.by,
        "action": "add",
        "hold_id": hold_id,
        "incident": hold.incident,
        "actor": hold.actor,
        "cluster": hold.cluster,
        "since": since,
        "until": until,
        "why": decision.why,
        "rows": covered,
    }
    append(engine, "hold_log", facts)
    set_ttls(engine, tiers)
    return hold_id, covered


def release_holds(engine: Engine, names: tuple[str, ...], incident: str, decision: Decision, tiers: Retention) -> list[str]:
    """Release the named holds, or all of an incident; RetentionError when none of them stands."""
    rows = engine.rows(query("retention/hold_list").text)
    standing = [row[0] for row in rows if row[1] and (row[0] in names or (incident and row[2] == incident))]
    unknown = set(names) - set(standing)
    if unknown or not standing:
        what = ", ".join(sorted(unknown)) or f"incident {incident}"
        raise RetentionError(f"cannot release {what}: no such hold stands; auditradar hold list shows them")
    for hold_id in standing:
        facts = {
            "by": decision.by,
            "action": "release",
            "hold_id": hold_id,
            "incident": "",
            "actor": "",
            "cluster": "",
            "since": FIRST,
            "until": FIRST,
            "why": decision.why,
            "rows": 0,
        }
        append(engine, "hold_log", facts)
    set_ttls(engine, tiers)
    return standing
