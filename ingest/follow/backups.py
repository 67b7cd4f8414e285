"""Recognise the files that a log was rotated into, by their names."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_PACKED = r"(?P<packed>\.(?:gz|bz2|xz|zst))?$"
_PATTERNS = (
    # lumberjack, which API servers write with: backupName in natefinch/lumberjack v2; UTC
    (re.compile(r"^(?P<stem>.+)-(?P<at>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3})(?P<ext>\.[^.]+?)??" + _PACKED), "%Y-%m-%dT%H-%M-%S.%f"),
    # the kubelet's container logs: rotateLatestLog in kubernetes pkg/kubelet/logs/container_log_manager.go
    (re.compile(r"^(?P<stem>.+)\.(?P<at>\d{8}-\d{6})(?P<ext>)" + _PACKED), "%Y%m%d-%H%M%S"),
    # logrotate with dateext, then with numbers
    (re.compile(r"^(?P<stem>.+)-(?P<at>\d{8})(?:-\d{1,10})?(?P<ext>)" + _PACKED), "%Y%m%d"),
    (re.compile(r"^(?P<stem>.+\.[^.]*[^.\d][^.]*)\.(?P<number>\d{1,4})(?P<ext>)" + _PACKED), ""),
)


@dataclass(frozen=True, slots=True)
class Name:
    """Be what the name of a backup says: the log it was, and when it was rotated or as which number."""

    log: str
    at: float
    number: int
    packed: bool


@dataclass(frozen=True, slots=True)
class Backup:
    """Be one file that a log was rotated into; `modified` is in seconds since 1970."""

    path: Path
    name: Name
    identity: tuple[int, int]
    size: int
    modified: float

    @property
    def key(self) -> tuple[int, int, int, float]:
        """Tell this content of this file from any other."""
        return (*self.identity, self.size, self.modified)

    @property
    def order(self) -> tuple[float, int, str]:
        """Sort backups by age, the oldest first."""
        return (self.name.at or self.modified, -self.name.number, self.path.name)


def backup_name(name: str) -> Name | None:
    """Read the name of a file; None if it is not the name of a backup."""
    for pattern, layout in _PATTERNS:
        found = pattern.match(name)
        if found is None:
            continue
        at, number = 0.0, 0
        if layout:
            try:
                at = datetime.strptime(found["at"], layout).replace(tzinfo=UTC).timestamp()
            except ValueError:
                continue
        else:
            number = int(found["number"])
        return Name(found["stem"] + (found["ext"] or ""), at, number, found["packed"] is not None)
    return None


def backups_of(log: Path) -> list[Backup]:
    """List the backups beside a log, the oldest first; beside the file too that a link points to."""
    found: dict[tuple[int, int], Backup] = {}
    for place in {log, Path(os.path.realpath(log))}:
        for backup in _beside(place):
            found[backup.identity] = backup
    return sorted(whole(list(found.values())), key=lambda backup: backup.order)


def backup_at(path: Path) -> Backup | None:
    """Look at one file; None if it is no backup or not there."""
    name = backup_name(path.name)
    if name is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return Backup(path, name, (status.st_dev, status.st_ino), status.st_size, status.st_mtime)


def _beside(log: Path) -> Iterator[Backup]:
    try:
        names = os.listdir(log.parent)  # noqa: PTH208 - a hundred thousand names make no paths
    except OSError:
        return
    for text in names:
        name = backup_name(text)
        if name is not None and name.log == log.name and (backup := backup_at(log.parent / text)) is not None:
            yield backup


def whole(backups: list[Backup]) -> list[Backup]:
    """Leave out compressed files that are still being written: what they are made from is there as long as that takes."""
    plain = {backup.path for backup in backups if not backup.name.packed}
    return [backup for backup in backups if not (backup.name.packed and backup.path.with_suffix("") in plain)]
