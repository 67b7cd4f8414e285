"""Name every file of a pack with its hash: manifest.json for programs, SHA256SUMS for `sha256sum -c`."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from auditradar.ingest.signing import SigningKey

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SIGNATURE = "manifest.sig"
OUTSIDE = frozenset({MANIFEST, SUMS, SIGNATURE})
"""Files that the manifest cannot name: itself, and those made from it."""


def hash_of(path: Path) -> str:
    """Hash a file without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> list[Path]:
    """List everything in a folder that is no folder, in one order."""
    return sorted((path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()), key=lambda path: path.as_posix())


def write_manifest(folder: Path, facts: Mapping[str, Any], key: SigningKey | None = None) -> None:
    """Write the manifest of all files of a folder, the sums, and the signature of the manifest where a key is given."""
    entries = [
        {"path": path.relative_to(folder).as_posix(), "sha256": hash_of(path), "bytes": path.stat().st_size} for path in files_of(folder)
    ]
    text = orjson.dumps({**facts, "files": entries}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (folder / MANIFEST).write_bytes(text)
    listed = [*((entry["sha256"], entry["path"]) for entry in entries), (hash_of(folder / MANIFEST), MANIFEST)]
    (folder / SUMS).write_text("".join(f"{digest}  {path}\n" for digest, path in listed), encoding="utf-8")
    if key:
        (folder / SIGNATURE).write_text(key.sign(text) + "\n", encoding="ascii")
