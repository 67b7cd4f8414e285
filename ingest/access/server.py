"""Run the access plan on a server, and compare a server with it."""

from auditradar.ingest.access.plan import ROLES, Tables, access_plan, tables_of
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.settings import Access
from auditradar.sql import query


def require_server(dsn: Dsn) -> None:
    """Refuse the embedded engine, which has no users, before a store is made for it."""
    if dsn.embedded:
        raise RetentionError(
            f"cannot manage access in {dsn}: the embedded engine has no users; the rights of its folder decide, "
            "and auditradar serve has readers of its own"
        )


def apply_access(engine: Engine, settings: Access) -> int:
    """Run the plan; safe to repeat. Give the number of statements."""
    require_server(engine.dsn)
    plan = access_plan(settings, engine.dsn.database, tables_of(engine), secret=True)
    for statement in plan:
        engine.command(statement)
    return len(plan)


def check_access(engine: Engine, settings: Access) -> list[str]:
    """Say in words what the server lacks of the plan, and what its roles may do beyond it."""
    require_server(engine.dsn)
    grants = engine.rows(query("access/grants").text)
    policies = engine.rows(query("access/policies").text, {"database": engine.dsn.database})
    users = {(row[0], row[1]) for row in engine.rows(query("access/users").text)}
    return [
        *_roles(grants),
        *_beyond(grants, engine.dsn.database),
        *_raw(grants, tables_of(engine)),
        *_users(users, settings),
        *_rows(policies, settings, tables_of(engine)),
    ]


def _roles(grants: object) -> list[str]:
    have = {row[0] for row in grants}  # type: ignore[attr-defined]  # rows of the client library
    return [f"role {role} has no grants: run auditradar access apply" for role in ROLES if role not in have]


def _beyond(grants: object, database: str) -> list[str]:
    """Readers read this database and little of system, and nothing else."""
    found = []
    for role, kind, where, _, _, revoked in grants:  # type: ignore[attr-defined]  # as above
        reader = role != "auditradar_loader"
        if not revoked and reader and (kind not in ("SELECT", "dictGet") or where not in (database, "system")):
            found.append(f"role {role} may {kind} on {where}: the plan does not say so")
    return found


def _raw(grants: object, tables: Tables) -> list[str]:
    hidden = {row[3] for row in grants if row[0] == "auditradar_auditor" and row[4] == "raw" and row[5]}  # type: ignore[attr-defined]  # as above
    return [f"role auditradar_auditor may read raw of {table}" for table in tables.raw if table not in hidden]


def _users(have: set[tuple[str, str]], settings: Access) -> list[str]:
    wanted = {(user.name, f"auditradar_{user.role}") for user in settings.users}
    lacking = [f"user {name} does not have the role {role}" for name, role in sorted(wanted - have)]
    return lacking + [f"{name} has the role {role}: the configuration does not say so" for name, role in sorted(have - wanted) if name]


def _rows(policies: object, settings: Access, tables: Tables) -> list[str]:
    if not any(user.clusters for user in settings.users):
        return []
    have = {(row[0], row[1]) for row in policies}  # type: ignore[attr-defined]  # as above
    names = ["auditradar_everything", "auditradar_nothing", *(f"auditradar_{user.name}" for user in settings.users if user.clusters)]
    return [f"table {table} lacks the row policy {name}" for table in tables.clustered for name in names if (name, table) not in have]
