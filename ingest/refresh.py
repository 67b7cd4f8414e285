"""Recompute what refreshable views derive."""

from auditradar.ingest.engine import Engine
from auditradar.sql import schema


def refresh(engine: Engine) -> None:
    """Refresh every refreshable view and wait for it; EngineError or QueryError says why one failed."""
    for made in schema():
        if made.kind == "MATERIALIZED VIEW" and "\nREFRESH " in made.text:
            refresh_view(engine, made.name)


def refresh_view(engine: Engine, name: str) -> None:
    """Refresh one view and wait for it."""
    # An embedded engine is opened with its views stopped, and a stopped view ignores the next statement.
    engine.command(f"SYSTEM START VIEW {name}")
    engine.command(f"SYSTEM REFRESH VIEW {name}")
    engine.command(f"SYSTEM WAIT VIEW {name}")
