"""Put a pack together: everything in a folder beside its place, which takes its name when it is whole; a failed run leaves nothing."""

import contextlib
import csv
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import ReportError
from auditradar.ingest.report.document import write_document
from auditradar.ingest.report.gather import Result, Step, gather
from auditradar.ingest.report.manifest import MANIFEST, write_manifest
from auditradar.ingest.report.order import Order
from auditradar.ingest.report.page import write_page
from auditradar.ingest.report.proof import prove
from auditradar.ingest.report.report import Report
from auditradar.ingest.report.store import Store
from auditradar.ingest.signing import SigningKey
from auditradar.sql import query

DATA: Mapping[str, str] = {
    "coverage/clusters": "report/clusters",
    "coverage/holes": "report/holes",
    "coverage/hours": "report/hours",
    "coverage/rejected": "report/rejected",
    "coverage/days": "report/days",
    "coverage/blind_spots": "report/blind_spots",
    "proof/ledger": "report/ledger",
}
"""Further data of a pack: the file, without its suffix, and the query."""
VERDICTS = ("requirement", "title", "evidence", "cluster", "platform", "status", "finding", "number", "failing", "noticed", "unknown_hours")


@dataclass(frozen=True, slots=True)
class Place:
    """Be where a pack goes; `force` replaces a pack that is there, and nothing else."""

    path: Path
    force: bool = False


def write_pack(engine: Engine, order: Order, place: Place, key: SigningKey | None, on_step: Step) -> Report:
    """Write the pack of an order; ReportError, and nothing left behind, where it cannot be whole."""
    with _folder(place.path, place.force) as folder:
        report = _gathered(Store(engine), order, folder, on_step)
        on_step("page and document")
        (folder / "index.html").write_text(write_page(report), encoding="utf-8")
        (folder / "report.pdf").write_bytes(write_document(report))
        write_manifest(folder, report.facts, key)
    return report


def _gathered(store: Store, order: Order, folder: Path, on_step: Step) -> Report:
    on_step("proof")
    proof = prove(store.engine, order)
    order = order.with_proof(proof.mismatched)
    results = gather(store, order, folder, on_step)
    on_step("coverage")
    for path, name in DATA.items():
        (folder / path).parent.mkdir(exist_ok=True)
        text = query(name).text
        for suffix in (".csv", ".parquet"):
            store.write(text, order.parameters, (folder / path).with_suffix(suffix))
        (folder / path).with_suffix(".sql").write_text(text + "\n", encoding="utf-8")
    facts = {
        name: store.rows(query(f"report/{name}").text, order.parameters)
        for name in ("clusters", "holes", "rejected", "days", "blind_spots")
    }
    report = Report(
        order=order,
        results=results,
        clusters=facts["clusters"],
        holes=facts["holes"],
        blind=facts["blind_spots"],
        rejected=facts["rejected"],
        days=facts["days"],
        proof=proof,
        generated_at=datetime.now(UTC),
        engine=f"ClickHouse {store.rows(query('status/engine').text, {})[0]['engine_version']}",
    )
    _write_json(folder / "parameters.json", report.parameters)
    _write_json(folder / "proof" / "proof.json", proof.details)
    _write_verdicts(folder / "verdicts.csv", results)
    return report


def _write_json(path: Path, value: Mapping[str, object]) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))


def _write_verdicts(path: Path, results: Sequence[Result]) -> None:
    rows = [verdict for result in results for verdict in result.verdicts]
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(VERDICTS)
        writer.writerows([row[name] for name in VERDICTS] for row in rows)


@contextlib.contextmanager
def _folder(out: Path, force: bool) -> Iterator[Path]:
    """Give a folder beside the place of the pack; it takes the place when all went well, and goes away when not."""
    _check_place(out, force)
    made = out.parent / f".{out.name}.{secrets.token_hex(4)}.partial"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made.mkdir()
    except OSError as cause:
        raise ReportError(f"cannot write the pack {out}: {cause.strerror or cause}; name another folder with --out") from None
    try:
        yield made
        _check_place(out, force)
        _replace(made, out)
    except OSError as cause:
        raise ReportError(f"cannot write the pack {out}: {cause.strerror or cause}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check_place(out: Path, force: bool) -> None:
    """Refuse a place that is taken; even --force replaces nothing but a pack."""
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink():
        raise ReportError(f"cannot write the pack {out}: there is something of that name; name another folder with --out")
    if any(out.iterdir()) and not (force and (out / MANIFEST).is_file()):
        how = "it holds other files than a pack;" if force else "it is not empty; replace a pack with --force, or"
        raise ReportError(f"cannot write the pack {out}: {how} name another folder with --out")


def _replace(made: Path, out: Path) -> None:
    """Let the new folder take the place; the old one goes only after that."""
    if not out.exists() or not any(out.iterdir()):
        made.rename(out)
        return
    old = made.with_suffix(".old")
    out.rename(old)
    try:
        made.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
