"""Recompute what refreshable views derive."""

from auditradar.ingest.engine import Engine
from auditradar.sql import schema


def refresh(engine: Engine) -> None:
    """Refresh every refreshable view and wait for it; EngineError or QueryError says why one failed."""
    for made in schema():
        if made.kind == "MATERIALIZED VIEW" and "\nREFRESH " in made.text:
            # An embedded engine is opened with its views stopped, and a stopped view ignores the next statement.
            engine.command(f"SYSTEM START VIEW {made.name}")
            engine.command(f"SYSTEM REFRESH VIEW {made.name}")
            engine.command(f"SYSTEM WAIT VIEW {made.name}")
