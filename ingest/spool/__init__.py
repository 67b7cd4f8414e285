"""Keep on disk what was accepted and is not in ClickHouse yet.

Kept libraries for a queue on disk were looked at first and do not fit: persist-queue's file queue neither checksums nor fsyncs each put
and pickles its items, its SQLite queue writes every byte twice and rereads the table to tell its size; diskcache deletes what it likes.
This one is an append-only log in segments, which is all that is needed.
"""

from auditradar.ingest.spool.spool import Spool, SpoolFullError

__all__ = ["Spool", "SpoolFullError"]
