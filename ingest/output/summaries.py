"""Say the gist of an answer in one line."""

from collections.abc import Mapping
from typing import Any

from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.values import plural, visible
from auditradar.ingest.reading.reader import Reader

SUMMARY = ("cluster", "class", "low", "high", "since", "until")


def say_failures(reader: Reader, parameters: Mapping[str, Any], grouped: bool) -> None:
    """Say how many attempts failed in how many bursts, and where most came from."""
    rows = reader.records("listings/failure_summary", {name: parameters[name] for name in SUMMARY})
    if not rows:
        return
    facts = rows[0]
    say(
        f"{plural(int(str(facts['attempts'])), 'attempt')} from {plural(int(str(facts['addresses'])), 'address', 'addresses')}"
        f" in {plural(int(str(facts['bursts'])), 'burst')}; most in one: {int(str(facts['worst_attempts'])):,}"
        f" from {visible(facts['worst_ip']) or 'an unknown address'} with {visible(facts['worst_client']) or 'an unknown program'}."
        + ("" if grouped else " --bursts groups them.")
    )
