"""Say what a load did."""

from auditradar.ingest.follow.followers import Followed
from auditradar.ingest.load import LoadResult
from auditradar.ingest.output.consoles import report, say
from auditradar.ingest.output.values import duration, plural, size


def say_loaded(result: LoadResult, cluster: str, *, embedded: bool = True) -> None:
    """Say how much came in, what was known, what was rejected, and what to do next; a server derives sessions by itself, a little later."""
    if result.batches or not result.known:
        say(f"{_amount(result)} into cluster {cluster}{_speed(result)}.")
    if result.known:
        say(f"{plural(result.known, 'batch', 'batches')} already loaded; skipped.")
    if result.redacted:
        say(f"{plural(result.redacted, 'record')} held secrets, which were redacted.")
    if result.excluded:
        say(f"{plural(result.excluded, 'record')} carry no event and were left out.")
    for failure in result.failures:
        report(failure)
    if result.rejected:
        report(f"{plural(result.rejected, 'record')} rejected; see why with: auditradar rejected")
    if result.events:
        say("Next: auditradar logins" if embedded else "The server derives sessions within a minute; then: auditradar logins")


def _amount(result: LoadResult) -> str:
    return f"{plural(result.events, 'event')} from {plural(result.sources, 'source')}"


def _speed(result: LoadResult) -> str:
    if not result.seconds or not result.records:
        return ""
    time = duration(result.seconds) if result.seconds >= 10 else f"{result.seconds:.1f}s"
    return f" in {time} ({size(result.bytes)}, {result.records / result.seconds:,.0f} events/s)"


def say_followed(counts: Followed, cluster: str) -> None:
    """Say what following delivered."""
    say(f"{plural(counts.records, 'record')} of {plural(counts.logs, 'log')} delivered into cluster {cluster}; {size(counts.behind)} wait.")
    if counts.rejected:
        report(f"{plural(counts.rejected, 'record')} rejected; see why with: auditradar rejected")
