"""Compare the policy of the settings with the one in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditradar.ingest.engine import Engine
from auditradar.ingest.settings import Settings
from auditradar.sql import query

CLASSES = ("events", "identity", "access", "rejected", "rollups", "reads")
AS_OTHERS = -1

Policy = Mapping[tuple[str, str], int]
"""Days by class and cluster; an empty cluster stands for all others, 0 days for ever, -1 as all others."""


@dataclass(frozen=True, slots=True)
class Change:
    """Be one class and cluster whose time changes."""

    kind: str
    cluster: str
    old: int
    new: int
    shorter: bool

    @property
    def words(self) -> str:
        """Say what changes."""
        where = f" of cluster {self.cluster}" if self.cluster else ""
        return f"{self.kind}{where}: {days_words(self.old)} → {days_words(self.new)}"


def days_words(days: int) -> str:
    """Say how long."""
    return "as all others" if days == AS_OTHERS else f"{days} days" if days else "for ever"


def wanted_policy(settings: Settings) -> dict[tuple[str, str], int]:
    """Read the policy of the settings."""
    policy = {(name, ""): int(getattr(settings.retention, name)) for name in CLASSES}
    for cluster, own in settings.clusters.items():
        for name in CLASSES:
            days = getattr(own.retention, name, None)  # who read the audit log belongs to no cluster
            if days is not None:
                policy[name, cluster] = days
    return policy


def policy_in_force(engine: Engine) -> dict[tuple[str, str], int]:
    """Read the policy that was applied last; empty when none ever was: everything is kept."""
    return {(name, cluster): days for name, cluster, days in engine.rows(query("retention/policy").text)}


def changes_between(now: Policy, wanted: Policy) -> list[Change]:
    """List what differs, the classes in their order, the rule for all clusters first."""
    found = []
    for name, cluster in sorted(now.keys() | wanted.keys(), key=lambda key: (CLASSES.index(key[0]), key[1])):
        nothing = AS_OTHERS if cluster else 0
        old, new = now.get((name, cluster), nothing), wanted.get((name, cluster), nothing)
        if old != new:
            before, after = _effective(now, name, old), _effective(wanted, name, new)
            found.append(Change(name, cluster, old, new, shorter=after != 0 and (before == 0 or after < before)))
    return found


def _effective(policy: Policy, name: str, days: int) -> int:
    return policy.get((name, ""), 0) if days == AS_OTHERS else days
