"""Say what a verification found."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

WORDS: Mapping[str, str] = {
    "changed": "{records} of its records are not what was delivered",
    "missing": "{records} of its records are missing",
    "added": "{records} records were added that nobody delivered",
    "misclassified": "{records} of its records carry columns that today's rules do not give for their text",
    "ledger-changed": "its row of the ledger was changed",
    "ledger-removed": "the row of the ledger before it is gone",
    "ledger-relinked": "its row of the ledger does not follow the one before it",
    "digest-changed": "the digests of its {kind} records are not what the ledger says",
    "digest-removed": "the digests of its {kind} records are gone",
    "digest-added": "digests of {kind} records were added to it",
    "unledgered": "its {records} records are stored but the ledger lacks it: a load was killed (load the files again) or a row was removed",
    "log-changed": "row {sequence} of {source} was changed, removed or put in another place",
    "hold-broken": "{records} events that hold {source} covers are gone",
    "head-missing": "the exported head has batch {sequence}, the ledger ends before it: its tail was cut",
    "head-differs": "the exported head has another batch {sequence}: the ledger was written anew",
    "head-log-missing": "the exported head has row {sequence} of {source}, which is gone or another one",
}
"""What each problem means; fields of the mismatch fill the braces."""
ORDER = tuple(WORDS)
ROWS = ("changed", "missing", "added", "misclassified")
"""Problems of stored rows."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Be one thing that does not match: the batch, or the cluster and hour where no batch can be named."""

    problem: str
    cluster: str = ""
    source: str = ""
    sequence: int = 0
    batch_id: str = ""
    kind: str = ""
    records: int = 0
    hour: str = ""

    @property
    def words(self) -> str:
        """Say what it is and where."""
        return f"{self._place()}: {WORDS[self.problem].format(**asdict(self))}"

    def _place(self) -> str:
        if self.problem in ("log-changed", "hold-broken", "head-log-missing"):
            return self.source
        where = [f"cluster {self.cluster}"]
        if self.source:
            where.append(f"batch {self.sequence} of {self.source}")
        if self.batch_id:
            where.append(f"({self.batch_id[:12]}…)")
        if self.hour:
            where.append(f"hour {self.hour}")
        return " ".join(where)


@dataclass(slots=True)
class StoreProof:
    """Be the result: `ok`, what was checked, what does not match (the earliest first), and what is worth knowing."""

    ok: bool = True
    batches: int = 0
    records: int = 0
    expired: int = 0
    outdated: int = 0
    repeated: int = 0
    since: str = ""
    until: str = ""
    clusters: list[str] = field(default_factory=list)
    seconds: float = 0.0
    mismatches: list[Mismatch] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def first(self) -> Mismatch | None:
        """Give the first mismatch."""
        return self.mismatches[0] if self.mismatches else None

    def add(self, found: list[Mismatch]) -> None:
        """Add mismatches."""
        self.mismatches += found
        self.ok = not self.mismatches

    def to_json(self) -> dict[str, Any]:
        """Give everything but the seconds, which differ from run to run, as JSON has it."""
        facts = asdict(self)
        del facts["seconds"]
        facts["mismatches"] = [asdict(found) | {"words": found.words} for found in self.mismatches]
        return facts
