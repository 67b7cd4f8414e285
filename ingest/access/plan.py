"""Make the statements of sql/access for a configuration."""

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Template

from auditradar.ingest.engine import Engine, quoted
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.settings import Access, AccessUser
from auditradar.sql import access, query, schema

ROLES = ("auditradar_loader", "auditradar_auditor", "auditradar_investigator", "auditradar_grafana")
HIDDEN = "…"
"""Stands for the hash and the salt of a password in what is printed."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Be the tables that row policies are for, those with the raw text, and the feeds."""

    clustered: tuple[str, ...]
    raw: tuple[str, ...]
    feeds: tuple[str, ...]


def tables_of(engine: Engine) -> Tables:
    """Ask the store which tables it has."""
    rows = engine.rows(query("access/tables").text, {"database": engine.dsn.database})
    clustered, feeds, raw = (tuple(row[0] for row in rows if row[mark]) for mark in (1, 2, 3))
    return Tables(clustered, raw, feeds)


def tables_of_schema() -> Tables:
    """Read the same from this program's schema."""
    made = [one for one in schema() if one.kind in ("TABLE", "VIEW")]
    clustered = [one.name for one in made if one.kind == "TABLE" and "MergeTree" in one.text and "\n    cluster " in one.text]
    raw = [one.name for one in made if "\n    raw String" in one.text and "ENGINE = Null" not in one.text]
    feeds = [one.name for one in schema() if one.kind == "MATERIALIZED VIEW"]
    return Tables(tuple(sorted(clustered)), tuple(sorted(raw)), tuple(sorted(feeds)))


def access_plan(settings: Access, database: str, tables: Tables, *, secret: bool = False) -> list[str]:
    """List the statements; only with `secret` do they hold the hashes of passwords, which the environment names."""
    common = {"database": quoted(database)}
    plan = list(_statements("10_profiles", common))
    plan += _statements("20_roles", common)
    for table in tables.raw:
        plan += _statements("21_raw", common | {"table": quoted(table)})
    for feed in tables.feeds:
        plan += _statements("22_feeds", common | {"table": quoted(feed)})
    plan += _statements("30_quotas", common)
    for user in settings.users:
        if user.password_env:
            plan += _statements("50_users", common | _user(user) | _password(user, secret=secret))
        plan += _statements("51_grants", common | _user(user))
    if any(user.clusters for user in settings.users):
        plan += _row_policies(settings, common, tables.clustered)
    return [*plan, *_statements("60_server_reads", common)]


def _row_policies(settings: Access, common: dict[str, str], tables: Sequence[str]) -> Iterator[str]:
    """Bind some users to their clusters: everybody else must then be named too, or sees everything."""
    everything = [*settings.unrestricted, *(user.name for user in settings.users if not user.clusters)]
    for table in tables:
        named = common | {"table": quoted(table), "everything": ", ".join(map(quoted, dict.fromkeys(everything)))}
        yield from _statements("40_rows", named)
        for user in settings.users:
            if user.clusters:
                clusters = ", ".join(_text(cluster) for cluster in user.clusters)
                yield from _statements("41_clusters", named | {"user": quoted(user.name), "clusters": clusters})


def _statements(name: str, values: dict[str, str]) -> Iterator[str]:
    text = access(name).text
    if name == "41_clusters":
        text = text.replace("auditradar_$user ON", "$policy ON")
        values = values | {"policy": quoted(f"auditradar_{values['user'].strip('`')}")}
    for statement in text.split(";"):
        if statement.strip():
            yield Template(statement.strip()).substitute(values)


def _user(user: AccessUser) -> dict[str, str]:
    return {"user": quoted(user.name), "role": user.role}


def _password(user: AccessUser, *, secret: bool) -> dict[str, str]:
    if not secret:
        return {"hash": HIDDEN, "salt": HIDDEN}
    password = os.environ.get(user.password_env, "")
    if not password:
        raise RetentionError(
            f"cannot make the user {user.name}: the environment variable {user.password_env} is empty; set the password there"
        )
    salt = secrets.token_hex(32)
    return {"hash": hashlib.sha256((password + salt).encode()).hexdigest(), "salt": salt}


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
