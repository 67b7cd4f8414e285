"""Open a store for reading: nothing is made where nothing was loaded."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from auditradar.ingest.beside import beside_of
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import EngineError
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.schema.apply import ensure_schema, schema_steps
from auditradar.ingest.schema.plan import Step, create_plan

NEXT = "load audit logs with: auditradar load PATH --cluster NAME; or look around with: auditradar demo"


@contextlib.contextmanager
def open_reader(dsn: Dsn) -> Iterator[Reader]:
    """Open an existing store and bring an embedded one to this schema; EngineError where there is none.

    A store that a running `auditradar serve` has open is read through that process.
    """
    require_store(dsn)
    with contextlib.ExitStack() as opened:
        engine = opened.enter_context(open_engine(dsn))
        ensure_schema(engine)
        try:
            yield Reader(engine)
        except KeyboardInterrupt:
            opened.pop_all()  # closing would wait for the query that is given up
            raise


def open_engine(dsn: Dsn) -> Engine:
    """Open an engine for reading: in this process, or in the one that has the store open."""
    return Engine(dsn, beside=beside_of(Path(dsn.path)) if dsn.embedded else None)


def steps_of(dsn: Dsn, on_cluster: str) -> list[Step]:
    """List what `schema apply` would run; a store that is not there is not made for it."""
    if not store_exists(dsn):
        return create_plan(on_cluster)
    with Engine(dsn) as engine:
        return schema_steps(engine, on_cluster)


def require_store(dsn: Dsn) -> None:
    """Refuse a store that nobody has made: reading or annotating it makes none. EngineError says how to make one."""
    if not store_exists(dsn):
        raise EngineError(f"cannot open the store {dsn}: there is none yet; {NEXT}")


def store_exists(dsn: Dsn) -> bool:
    """Tell whether an embedded store was ever made; a server is asked by using it."""
    return not dsn.embedded or (Path(dsn.path) / "store").exists()
