"""Show the result of a verification."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from auditradar.ingest.errors import ProofError
from auditradar.ingest.output import values
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.proof.result import StoreProof
from auditradar.ingest.report.verification import PackCheck

SIGNED = {
    "valid": "signature valid",
    "unchecked": "signed, but by whom was not checked: name the public key with --key",
    "missing": "not signed, so whoever could change a file could change the manifest too",
}
"""What the signature of a pack that is whole says."""
SHOWN = 20
"""Mismatches that a person is shown; --format json has all."""


def finish_proof(proof: StoreProof, words: str, fmt: str) -> None:
    """Print the result; ProofError when something does not match."""
    out = data_output()
    if fmt == "json":
        out.write(orjson.dumps(proof.to_json(), option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        for found in proof.mismatches[:SHOWN]:
            out.write(f"{values.visible(found.words)}\n")
        for note in proof.notes:
            say(note)
    if proof.first is None:
        gone = f"; {values.count(proof.expired)} went with their retention" if proof.expired else ""
        say(
            f"Proven: {values.plural(proof.records, 'record')} in {values.plural(proof.batches, 'batch', 'batches')}{gone}; "
            f"{words}; {proof.seconds:.1f} s."
        )
        return
    raise ProofError(f"cannot prove the store: {values.plural(len(proof.mismatches), 'mismatch', 'mismatches')}, first {proof.first.words}")


def finish_pack(check: PackCheck, fmt: str) -> None:
    """Print what the check of a pack found; ProofError when something is not as it was written."""
    if fmt == "json":
        data_output().write(orjson.dumps(check.record, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")
    elif check.problems:
        data_output().write("".join(f"{values.visible(problem)}\n" for problem in check.problems[:SHOWN]))
    if not check.ok:
        raise ProofError(f"cannot trust the pack {check.path}: {values.visible(check.problems[0])}")
    say(f"The pack {check.path} is whole: {values.plural(len(check.manifest.files), 'file')} as written; {SIGNED[check.signature]}.")


def say_head(head: Mapping[str, Any], path: Path, *, signed: bool) -> None:
    """Say what was written."""
    how = "signed" if signed else "not signed: --sign KEY signs it"
    say(f"Wrote the head of {values.plural(len(head['chains']), 'chain')} to {path}, {how}; keep it off this machine.")
