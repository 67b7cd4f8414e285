"""Put the steps of a load together: rules first, then the sources, then what is derived from them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, LoadResult, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand

Progress = Callable[[int | None], AbstractContextManager[Callable[[int], None]]]
"""Opens a progress display for a number of bytes, None when nobody knows; what it gives is told of bytes read."""


def options_of(settings: Settings, **options: object) -> LoadOptions:
    """Make the options of a load from the settings."""
    names = ("cluster", "platform", "mask_exec", "max_record_bytes", "batch_bytes", "workers")
    return LoadOptions(**{name: getattr(settings, name) for name in names}, **options)  # type: ignore[arg-type]  # names are LoadOptions' own


def load_paths(engine: Engine, settings: Settings, paths: Sequence[str], options: LoadOptions, progress: Progress) -> LoadResult:
    """Load paths into an open store; SourceError before anything is loaded when one of them cannot be read."""
    sources = expand(paths)
    sync_rules(engine, settings)
    sizes = [source.size for source in sources]
    with progress(None if None in sizes else sum(size or 0 for size in sizes)) as on_bytes:
        result = load(engine, sources, options, on_bytes)
    if engine.dsn.embedded:
        # Always: an earlier load may have ended before it came to this. A server refreshes by itself, every minute.
        refresh(engine)
    return result
