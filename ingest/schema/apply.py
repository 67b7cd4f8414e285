"""Apply the schema and record what was applied."""

from datetime import UTC, datetime
from importlib.metadata import version

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import SchemaError
from auditradar.ingest.refresh import refresh
from auditradar.ingest.schema.plan import Step, change_plan, create_plan
from auditradar.ingest.schema.state import State, read_state
from auditradar.sql import SCHEMA_VERSION, fingerprint

LOG_COLUMNS = ("applied_at", "version", "fingerprint", "object", "statement", "program")


def schema_steps(engine: Engine, on_cluster: str = "") -> list[Step]:
    """List what `apply_schema` would run; SchemaError for a newer or foreign store."""
    state = read_state(engine)
    if state.missing:
        return create_plan(on_cluster)
    return [] if state.current else change_plan(engine)


def apply_schema(engine: Engine, on_cluster: str = "") -> list[Step]:
    """Bring the store to this schema, record each step, and return the steps; safe to repeat and to resume after a crash.

    What a refresh derives anew is there at the end, too; a server does that by its own clock.
    """
    before = read_state(engine)
    if before.current:
        return []
    engine.create_database(on_cluster)
    steps = create_plan(on_cluster) if before.missing else change_plan(engine)
    for step in steps:
        engine.command(step.statement)
    if engine.dsn.embedded and not before.missing and any("\nREFRESH " in step.statement for step in steps):
        refresh(engine)
    record(engine, [*steps, Step("", "")])
    return steps


def ensure_schema(engine: Engine) -> None:
    """Apply the schema to an embedded store by itself; of a server store only require it.

    A server belongs to its operator: a changed schema there is their decision.
    """
    state = read_state(engine)
    if state.current:
        return
    if engine.beside is not None:
        raise SchemaError(f"cannot use {engine.dsn}: the running `auditradar serve` is of another version; start it again with this one")
    if engine.dsn.embedded:
        apply_schema(engine)
    else:
        _refuse(engine, state)


def _refuse(engine: Engine, state: State) -> None:
    what = "it has no schema yet" if state.missing else "its schema is older than this program"
    raise SchemaError(f"cannot use {engine.dsn}: {what}; run: auditradar schema apply")


def record(engine: Engine, steps: list[Step]) -> None:
    """Write steps that were taken into schema_log."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    program = version("auditradar")
    rows = ((now, SCHEMA_VERSION, fingerprint(), step.object, step.statement, program) for step in steps)
    lines = b"\n".join(orjson.dumps(dict(zip(LOG_COLUMNS, row, strict=True))) for row in rows)
    engine.insert("schema_log", LOG_COLUMNS, lines, "JSONEachRow")
