"""Project the stored events again, after rules or functions have changed."""

from auditradar.ingest.engine import Engine
from auditradar.ingest.proof.projection import rules_hash_of
from auditradar.ingest.refresh import refresh
from auditradar.ingest.schema.apply import record
from auditradar.ingest.schema.plan import Step
from auditradar.sql import query

DERIVED = ("activity", "instants", "refusals", "requests_hourly", "minutes_seen", "forwarded_requests")
"""Tables whose rows are made from events alone and whose keys the rules can change."""
TIMELESS = ("cluster_facts", "token_uses")
"""Such tables whose rows span months."""
REBUILT = "(rebuild)"
"""What stands in schema_log for a rebuild; verification reads there under which rules the stored events were projected."""


def rebuild(engine: Engine) -> None:
    """Empty what is derived and send every stored event through the feeds once more; safe to repeat after a crash.

    What is derived outlives the events: months whose events were due to go are left as they are. Events keep their raw text, their batch
    and the platform they were given. Lines of identity providers and proxies are kept in the tables they were projected to, which are
    therefore never emptied.
    """
    for table in DERIVED:
        engine.command(query(f"schema/forget_{table}").text, settings={"mutations_sync": 2})
    if not engine.rows(query("schema/expired").text)[0][0]:
        for table in TIMELESS:
            engine.command(query("schema/forget_all").text, {"table": table})  # else they know more than the events that are left
    engine.command(query("schema/forget_facts").text)
    # Equal blocks must not be taken for repetitions: the derived tables need them all.
    for projection in ("schema/rebuild", "schema/rebuild_lines"):
        engine.command(query(projection).text, settings={"insert_deduplicate": 0, "max_partitions_per_insert_block": 0})
    # The same events and lines under the old rules are copies now, and a plain count would show them until they are merged.
    for table in ("events", "auth_records", "access_records"):
        engine.command(query("schema/merge").text, {"table": table})
    record(engine, [Step(REBUILT, rules_hash_of(engine))])
    refresh(engine)
