"""Gather a report: run every evidence once, write its rows, and let the verdict be about the rows that were written.

A file is made of the other one where the engine can read files; a server is asked twice, and the answers are held against each other.
"""

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.errors import ReportError
from auditradar.ingest.reading.result import Row
from auditradar.ingest.report.order import Order
from auditradar.ingest.report.store import Store
from auditradar.sql.control import STATUSES, Control, Evidence, template

CONTROLS = "controls"
TOLD = 3
"""Findings of a status that its verdict tells; the others are counted together."""
SHOWN = 12
"""Rows of evidence on the page; all are in the files."""
TRIES = 3
"""How often an evidence is read again when a load changes it between two readings."""
MOST_FIELD = 1 << 24
csv.field_size_limit(MOST_FIELD)

Counted = tuple[str, str, str]
"""What rows are counted by: cluster, status and finding."""
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """Be the rows of an evidence that the page shows, the worst first, and how many there are by cluster, status and finding."""

    columns: tuple[str, ...]
    rows: tuple[Sequence[str], ...]
    counted: Mapping[Counted, int]

    @property
    def total(self) -> int:
        """Count all rows."""
        return sum(self.counted.values())


@dataclass(frozen=True, slots=True)
class Result:
    """Be one requirement with its verdict for each cluster; `status` is the worst of them."""

    control: Control
    verdicts: tuple[Row, ...]
    sample: Sample
    values: Mapping[str, str]

    @property
    def status(self) -> str:
        """Give the worst verdict."""
        return worst(str(verdict["status"]) for verdict in self.verdicts)


def worst(statuses: Iterator[str]) -> str:
    """Give the worst of some statuses; without any, nothing is known."""
    return min(statuses, key=STATUSES.index, default="no-data")


def gather(store: Store, order: Order, folder: Path, on_step: Step) -> list[Result]:
    """Write the files of all controls into a folder; return the results in the order of the requirements."""
    (folder / CONTROLS).mkdir()
    found: dict[str, Result] = {}
    for evidence, controls in order.framework.evidences.items():
        on_step(f"{', '.join(control.requirement for control in controls)}: {evidence.query.title}")
        verdicts, sample = _collected(store, order, evidence, folder / CONTROLS)
        for control in controls:
            own = tuple(verdict for verdict in verdicts if verdict["requirement"] == control.requirement)
            found[control.requirement] = Result(control, own, sample, order.values_of(evidence))
    return [found[control.requirement] for control in order.framework.controls]


def _collected(store: Store, order: Order, evidence: Evidence, folder: Path) -> tuple[list[Row], Sample]:
    """Read until files and verdict speak of the same rows; a store that changes all the time is refused."""
    names = [one[1] for one in order.framework.served(evidence)]
    for _ in range(TRIES):
        _clear(folder, names)
        _write(store, order, evidence, folder / names[0])
        sample = _sample(folder / f"{names[0]}.csv")
        if sample.total == _packed(folder / f"{names[0]}.parquet"):
            verdicts = _verdicts(store, order, evidence, sample, folder / names[0])
            _copy(folder, names)
            return verdicts, sample
    raise ReportError(
        f"cannot make the report: the store changed while {evidence.name} was read, {TRIES} times; "
        "choose a period that is over, or wait for the load"
    )


def _write(store: Store, order: Order, evidence: Evidence, base: Path) -> None:
    """Write the rows into both files."""
    parameters = {**order.parameters, **order.values_of(evidence)}
    packed, text = base.with_name(f"{base.name}.parquet"), base.with_name(f"{base.name}.csv")
    store.write(evidence.text, parameters, packed)
    if store.reads_files:
        structure = store.structure(evidence.described, parameters)
        store.write(template("packed").text, {"path": str(packed.absolute()), "structure": structure}, text)
    else:
        store.write(evidence.text, parameters, text)
    base.with_name(f"{base.name}.sql").write_text(_statement(evidence, evidence.text, parameters), encoding="utf-8")


def _verdicts(store: Store, order: Order, evidence: Evidence, sample: Sample, base: Path) -> list[Row]:
    """Ask for the verdict about the rows that were written; its file says how to get it from the store alone."""
    asked = {**order.parameters, **evidence.verdict_values, **order.values_of(evidence), "requirements": order.framework.served(evidence)}
    base.with_name(f"{base.name}.verdict.sql").write_text(_statement(evidence, evidence.verdict, asked), encoding="utf-8")
    return store.rows(evidence.verdict_of_counts, {**asked, "counted": _told(sample.counted)})


def _told(counted: Mapping[Counted, int]) -> list[tuple[str, str, str, int]]:
    """Give the counts for the verdict: the most frequent findings by name, all others under none; there may be one for each row."""
    made: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for (cluster, status, finding), number in counted.items():
        made.setdefault((cluster, status), []).append((-number, finding))
    told: Counter[Counted] = Counter()
    for (cluster, status), found in sorted(made.items()):
        for at, (number, finding) in enumerate(sorted(found)):
            told[cluster, status, finding if at < TOLD else ""] -= number
    return [(*key, number) for key, number in told.items()]


def _statement(evidence: Evidence, text: str, parameters: Mapping[str, object]) -> str:
    """Write a statement as it ran: what it is, the values of its parameters, then its text."""
    head = [f"-- {key}: {words}" for key, words in evidence.header.items() if not key.startswith("value ")]
    values = [f"-- value {name}: {value}".replace("\n", " ") for name, value in parameters.items()]
    return "\n".join([*head, *values, text, ""])


def _sample(path: Path) -> Sample:
    """Read a CSV file once: count its rows, keep the first of each status, show the worst first."""
    kept: dict[str, list[Sequence[str]]] = {status: [] for status in STATUSES}
    counted: Counter[Counted] = Counter()
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = csv.reader(file)
        columns = tuple(next(lines, ()))
        cluster, at = columns.index("cluster"), columns.index("status")
        finding = columns.index("finding") if "finding" in columns else None
        for row in lines:
            counted[row[cluster], row[at], "" if finding is None else row[finding]] += 1
            of_status = kept.setdefault(row[at], [])
            if len(of_status) < SHOWN:
                of_status.append(row)
    rows = [row for of_status in kept.values() for row in of_status][:SHOWN]
    return Sample(columns, tuple(rows), counted)


def _packed(path: Path) -> int:
    """Count the rows of a Parquet file by its footer."""
    from pyarrow import parquet  # noqa: PLC0415  # half a second that no other command should wait for

    return int(parquet.read_metadata(path).num_rows)


def _clear(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        for path in (folder / f"{name}.{suffix}" for suffix in ("csv", "parquet", "sql", "verdict.sql")):
            path.unlink(missing_ok=True)


def _copy(folder: Path, names: Sequence[str]) -> None:
    """Give every requirement its own files: an auditor looks for a number, not for a query."""
    for name in names[1:]:
        for suffix in ("csv", "parquet", "sql", "verdict.sql"):
            shutil.copyfile(folder / f"{names[0]}.{suffix}", folder / f"{name}.{suffix}")
