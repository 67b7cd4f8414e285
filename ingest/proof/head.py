"""Export where the chains end, small and signed, to be kept off the machine; compare a store with such a head.

Who can rewrite the whole store can rewrite its chains as well. A head that lies elsewhere is what shows it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import ProofError
from auditradar.ingest.proof.logs import LOGS
from auditradar.ingest.proof.result import Mismatch
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.signing import SigningKey, VerifyKey
from auditradar.sql import query

FORMAT = "auditradar-head-1"
Head = dict[str, Any]


def make_head(engine: Engine, clusters: Sequence[str] = ()) -> Head:
    """Say where every chain ends now."""
    named = {"cluster": glob_pattern(clusters)}
    batches, records, rejected, read = engine.rows(query("proof/totals").text, named)[0]
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "totals": {"batches": batches, "records": records, "rejected": rejected, "bytes": read},
        "chains": [list(row) for row in engine.rows(query("proof/heads").text, named)],
        "logs": {log: list(row) for log in LOGS for row in engine.rows(query(f"proof/{log}_head").text)},
    }


def write_head(head: Head, path: Path, key: Path | None) -> None:
    """Write a head, signed when there is a key; ProofError when it cannot be written."""
    signature = SigningKey.from_file(key).sign(_signed_bytes(head)) if key else ""
    try:
        path.write_bytes(orjson.dumps(head | {"signature": signature}, option=orjson.OPT_INDENT_2) + b"\n")
    except OSError as cause:
        raise ProofError(f"cannot write the head {path}: {cause.strerror or cause}") from None


def read_head(path: Path, key: Path | None) -> Head:
    """Read a head and verify its signature when there is a key; ProofError or SignatureError says what is wrong with it."""
    try:
        head = orjson.loads(path.read_bytes())
    except OSError as cause:
        raise ProofError(f"cannot read the head {path}: {cause.strerror or cause}") from None
    except orjson.JSONDecodeError:
        raise ProofError(f"cannot read the head {path}: it is no JSON") from None
    if not _is_head(head):
        raise ProofError(f"cannot read the head {path}: it is no head of auditradar; write one with: auditradar verify --export-head FILE")
    signature = head.pop("signature", "")
    if key:
        if not signature:
            raise ProofError(f"cannot verify the head {path}: it is not signed")
        VerifyKey.from_file(key).verify(_signed_bytes(head), signature)
    return dict(head)


def differences(engine: Engine, head: Head) -> list[Mismatch]:
    """Compare a store with a head: every chain must still lead through the row that was its end."""
    wanted = [(cluster, source, sequence) for cluster, source, sequence, _ in head["chains"]]
    have: dict[tuple[str, str, int], dict[str, str]] = {place: {} for place in wanted}
    for cluster, source, sequence, chain_hash, batch_id in engine.rows(query("proof/against").text, {"heads": wanted}) if wanted else []:
        have[cluster, source, sequence][chain_hash] = batch_id
    found = []
    for cluster, source, sequence, chain_hash in head["chains"]:
        stored = have[cluster, source, sequence]
        if not stored:
            found.append(Mismatch("head-missing", cluster, source, sequence))
        elif chain_hash not in stored:
            found.append(Mismatch("head-differs", cluster, source, sequence, min(stored.values())))
    for log, (sequence, chain_hash) in head["logs"].items():
        stored_rows = engine.rows(query(f"proof/{log}_at").text, {"sequence": sequence})
        if [row[0] for row in stored_rows] != [chain_hash]:
            found.append(Mismatch("head-log-missing", source=log, sequence=sequence))
    return found


def _is_head(head: object) -> bool:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        return False
    chains, logs = head.get("chains"), head.get("logs")
    return (
        isinstance(chains, list)
        and all(isinstance(row, list) and list(map(type, row)) == [str, str, int, str] for row in chains)
        and isinstance(logs, dict)
        and all(name in LOGS and isinstance(row, list) and list(map(type, row)) == [int, str] for name, row in logs.items())
    )


def _signed_bytes(head: Head) -> bytes:
    return orjson.dumps(head, option=orjson.OPT_SORT_KEYS)
