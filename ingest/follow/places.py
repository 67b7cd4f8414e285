"""Turn what a person names into logs to follow: a file that may appear later, a folder, a pattern; looked at again and again."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditradar.ingest.errors import SourceError
from auditradar.ingest.follow.backups import backup_name


@dataclass(slots=True)
class Place:
    """Be one log: its path, and the backups that were named with it by a folder or a pattern."""

    log: Path
    backups: list[Path] = field(default_factory=list)


class Places:
    """Find the logs that paths name now."""

    def __init__(self, paths: Sequence[str]) -> None:
        if "-" in paths:
            raise SourceError("cannot follow standard input: it has no place to come back to; use: auditradar load -")
        self._paths = [Path(text).expanduser() for text in paths]

    def look(self) -> dict[Path, Place]:
        """List the logs that are there, and the single files that may still appear; each file once, whatever links lead to it."""
        found: dict[Path, Place] = {}
        real: set[str] = set()
        for path in self._paths:
            for file in _files(path):
                name = backup_name(file.name) if file != path.absolute() else None
                log = file.with_name(name.log) if name else file
                if log not in found:
                    target = os.path.realpath(log)
                    if target in real:
                        continue
                    real.add(target)
                    found[log] = Place(log)
                if name:
                    found[log].backups.append(file)
        return found


def _files(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return _walk(path.absolute(), frozenset())
    if glob.has_magic(str(path)) and not path.exists():
        return _matched(path)
    return [path.absolute()]


def _matched(pattern: Path) -> Iterator[Path]:
    for match in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        path = Path(match).absolute()
        if path.is_dir():
            yield from _walk(path, frozenset())
        else:
            yield path


def _walk(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    """Yield the files below a folder; a link to a folder above ends there, and what cannot be read now is looked at again later."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), above | {real})
        elif entry.is_file():
            yield Path(entry.path)
