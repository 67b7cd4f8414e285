"""Write an audit log as an API server does, and rotate it as lumberjack, logrotate and the kubelet do."""

import gzip
import os
import shutil
from pathlib import Path

import orjson


def line(number: int) -> bytes:
    """Write one event; its audit id is its number."""
    at = f"2026-03-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.{number // 86400:06}Z"
    event = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": f"{number:08}",
        "stage": "ResponseComplete",
        "requestURI": "/api/v1/pods",
        "verb": "list",
        "user": {"username": "alice", "groups": ["system:authenticated"]},
        "sourceIPs": ["192.0.2.7"],
        "userAgent": "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9",
        "objectRef": {"resource": "pods", "apiVersion": "v1"},
        "responseStatus": {"metadata": {}, "code": 200},
        "requestReceivedTimestamp": at,
        "stageTimestamp": at,
    }
    return orjson.dumps(event) + b"\n"


class Writer:
    """Append to one log; what was written is remembered: numbers of events, broken lines, and bytes."""

    def __init__(self, path: Path, first: int = 0) -> None:
        self.path = path
        self.events: list[int] = []
        self.broken = 0
        self.bytes = 0
        self.backups: list[Path] = []
        self._next = first
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._rest = b""

    def append(self, count: int) -> None:
        """Write whole events, behind the rest of one that was begun."""
        for _ in range(count):
            self._finish_line()
            self._write(line(self._begin()))

    def append_broken(self) -> None:
        """Write a line that is no event."""
        self._finish_line()
        self.broken += 1
        self._write(f"not an event, number {self._begin(counted=False)}\n".encode())

    def append_part(self) -> None:
        """Write the first half of an event."""
        self._finish_line()
        whole = line(self._begin())
        self._write(whole[: len(whole) // 2])
        self._rest = whole[len(whole) // 2 :]

    def rename(self, how: str = "lumberjack", *, again: bool = True) -> Path:
        """Rotate by renaming; `again` makes the new file at once."""
        backup = self._backup(how)
        os.close(self._file)
        self.path.rename(backup)
        self._torn()
        if again:
            self.reopen()
        return backup

    def reopen(self) -> None:
        """Open the log under its name, new where it is not there."""
        self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def copytruncate(self) -> Path:
        """Rotate as logrotate does for programs that do not open their log again."""
        backup = self._backup("numbered")
        shutil.copyfile(self.path, backup)
        os.ftruncate(self._file, 0)
        self._torn()
        return backup

    def truncate(self) -> None:
        """Cut the file to nothing; what nobody read is lost."""
        os.ftruncate(self._file, 0)
        self._torn()

    def compress(self, backup: Path) -> Path:
        """Replace a backup by a compressed one, as lumberjack does."""
        packed = backup.with_name(backup.name + ".gz")
        packed.write_bytes(gzip.compress(backup.read_bytes()))
        os.utime(packed, (1_700_000_000, backup.stat().st_mtime))
        backup.unlink()
        self.backups[self.backups.index(backup)] = packed
        return packed

    def close(self) -> None:
        """End the line that was begun, and the writer."""
        self._finish_line()
        os.close(self._file)

    def _begin(self, *, counted: bool = True) -> int:
        self._next += 1
        if counted:
            self.events.append(self._next)
        return self._next

    def _finish_line(self) -> None:
        rest, self._rest = self._rest, b""
        self._write(rest)

    def _torn(self) -> None:
        """Count an event whose end was never written as a record that cannot be read."""
        if self._rest:
            self._rest = b""
            self.events.pop()
            self.broken += 1

    def _write(self, data: bytes) -> None:
        os.write(self._file, data)
        self.bytes += len(data)

    def _backup(self, how: str) -> Path:
        number = len(self.backups) + 1
        stem, ext = self.path.stem, self.path.suffix
        name = {
            "lumberjack": f"{stem}-2026-03-01T{number // 60:02}-{number % 60:02}-00.000{ext}",
            "kubelet": f"{self.path.name}.20260301-{number // 60:02}{number % 60:02}00",
            "numbered": f"{self.path.name}.{9999 - number}",
        }[how]
        self.backups.append(self.path.with_name(name))
        return self.backups[-1]
