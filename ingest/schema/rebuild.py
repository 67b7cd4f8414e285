"""Project the stored events again, after rules or functions have changed."""

from auditradar.ingest.engine import Engine
from auditradar.ingest.refresh import refresh
from auditradar.sql import query

DERIVED = ("activity", "refusals", "cluster_facts", "requests_hourly", "minutes_seen", "forwarded_requests")
"""Tables whose rows are made from events alone and whose keys the rules can change."""


def rebuild(engine: Engine) -> None:
    """Empty what is derived and send every stored event through the feeds once more; safe to repeat after a crash.

    Events keep their raw text, their batch and the platform they were given. Lines of identity providers and proxies are kept in the
    tables they were projected to, which are therefore never emptied.
    """
    for table in DERIVED:
        engine.command(f"TRUNCATE TABLE {table}")
    engine.command(query("schema/forget_facts").text)
    # Equal blocks must not be taken for repetitions: the derived tables need them all.
    for projection in ("schema/rebuild", "schema/rebuild_lines"):
        engine.command(query(projection).text, settings={"insert_deduplicate": 0, "max_partitions_per_insert_block": 0})
    # The same events and lines under the old rules are copies now, and a plain count would show them until they are merged.
    for table in ("events", "auth_records", "access_records"):
        engine.command(f"OPTIMIZE TABLE {table} FINAL")
    refresh(engine)
