"""A simulated cluster: the audit logs of its API servers, and the truth about who did what, for demos, tests and benchmarks."""

from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.run import simulate
from auditradar.ingest.simulate.truth import Truth

__all__ = ["Plan", "Truth", "simulate"]
