"""Read the members of tar and zip archives as sources of their own: must-gather and support bundles come packed."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditradar.ingest.errors import SourceError
from auditradar.ingest.sources.compression import BrokenDataError, decompressed
from auditradar.ingest.sources.source import FileSource, Progress, Source, blocks

_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
# POSIX ustar and GNU tar alike write this at offset 257 of the first header.
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257
# Where an archive breaks off, tarfile keeps back the block it is reading; small blocks lose little.
_MEMBER_BYTES = 64 * 1024


class _Stream(io.RawIOBase):
    """Let tarfile read an iterator of bytes."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


class _Tar:
    """Walk one tar archive forwards; going back means beginning again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._walk: Iterator[tuple[int, tarfile.TarFile, tarfile.TarInfo]] = iter(())
        self._next = 0

    def members(self) -> Iterator[tuple[int, str]]:
        """List the files of the archive with their place in it."""
        for index, _, member in self._members(None):
            if member.isfile() and not _is_hidden(member.name):
                yield index, member.name

    def read(self, wanted: int, progress: Progress | None) -> Iterator[bytes]:
        """Yield the bytes of the member at a place."""
        if wanted < self._next or self._next == 0:
            self._walk = self._members(progress)
        for index, archive, member in self._walk:
            self._next = index + 1
            if index == wanted:
                yield from _content(archive, member)
                return

    def _members(self, progress: Progress | None) -> Iterator[tuple[int, tarfile.TarFile, tarfile.TarInfo]]:
        stream = io.BufferedReader(_Stream(decompressed(FileSource(self._path).raw(progress))), 1 << 20)
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for index, member in enumerate(archive):
                    yield index, archive, member
                    # tarfile keeps every member it has seen; a bundle has hundreds of thousands.
                    archive.members = []  # type: ignore[attr-defined]
        except (tarfile.TarError, EOFError) as error:
            message = f"tar archive is damaged or ends early ({error})"
            raise BrokenDataError(message) from error


class TarMember(Source):
    """Read one file inside a tar archive."""

    def __init__(self, path: Path, archive: _Tar, index: int, member: str) -> None:
        self.name = f"{path}!{member}"
        self.size = None
        self._archive = archive
        self._index = index

    def raw(self, progress: Progress | None) -> Iterator[bytes]:
        """Yield the member's bytes; progress counts the archive's."""
        yield from self._archive.read(self._index, progress)


class LostMembers(Source):
    """Stand for what a damaged archive no longer gives, so that the loss is reported after the good members are read."""

    def __init__(self, path: Path, cause: str) -> None:
        self.name = str(path)
        self.size = None
        self._cause = cause

    def raw(self, progress: Progress | None) -> Iterator[bytes]:  # noqa: ARG002 - there is nothing to report
        """Raise the error that ended the listing."""
        raise BrokenDataError(self._cause)
        yield b""


class ZipMember(Source):
    """Read one file inside a zip archive."""

    def __init__(self, path: Path, member: zipfile.ZipInfo) -> None:
        self.name = f"{path}!{member.filename}"
        self.size = member.compress_size
        self._path = path
        self._member = member

    def raw(self, progress: Progress | None) -> Iterator[bytes]:
        """Yield the member's bytes."""
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open(self._member) as file:
                yield from blocks(file, None)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            message = f"zip member is damaged or encrypted ({error})"
            raise BrokenDataError(message) from error
        if progress is not None:
            progress(self._member.compress_size)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(member)
        if file is not None:
            yield from blocks(file, None, _MEMBER_BYTES)
    except (tarfile.TarError, EOFError) as error:
        message = f"tar archive is damaged or ends early ({error})"
        raise BrokenDataError(message) from error


def members(path: Path) -> list[Source] | None:
    """Return the files inside an archive as sources; None if the file is no archive.

    Raise SourceError for a file that cannot be read or a zip archive that cannot be listed.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) in _ZIP_MAGICS:
                return _zip_members(path)
        return _tar_members(path) if _is_tar(path) else None
    except (OSError, zipfile.BadZipFile) as error:
        message = f"cannot read {path}: {error}; check the file and its permissions"
        raise SourceError(message) from error


def _zip_members(path: Path) -> list[Source]:
    with zipfile.ZipFile(path) as archive:
        return [ZipMember(path, member) for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]


def _tar_members(path: Path) -> list[Source]:
    archive = _Tar(path)
    found: list[Source] = []
    try:
        found.extend(TarMember(path, archive, index, name) for index, name in archive.members())
    except BrokenDataError as error:
        found.append(LostMembers(path, str(error)))
    return found


def _is_tar(path: Path) -> bool:
    head = b""
    try:
        for part in decompressed(FileSource(path).raw(None)):
            head += part
            if len(head) >= _TAR_MAGIC_AT + len(_TAR_MAGIC):
                break
    except BrokenDataError:
        # It is read as a plain file then, which delivers what is good and says what is not.
        return False
    return head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in name.split("/"))
