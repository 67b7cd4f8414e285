"""Bring the rules of the configuration into the store: identities, programs, trusted proxies, and the settings that SQL reads."""

import hashlib
import ipaddress
from collections.abc import Mapping
from typing import Any

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import QueryError, SettingsError
from auditradar.ingest.settings import Settings
from auditradar.sql import query, rules

FINGERPRINT = "rules_fingerprint"
DICTIONARIES = ("settings_dictionary", "actor_rules_dictionary", "client_rules_dictionary", "trusted_proxies_dictionary")

Rows = list[dict[str, Any]]


def sync_rules(engine: Engine, settings: Settings) -> bool:
    """Write the rules into the store if they differ from what it has; True when it did.

    They hold for events loaded from now on; `auditradar schema rebuild` projects the older ones again.
    """
    if rules_current(engine, settings):
        return False
    check_patterns(engine, settings)
    for table, rows in _tables(settings).items():
        _replace(engine, table, rows)
    for dictionary in DICTIONARIES:
        engine.command(f"SYSTEM RELOAD DICTIONARY {dictionary}")
    return True


def rules_current(engine: Engine, settings: Settings) -> bool:
    """Tell whether the store has exactly the rules of these settings."""
    rows = engine.rows(query("rules/setting").text, {"name": FINGERPRINT})
    return bool(rows) and rows[0][0] == _fingerprint(settings)


def check_patterns(engine: Engine, settings: Settings) -> None:
    """Let the engine compile every regular expression; SettingsError names the first it refuses.

    A pattern it cannot compile would stop every insert.
    """
    patterns = [(f"client_rules.{index}", rule.pattern) for index, rule in enumerate(settings.client_rules)]
    patterns += [(f"actor_rules.{index}", rule.pattern) for index, rule in enumerate(settings.actor_rules) if rule.match == "regex"]
    for where, pattern in patterns:
        try:
            engine.rows(query("rules/pattern").text, {"pattern": pattern})
        except QueryError:
            raise SettingsError(f"cannot use the settings: {where}: {pattern!r} is no regular expression of RE2") from None


def _fingerprint(settings: Settings) -> str:
    tables = _content(settings)
    return hashlib.sha256(orjson.dumps(tables, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _tables(settings: Settings) -> Mapping[str, Rows]:
    """Give the rows of each table; the one with the fingerprint comes last, so a crash in between is noticed."""
    tables = _content(settings)
    known = {"name": FINGERPRINT, "value": _fingerprint(settings)}
    return {**tables, "settings": [*tables["settings"], known]}


def _content(settings: Settings) -> dict[str, Rows]:
    return {
        "actor_rules": _ranked(_configured_actors(settings), _built_in("actor_rules")),
        "client_rules": _ranked(_configured_clients(settings), _built_in("client_rules")),
        "trusted_proxies": trusted_networks(settings),
        "settings": [
            {"name": "session_gap_seconds", "value": str(int(settings.session_gap.total_seconds()))},
            {"name": "session_kinds", "value": ",".join(settings.session_kinds)},
            {"name": "interactive_session_kinds", "value": ",".join(settings.interactive_session_kinds)},
        ],
    }


def _configured_actors(settings: Settings) -> Rows:
    rows = []
    for rule in settings.actor_rules:
        match, pattern = rule.resolved()
        rows.append({"match": match, "pattern": pattern, "actor_kind": rule.actor_kind, "note": rule.note, "origin": "configuration"})
    return rows


def _configured_clients(settings: Settings) -> Rows:
    return [rule.model_dump() | {"origin": "configuration"} for rule in settings.client_rules]


def _built_in(name: str) -> Rows:
    return [orjson.loads(line) | {"origin": "built-in"} for line in rules(name).splitlines()]


def _ranked(*groups: Rows) -> Rows:
    rows = [row for group in groups for row in group]
    return [{"rank": rank, **row} for rank, row in enumerate(rows, start=1)]


def trusted_networks(settings: Settings) -> Rows:
    """List the trusted networks with their clusters, each between bars; empty means all.

    The dictionary finds only the longest prefix, so a network also carries the clusters of the wider ones around it.
    """
    scopes: dict[str, set[str] | None] = dict.fromkeys(settings.trusted_proxies)
    for cluster, own in settings.clusters.items():
        for network in own.trusted_proxies:
            known = scopes.setdefault(network, set())
            if known is not None:
                known.add(cluster)
    return [{"prefix": network, "clusters": _scope(network, scopes)} for network in sorted(scopes)]


def _scope(network: str, scopes: Mapping[str, set[str] | None]) -> str:
    covering = [clusters for wider, clusters in scopes.items() if _covers(wider, network)]
    if any(clusters is None for clusters in covering):
        return ""
    names = sorted(set().union(*(clusters for clusters in covering if clusters)))
    return f"|{'|'.join(names)}|"


def _covers(wider: str, network: str) -> bool:
    outer, inner = ipaddress.ip_network(wider), ipaddress.ip_network(network)
    return outer.version == inner.version and inner.subnet_of(outer)  # type: ignore[arg-type]  # both are of one version


def _replace(engine: Engine, table: str, rows: Rows) -> None:
    """Swap in a whole new table, so that no insert ever sees half of the rules."""
    new = f"{table}__new"
    engine.command(query("schema/drop_table").text, {"table": new})
    engine.command(f"CREATE TABLE {new} AS {table}")  # ClickHouse 26.9 takes no parameter behind AS
    if rows:
        engine.insert(new, tuple(rows[0]), b"\n".join(map(orjson.dumps, rows)), "JSONEachRow")
    engine.command(f"EXCHANGE TABLES {table} AND {new}")
    engine.command(query("schema/drop_table").text, {"table": new})
