"""A simulated cluster: the audit logs of its API servers, and the truth about who did what, for demos, tests and benchmarks."""

from auditradar.ingest.simulate.openshift.truth import OpenShiftTruth
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.run import simulate, simulate_any
from auditradar.ingest.simulate.truth import Truth

__all__ = ["OpenShiftTruth", "Plan", "Truth", "simulate", "simulate_any"]
