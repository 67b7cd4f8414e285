"""Put the steps of following together: rules first, then the files, and sessions derived again and again where the store does not."""

import resource
import threading
import time

from auditradar.ingest.engine import Engine
from auditradar.ingest.follow import Followers, FollowOptions
from auditradar.ingest.follow.followers import Followed
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.settings import Settings

STOP_SECONDS = 45.0  # and as long again for what is on its way; systemd waits 90 seconds before it kills
REST = 10
"""Times as long as it took that nothing is derived again: a large store must not do only that."""


def follow_options_of(settings: Settings, *, from_end: bool = False) -> FollowOptions:
    """Make the options of following from the settings."""
    chosen = settings.follow
    return FollowOptions(
        poll=chosen.poll.total_seconds(), flush=chosen.flush.total_seconds(), linger=chosen.linger.total_seconds(), from_end=from_end
    )


def follow_until(engine: Engine, settings: Settings, followers: Followers, ending: threading.Event) -> Followed:
    """Follow until `ending` is set, or until it cannot go on; the counts say what was delivered."""
    allow_many_files()
    sync_rules(engine, settings)
    followers.start()
    deriver = _Deriver(engine, settings.follow.refresh.total_seconds())
    try:
        while not ending.wait(0.5) and followers.alive:
            deriver.derive(followers.counts.records)
    finally:
        followers.stop(STOP_SECONDS)
    deriver.derive(followers.counts.records, now=True)
    return followers.counts


class _Deriver:
    """Refresh what an embedded store derives; a server does it by itself."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self._engine = engine
        self._seconds = seconds
        self._records = 0
        self._next = 0.0

    def derive(self, records: int, *, now: bool = False) -> None:
        """Refresh if there are new records, and if it is time."""
        began = time.monotonic()
        if not self._engine.dsn.embedded or records == self._records or (began < self._next and not now):
            return
        refresh(self._engine)
        self._records = records
        ended = time.monotonic()
        self._next = ended + max(self._seconds, REST * (ended - began))


def allow_many_files() -> None:
    """Take as many open files as the system allows this process: a folder of container logs has thousands."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and (hard == resource.RLIM_INFINITY or soft < hard):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 1 << 16) if hard != resource.RLIM_INFINITY else 1 << 16, hard))
