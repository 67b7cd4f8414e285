"""Say what was simulated."""

from pathlib import Path

from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.values import plural
from auditradar.ingest.simulate import OpenShiftTruth, Truth


def say_simulated(truth: Truth | OpenShiftTruth, folder: Path) -> None:
    """Say how much was written, and how to load it."""
    counts = truth.counts
    say(f"{plural(counts.lines, 'event')} of {plural(counts.requests, 'request')} written to {folder}.")
    sessions, failures = plural(len(truth.sessions), "session"), plural(len(truth.failed_attempts), "failed attempt")
    say(f"In it: {sessions}, {failures}, {plural(len(truth.anomalies), 'story', 'stories')}; the truth is in {folder / 'truth.json'}.")
    proxies = "".join(f" --trusted-proxy {proxy}" for proxy in truth.trusted_proxies)
    say(f"Load it with: auditradar load {folder}/logs --cluster {truth.plan.cluster}{proxies}")
