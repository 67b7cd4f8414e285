"""Project the stored events again, after rules or functions have changed."""

from auditradar.ingest.engine import Engine
from auditradar.ingest.refresh import refresh
from auditradar.sql import query

DERIVED = ("activity", "instants", "refusals", "cluster_facts", "requests_hourly", "minutes_seen")
"""Tables whose rows are made from events alone and whose keys the rules can change."""


def rebuild(engine: Engine) -> None:
    """Empty what is derived and send every stored event through the feeds once more; safe to repeat after a crash.

    Events keep their raw text, their batch and the platform they were given.
    """
    for table in DERIVED:
        engine.command(f"TRUNCATE TABLE {table}")
    # Equal blocks must not be taken for repetitions: the derived tables need them all.
    engine.command(query("schema/rebuild").text, settings={"insert_deduplicate": 0, "max_partitions_per_insert_block": 0})
    # The same events under the old rules are copies now, and a plain count would show them until they are merged.
    engine.command("OPTIMIZE TABLE events FINAL")
    refresh(engine)
