"""Check a pack without a store and without a network: every file is there, unchanged, and none was added."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from auditradar.ingest.errors import ReportError, SignatureError
from auditradar.ingest.report.manifest import MANIFEST, OUTSIDE, SIGNATURE, SUMS, files_of, hash_of
from auditradar.ingest.signing import VerifyKey


class Entry(BaseModel):
    """Be one file as the manifest names it."""

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str
    bytes: int


class Manifest(BaseModel):
    """Be the manifest of a pack; facts about the report are kept as they are."""

    model_config = ConfigDict(frozen=True, extra="allow")

    files: tuple[Entry, ...]
    framework: str = ""
    title: str = ""
    since: str = ""
    until: str = ""
    generated_at: str = ""


@dataclass(frozen=True, slots=True)
class PackCheck:
    """Be what the check of a pack found; `signature` is valid, wrong, missing, or unchecked where no public key was given."""

    path: Path
    manifest: Manifest
    problems: list[str] = field(default_factory=list)
    signature: str = "missing"

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.problems

    @property
    def record(self) -> dict[str, object]:
        """Give everything as one object."""
        facts = self.manifest.model_dump(include={"framework", "title", "since", "until", "generated_at"})
        return {
            "pack": str(self.path),
            **facts,
            "files": len(self.manifest.files),
            "ok": self.ok,
            "signature": self.signature,
            "problems": self.problems,
        }


def verify_pack(path: str | Path, public_key: VerifyKey | None = None) -> PackCheck:
    """Check a pack; ReportError where the folder is none. With a public key, a missing signature is a problem too."""
    folder = Path(path)
    manifest, text = _manifest(folder)
    problems = [*_changed(folder, manifest), *_added(folder, manifest), *_sums(folder, manifest)]
    signature = _signature(folder, text, public_key)
    if signature == "wrong":
        problems.append(f"{SIGNATURE}: the signature is not of this manifest, or of another key")
    elif signature == "missing" and public_key:
        problems.append(f"{SIGNATURE}: missing: the pack is not signed")
    return PackCheck(folder, manifest, problems, signature)


def _manifest(folder: Path) -> tuple[Manifest, bytes]:
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as cause:
        raise ReportError(f"cannot verify the pack {folder}: its {MANIFEST} cannot be read: {cause.strerror or cause}") from None
    try:
        return Manifest.model_validate_json(text), text
    except ValidationError:
        raise ReportError(f"cannot verify the pack {folder}: its {MANIFEST} is not one of ours, or is damaged") from None


def _changed(folder: Path, manifest: Manifest) -> list[str]:
    found = []
    for entry in manifest.files:
        path = folder / entry.path
        if _leads_out(entry.path) or path.is_symlink():
            found.append(f"{entry.path}: is no file of the pack")
        elif not path.is_file():
            found.append(f"{entry.path}: missing")
        elif path.stat().st_size != entry.bytes:
            found.append(f"{entry.path}: changed: {path.stat().st_size} bytes instead of {entry.bytes}")
        elif hash_of(path) != entry.sha256:
            found.append(f"{entry.path}: changed: its SHA-256 differs")
    return found


def _leads_out(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.is_absolute() or ".." in pure.parts or path in OUTSIDE


def _added(folder: Path, manifest: Manifest) -> list[str]:
    named = {entry.path for entry in manifest.files} | OUTSIDE
    return [f"{name}: added: the manifest does not name it" for name in _names(folder) if name not in named]


def _names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files_of(folder)]


def _sums(folder: Path, manifest: Manifest) -> list[str]:
    """Compare SHA256SUMS with the manifest, so that `sha256sum -c` and this check cannot say different things."""
    path = folder / SUMS
    if not path.is_file() or path.is_symlink():
        return [f"{SUMS}: missing"]
    wanted = [*((entry.sha256, entry.path) for entry in manifest.files), (hash_of(folder / MANIFEST), MANIFEST)]
    text = "".join(f"{digest}  {name}\n" for digest, name in wanted)
    return [] if path.read_bytes() == text.encode() else [f"{SUMS}: changed: it does not agree with the manifest"]


def _signature(folder: Path, text: bytes, public_key: VerifyKey | None) -> str:
    path = folder / SIGNATURE
    if not path.is_file() or path.is_symlink():
        return "missing"
    if public_key is None:
        return "unchecked"
    try:
        public_key.verify(text, path.read_text(encoding="ascii", errors="replace"))
    except SignatureError:
        return "wrong"
    return "valid"
