"""Follow one log through its rotations: what it was rotated into first, then the file that has its name now."""

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from auditradar.ingest.envelopes.sniff import SNIFF_BYTES, is_documents
from auditradar.ingest.errors import SourceError
from auditradar.ingest.follow.backups import Backup, backup_at, backups_of, whole
from auditradar.ingest.follow.context import Context
from auditradar.ingest.follow.packed import Packed, is_packed
from auditradar.ingest.follow.places import Place
from auditradar.ingest.follow.tail import Tail, Turn
from auditradar.ingest.ledger import Delivered

RECENT = 64
"""Batches of the ledger that are looked for in a file, to continue behind the last of them."""
CLOCKS_APART = 600.0
"""Seconds by which the clock of the writer and that of the file system may differ."""


class Log:
    """Hold the files of one log that are not read to their end, the oldest first; the last may be live."""

    def __init__(self, context: Context, path: Path) -> None:
        self.path = path
        self.trouble = ""
        self._context = context
        self._source = str(path)
        self._files: list[Tail | Packed] = []
        self._done: set[tuple[int, int, int, float]] = set()
        self._asleep: tuple[tuple[int, int], int, float] | None = None
        self._read_at = 0.0
        self._place: Place | None = None
        self._owed: list[Backup] = []
        self._begun = False
        self._sought = False

    @property
    def busy(self) -> bool:
        """Tell whether it holds a file open."""
        return bool(self._files or self._owed)

    @property
    def waits(self) -> bool:
        """Tell whether something waits: to be gathered with more, or in a compressed file that may still be written."""
        return bool(self._owed) or any(isinstance(file, Packed) or file.gathers for file in self._files)

    @property
    def behind(self) -> int:
        """Give the number of bytes that wait."""
        try:
            return sum(file.behind for file in self._files)
        except OSError:
            return 0

    def close(self) -> None:
        """Release all files."""
        for file in self._files:
            file.close()
        self._files = []

    def turn(self, place: Place | None) -> bool:
        """Look at the log and deliver what is due; tell whether there is more to do at once.

        `place` says which backups were named with it. What cannot be read is said once and tried again at the next turn.
        """
        try:
            self._look(place)
            self._seek()
            busy = self._read()
        except (OSError, SourceError) as error:
            self._complain(error, self.path)
            return False
        if self.trouble and self._files and not self._owed:
            self._context.say(f"{self.path}: can be read again")
            self.trouble = ""
        return busy

    def _complain(self, error: OSError | SourceError, path: Path) -> None:
        words = f"cannot read {path}: {error.strerror or error}; it is tried again" if isinstance(error, OSError) else str(error)
        if words != self.trouble:
            self._context.say(words)
        self.trouble = words

    # What is there

    def _look(self, place: Place | None) -> None:
        status = _status(self.path)
        identity = (status.st_dev, status.st_ino) if status else None
        live = next((file for file in self._files if file.live), None)
        if not self._begun:
            self._begin(place)
        elif live is not None and live.identity != identity:
            live.live = False
            self._context.say(f"{self.path}: rotated")
            self._missed(live.modified)
        elif self._asleep and status and self._asleep != _state(status):
            self._wake(self._asleep[0] == identity)
        if place is not None and place is not self._place:
            self._place = place
            self._queue(_present(place))
        if self._owed:
            owed, self._owed = self._owed, []
            self._queue(owed)
        if status is not None and not self._asleep and not any(file.live for file in self._files):
            self._open_live()

    def _begin(self, place: Place | None) -> None:
        """Queue the backups that may hold something that was not read when following ended last."""
        recent = self._context.ledger.recent(self._source, RECENT)
        moments = [batch.last_event_at for batch in recent if batch.last_event_at is not None]
        if self._context.following.from_end and place is not None and not recent:
            self._done.update(backup.key for backup in _present(place))
        elif recent:
            self._missed(moments[0] / 1_000_000 if moments else 0.0)
        self._open_live(first=True)
        self._begun, self._sought = True, bool(recent)

    def _seek(self) -> None:
        """Say that the file in which following ended is gone, once all that are there have shown that they are others."""
        if self._sought and any(file.found for file in self._files):
            self._sought = False
        elif self._sought and not self._owed and not any(isinstance(file, Packed) for file in self._files):
            self._sought = False
            words = "the file that was read last is gone; what was written to it since, and to what was rotated away, was not read"
            self._context.say(f"{self.path}: {words}")

    def _missed(self, since: float) -> None:
        """Queue the backups that were written to after a moment: a log may be rotated more than once between two looks."""
        self._queue(backup for backup in backups_of(self.path) if max(backup.modified, backup.name.at) >= since - CLOCKS_APART)

    def _queue(self, backups: Iterable[Backup]) -> None:
        waiting = {file.identity for file in self._files}
        for backup in backups:
            if backup.identity in waiting or backup.key in self._done or backup.path == self.path:
                continue
            try:
                self._insert(self._opened(backup.path, live=False))
            except FileNotFoundError:
                continue
            except OSError as error:
                self._owed.append(backup)
                self._complain(error, backup.path)
            except SourceError as error:
                self._done.add(backup.key)
                self._context.say(str(error))
            waiting.add(backup.identity)

    def _insert(self, file: Tail | Packed) -> None:
        """Put a file before the live one."""
        at = len(self._files) - (bool(self._files) and self._files[-1].live)
        self._files.insert(at, file)

    def _open_live(self, *, first: bool = False) -> None:
        try:
            file = self._opened(self.path, live=True)
        except FileNotFoundError:
            if first:
                self._context.say(f"{self.path}: not there yet; waiting for it")
            return
        except SourceError:
            self._asleep = _state(self.path.stat())
            raise
        self._files.append(file)
        if isinstance(file, Packed):
            return
        if first and self._context.following.from_end and not file.found:
            file.to_end()
        if first:
            self._context.say(f"following {self.path} from {_words(file)}")

    def _opened(self, path: Path, *, live: bool) -> Tail | Packed:
        _check_kind(path)
        if is_packed(path):
            return Packed(self._context, path, self._source)
        tail = Tail(self._context, path, self._source, self._recent(), live=live)
        if not tail.offset and _holds_documents(path):
            tail.close()
            raise SourceError(f"cannot follow {path}: it holds JSON documents instead of lines; load it with: auditradar load {path}")
        return tail

    def _recent(self) -> Sequence[Delivered]:
        self._context.deliverer.finish()
        return self._context.ledger.recent(self._source, RECENT)

    # What happened to it

    def _truncated(self, tail: Tail) -> None:
        """Read the rest from the copy that was made before the truncation, then the file from its beginning."""
        self._context.say(f"{self.path}: truncated; reading it from its beginning")
        tail.close()
        self._files.remove(tail)
        known = set(self._files)
        self._missed(tail.modified)
        for copy in self._files:
            if isinstance(copy, Tail) and copy not in known:
                copy.take_over(tail)
        self._open_live()

    def _sleep(self, tail: Tail) -> None:
        """Close a file that has been idle for long: a folder may hold more files than a process may open."""
        status = _status(self.path)
        if status is not None and (status.st_dev, status.st_ino) == tail.identity:
            self._asleep, self._read_at = _state(status), tail.modified
            tail.close()
            self._files.remove(tail)

    def _wake(self, same: bool) -> None:
        self._asleep = None
        if not same:
            self._missed(self._read_at)

    # Reading

    def _read(self) -> bool:
        """Give every file a turn, the oldest first; none before the older ones are read to their present end."""
        for file in list(self._files):
            turn = self._turn_of(file)
            if turn is Turn.BUSY:
                return True
            if turn is Turn.TRUNCATED and isinstance(file, Tail):
                self._truncated(file)
                return True
            if turn is Turn.FINISHED:
                self._finish(file)
            elif isinstance(file, Tail) and file.live and file.can_sleep:
                self._sleep(file)
        return False

    def _turn_of(self, file: Tail | Packed) -> Turn:
        try:
            return file.turn()
        except SourceError as error:
            self._context.say(str(error))
        except FileNotFoundError:
            if isinstance(file, Tail):
                raise
        return Turn.FINISHED

    def _finish(self, file: Tail | Packed) -> None:
        """Close a file that was read to its end; it is not opened again while it stays as it is."""
        self._sought = self._sought and not file.found
        if file.live and (status := _status(file.path)) is not None:
            self._asleep = _state(status)
        present = backups_of(self.path)
        done = {backup.key for backup in present if backup.identity == file.identity}
        self._done = {backup.key for backup in present if backup.key in self._done} | done
        file.close()
        self._files.remove(file)


def _present(place: Place) -> list[Backup]:
    return whole([backup for path in place.backups if (backup := backup_at(path)) is not None])


def _status(path: Path) -> os.stat_result | None:
    """Look at a path; None where nothing is there, OSError where nobody may look."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _check_kind(path: Path) -> None:
    """Refuse pipes and devices, which would be waited for; a folder that has appeared is no log, its files are found by themselves."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileNotFoundError(path)
    if not stat.S_ISREG(mode):
        raise SourceError(f"cannot follow {path}: it is no file but a pipe or a device; load it with: auditradar load {path}")


def _state(status: os.stat_result) -> tuple[tuple[int, int], int, float]:
    return (status.st_dev, status.st_ino), status.st_size, status.st_mtime


def _holds_documents(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(SNIFF_BYTES)
    return b"\n" in head and is_documents(head, ended=False)


def _words(tail: Tail) -> str:
    if tail.found:
        return f"byte {tail.offset:,}, where it was left"
    return f"its end, byte {tail.offset:,}" if tail.offset else "its beginning"
