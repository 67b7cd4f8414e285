"""Turn what a person names into sources: files, folders, patterns, archives and `-`, all checked before the first is read."""

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditradar.ingest.errors import SourceError
from auditradar.ingest.sources.archives import members
from auditradar.ingest.sources.source import FileSource, Source, StandardInput


def expand(paths: Sequence[str]) -> list[Source]:
    """Return the sources that paths name, in the order given, each file once.

    Folders are read recursively in sorted order without hidden files; patterns may use `**`. Raise SourceError for anything
    missing, unreadable or empty, before anything is loaded.
    """
    sources: list[Source] = []
    seen: set[Path] = set()
    for text in paths:
        if text == "-":
            sources.append(StandardInput())
            continue
        for path in _files(text):
            # A pattern with ** runs through links to folders above; each file is still read once.
            if (real := path.resolve()) not in seen:
                seen.add(real)
                sources += _sources(path)
    return sources


def _sources(path: Path) -> list[Source]:
    if not os.access(path, os.R_OK):
        message = f"cannot read {path}: permission denied; give this user the right to read it"
        raise SourceError(message)
    # Pipes and devices can be read only once, so nothing may look into them.
    packed = members(path) if path.is_file() else None
    return [FileSource(path)] if packed is None else packed


def _files(text: str) -> list[Path]:
    path = Path(text).expanduser()
    try:
        if path.is_dir():
            return _folder(path, text)
        if path.exists():
            return [path.absolute()]
    except (OSError, ValueError) as error:
        message = f"cannot read {text}: {error}; check the path"
        raise SourceError(message) from error
    return _pattern(path, text)


def _folder(path: Path, text: str) -> list[Path]:
    found = list(_walk(path.absolute(), frozenset()))
    if not found:
        message = f"cannot read {text}: the folder holds no files; name a folder with audit logs"
        raise SourceError(message)
    return found


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """Yield the files below a folder; a link to a folder that is being walked ends there."""
    real = folder.resolve()
    if real in above:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        message = f"cannot read {folder}: {error.strerror or error}; give this user the right to read it"
        raise SourceError(message) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, above | {real})
        elif entry.is_file():
            yield entry


def _pattern(path: Path, text: str) -> list[Path]:
    if not glob.has_magic(text):
        message = f"cannot read {text}: no such file or folder; check the path"
        raise SourceError(message)
    matches = [Path(match) for match in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute pattern
    files = [match.absolute() for match in matches if match.is_file()]
    if not files and not matches:
        message = f"cannot read {text}: the pattern matches no files; check it, and quote it if the shell changes it"
        raise SourceError(message)
    return files or [file for match in matches if match.is_dir() for file in _walk(match.absolute(), frozenset())]
