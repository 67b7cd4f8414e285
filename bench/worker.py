"""Do one measured run in this process and print it as one JSON line; `auditradar.bench.processes` calls it."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import read_settings
from auditradar.ingest.sources import expand
from auditradar.sql import query, schema

KEPT_FEEDS = {"landing_to_parsed", "parsed_to_events"}
"""Feeds that fill events; a run of the engine alone has no others."""


def run_load(engine: Engine, path: Path) -> None:
    """Load with everything that a load does, except the final refresh."""
    load(engine, expand([str(path)]), LoadOptions(cluster="bench"))


def run_engine(engine: Engine, path: Path) -> None:
    """Let the engine read the files and fill events by itself."""
    for made in schema():
        if made.kind == "MATERIALIZED VIEW" and made.name not in KEPT_FEEDS:
            engine.command(f"DROP VIEW {made.name}")
    settings = {"max_insert_threads": 2, "max_partitions_per_insert_block": 0, "insert_deduplicate": 0}
    for file in sorted(path.rglob("*.log")):
        engine.command(query("bench/engine_insert").text, {"path": str(file)}, settings)


KINDS: dict[str, Callable[[Engine, Path], None]] = {"load": run_load, "engine": run_engine}


def main(kind: str, store: str, path: str) -> None:
    """Make a store, do the run, and print what it took."""
    with Engine(parse_dsn(store)) as engine:
        apply_schema(engine)
        sync_rules(engine, read_settings(None, dsn=store))
        began = time.perf_counter()
        KINDS[kind](engine, Path(path))
        seconds = time.perf_counter() - began
        events = engine.rows(query("bench/events").text)[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.buffer.write(orjson.dumps({"seconds": seconds, "events": events, "peak_bytes": peak}) + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
