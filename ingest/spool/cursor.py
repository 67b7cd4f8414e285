"""Remember durably how far the spool was delivered, and which part of it is on its way."""

import os
from dataclasses import dataclass
from pathlib import Path

import orjson

from auditradar.ingest.errors import SpoolError

NAME = "cursor.json"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Be two offsets: everything before `done` is in the store; `cut` ends the part that was being delivered, equal to `done` if none was.

    A part that was cut is delivered again with the same end, so the same batches are made of it.
    """

    done: int
    cut: int


def read_cursor(folder: Path) -> Cursor | None:
    """Read the cursor; None where there is none yet."""
    try:
        return _checked(**orjson.loads((folder / NAME).read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, TypeError, ValueError) as cause:
        raise SpoolError(
            f"cannot read {folder / NAME}: {cause}; remove it to deliver the spool once more: nothing is stored twice by that"
        ) from None


def write_cursor(folder: Path, cursor: Cursor) -> None:
    """Replace the cursor; it is on disk when this returns."""
    temporary = folder / f"{NAME}.new"
    with temporary.open("wb") as file:
        file.write(orjson.dumps({"done": cursor.done, "cut": cursor.cut}))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)
    sync_folder(folder)


def _checked(done: object, cut: object) -> Cursor:
    if not (isinstance(done, int) and isinstance(cut, int) and 0 <= done <= cut):
        raise ValueError(f"done {done!r} and cut {cut!r} are no two offsets in order")
    return Cursor(done, cut)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it, whose names are on disk when this returns."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
