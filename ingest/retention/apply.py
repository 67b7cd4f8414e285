"""Bring a policy into force: write the log, set the TTLs, and remove what is due."""

from collections.abc import Mapping
from typing import Any

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.proof.logbook import append
from auditradar.ingest.reading.period import engine_time
from auditradar.ingest.refresh import refresh
from auditradar.ingest.retention.policy import AS_OTHERS, CLASSES, Policy, changes_between, policy_in_force, wanted_policy
from auditradar.ingest.settings import Retention, Settings
from auditradar.sql import query, retained, retention

WAITING = {"mutations_sync": 2}
"""Wait until rows are gone: who asks for it wants to see it."""
TIERED = ("events",)
"""Tables large enough for a cold volume."""


def apply_retention(engine: Engine, settings: Settings, by: str, why: str) -> None:
    """Bring the policy of the settings into force and remove what is due; safe to repeat. RetentionError where a volume is missing."""
    check_volumes(engine, settings.retention)
    wanted = wanted_policy(settings)
    for change in changes_between(policy_in_force(engine), wanted):
        facts = {"by": by, "class": change.kind, "cluster": change.cluster, "old_days": change.old, "new_days": change.new, "why": why}
        append(engine, "retention_log", facts)
    enforce(engine, settings.retention)


def enforce(engine: Engine, tiers: Retention) -> None:
    """Drop the months that are due as a whole, set the TTLs where they differ, and remove single rows that are due."""
    for table, partition in engine.rows(query("retention/whole_months").text):
        engine.command(query("retention/drop_month").text, {"table": table, "partition": partition})
    set_ttls(engine, tiers)
    for table, _ in engine.rows(query("retention/past_due").text):
        engine.command(query("retention/remove_due").text, {"table": table}, WAITING)
    engine.command(query("retention/cluster_facts").text, settings=WAITING)
    if engine.dsn.embedded:
        refresh(engine)


def set_ttls(engine: Engine, tiers: Retention) -> None:
    """Set the TTL of every table where the policy and the holds now ask for another; nothing while no policy is in force."""
    policy = policy_in_force(engine)
    if not policy:
        return
    facts = ttl_parameters(engine, policy)
    for table in retained():
        statement = _tiered(retention(table).text, table, tiers)
        if _differs(engine, table, statement, facts):
            if tiers.storage_policy and table in TIERED:
                engine.command(f"ALTER TABLE {table} MODIFY SETTING storage_policy = '{tiers.storage_policy}'")
            engine.command(statement, facts, WAITING)


def ttl_parameters(engine: Engine, policy: Policy) -> Mapping[str, Any]:
    """Write policy and holds as the parameters of sql/retention."""
    facts: dict[str, Any] = {
        "holds": [
            (cluster, actor, engine_time(since), engine_time(until))
            for cluster, actor, since, until in engine.rows(query("retention/holds").text)
        ]
    }
    for name in CLASSES:
        own = {cluster: days for (kind, cluster), days in policy.items() if kind == name and cluster and days != AS_OTHERS}
        common = policy.get((name, ""), 0)
        facts[f"{name}_clusters"] = [*own, ""]  # transform() wants at least one; no cluster has an empty name
        facts[f"{name}_own_days"] = [*own.values(), common]
        facts[f"{name}_days"] = common
    return facts


def check_volumes(engine: Engine, tiers: Retention) -> None:
    """Refuse a cold volume that the engine does not have."""
    if not tiers.cold_after:
        return
    volumes = {row[0] for row in engine.rows(query("retention/volumes").text, {"policy": tiers.storage_policy})}
    if tiers.cold_volume not in volumes:
        raise RetentionError(
            f"cannot use cold_after: {engine.dsn} has no volume {tiers.cold_volume!r} in the storage policy {tiers.storage_policy!r}; "
            "add it to the server, or remove cold_after"
        )


def _tiered(statement: str, table: str, tiers: Retention) -> str:
    if not tiers.cold_after or table not in TIERED:
        return statement
    return f"{statement},\n    toDate(requested_at) + toIntervalDay({tiers.cold_after}) TO VOLUME '{tiers.cold_volume}'"


def _differs(engine: Engine, table: str, statement: str, facts: Mapping[str, Any]) -> bool:
    """Let the engine write the wanted TTL, on an empty copy: setting the same again would look at every part."""
    copy = f"{table}__ttl"
    engine.command(query("schema/drop_table").text, {"table": copy})
    engine.command(f"CREATE TABLE {copy} AS {table}")  # ClickHouse 26.9 takes no parameter behind AS
    try:
        if not _tiers_here(statement):
            engine.command(statement.replace(f"ALTER TABLE {table} ", f"ALTER TABLE {copy} ", 1), facts)
            return _ttl(engine, copy) != _ttl(engine, table)
        return True
    finally:
        engine.command(query("schema/drop_table").text, {"table": copy})


def _tiers_here(statement: str) -> bool:
    return " TO VOLUME " in statement


def _ttl(engine: Engine, table: str) -> str:
    return str(engine.rows(query("retention/ttl").text, {"table": table})[0][0])
