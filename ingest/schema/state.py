"""Tell what schema a store has."""

from dataclasses import dataclass

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import SchemaError
from auditradar.sql import SCHEMA_VERSION, fingerprint, query


@dataclass(frozen=True, slots=True)
class State:
    """Be the schema recorded in a store; version 0 and no fingerprint where there is none yet."""

    version: int = 0
    fingerprint: str = ""

    @property
    def missing(self) -> bool:
        """Whether the store has no schema at all."""
        return self.version == 0

    @property
    def current(self) -> bool:
        """Whether the store has exactly the schema of this program."""
        return self.fingerprint == fingerprint()


def read_state(engine: Engine) -> State:
    """Read the recorded schema; SchemaError for one that is newer than this program or not AuditRadar's."""
    tables = {row[0] for row in engine.rows(query("schema/tables").text, {"database": engine.dsn.database})}
    if not tables:
        return State()
    if "schema_log" not in tables:
        raise SchemaError(
            f"cannot use {engine.dsn}: the database {engine.dsn.database} holds tables that are not AuditRadar's; name another database"
        )
    rows = engine.rows(query("schema/state").text)
    if not rows:
        return State()
    state = State(*rows[0])
    if state.version > SCHEMA_VERSION:
        raise SchemaError(
            f"cannot use {engine.dsn}: its schema {state.version} is newer than schema {SCHEMA_VERSION} of this program; upgrade auditradar"
        )
    return state
