"""Know who may send for which cluster: bearer tokens, and certificates, from one file that is read again when it changes.

# clusters     name         token, its SHA-256, or a certificate's name
prod           apiserver    sha256:4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358
prod,stage     vector       3f0c...
*              firehose     sha256:...
prod           node-7       cert:node-7.example.com
"""

import hashlib
import hmac
import re
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.errors import SettingsError
from auditradar.ingest.serve.logs import log

EVERY = "*"
LOOK_AGAIN_SECONDS = 1.0
_DIGEST = re.compile(r"sha256:([0-9a-fA-F]{64})")
LABEL = re.compile(r"[\w.:@-]{1,128}")
"""What a cluster and a sender may be called: it stands in paths, logs and the ledger."""
LABEL_WORDS = "up to 128 letters, digits and . _ : @ -"
SHORTEST_TOKEN = 16  # characters; a shorter one can be guessed over the network


@dataclass(frozen=True, slots=True)
class Sender:
    """Be somebody who may send: `clusters` holds labels, or `*` for all."""

    name: str
    clusters: frozenset[str]

    def may_send(self, cluster: str) -> bool:
        """Tell whether it may write as this cluster."""
        return EVERY in self.clusters or cluster in self.clusters


@dataclass(frozen=True, slots=True)
class Known:
    """Be one line of the file: a SHA-256 in hexadecimal, or the name in a certificate."""

    sender: Sender
    digest: str = ""
    certificate: str = ""


def digest_of(token: str) -> str:
    """Hash a token as the file may hold it."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def read_senders(text: str, where: str) -> list[Known]:
    """Read the lines of a token file; SettingsError names the first bad line, never its token."""
    found: dict[int, Known] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if words and not words[0].startswith("#"):
            try:
                found[number] = _known(words)
            except ValueError as cause:
                raise SettingsError(f"cannot use {where}: line {number}: {cause}") from None
    if not found:
        raise SettingsError(f"cannot use {where}: it names no sender; write lines like: prod apiserver sha256:…")
    _check_once(found, where)
    return list(found.values())


def _check_once(found: Mapping[int, Known], where: str) -> None:
    """Refuse what two lines say of one token or certificate: only one of them would count."""
    lines: dict[tuple[str, str], int] = {}
    for number, known in found.items():
        first = lines.setdefault((known.digest, known.certificate), number)
        if first != number:
            words = f"it has the token or certificate of line {first}; write all its clusters into one line, with commas between them"
            raise SettingsError(f"cannot use {where}: line {number}: {words}")


def _known(words: list[str]) -> Known:
    if len(words) != 3:
        raise ValueError(f"it has {len(words)} words, not three: clusters, name, token")
    clusters, name, secret = words
    if not LABEL.fullmatch(name):
        raise ValueError(f"the name may hold {LABEL_WORDS}")
    sender = Sender(name, frozenset(clusters.split(",")))
    if not all(cluster == EVERY or LABEL.fullmatch(cluster) for cluster in sender.clusters):
        raise ValueError(f"a cluster's label has {LABEL_WORDS}; write commas between clusters and no spaces, or {EVERY} for all")
    if secret.startswith("cert:"):
        return Known(sender, certificate=secret.removeprefix("cert:"))
    if secret.startswith("sha256:"):
        if not (match := _DIGEST.fullmatch(secret)):
            raise ValueError("behind sha256: must be 64 hexadecimal digits")
        return Known(sender, match[1].lower())
    if len(secret) < SHORTEST_TOKEN:
        raise ValueError(f"the token is shorter than {SHORTEST_TOKEN} characters; make one with: openssl rand -hex 32")
    return Known(sender, digest_of(secret))


class Senders:
    """Answer who a token or a certificate is; without a file nobody is known, and certificates name their own cluster."""

    def __init__(self, path: Path | None, *, certificates: bool = False) -> None:
        self._path = path
        self._certificates = certificates
        self._known: list[Known] = []
        self._seen: object = None
        self._looked = 0.0
        if path is not None:
            self._seen = _version(path)
            self._known = read_senders(_text(path), str(path))

    @property
    def required(self) -> bool:
        """Tell whether senders must say who they are."""
        return self._path is not None or self._certificates

    @property
    def takes_tokens(self) -> bool:
        """Tell whether tokens are known."""
        return self._path is not None

    def by_token(self, token: str) -> Sender | None:
        """Find the sender of a token; every line is compared, and each in constant time."""
        self._look_again()
        digest, found = digest_of(token), None
        for known in self._known:
            if hmac.compare_digest(known.digest, digest):
                found = known.sender
        return found

    def by_certificate(self, names: Iterable[str]) -> Sender | None:
        """Find the sender of a verified certificate: by a line of the file, else the certificate's name is its cluster."""
        self._look_again()
        names = tuple(name for name in names if LABEL.fullmatch(name))  # so none is `*`, and each can be logged
        for known in self._known:
            if known.certificate and known.certificate in names:
                return known.sender
        return Sender(names[0], frozenset(names)) if names else None

    def _look_again(self) -> None:
        """Read the file again when it has changed; one that cannot be used leaves the senders as they were."""
        if self._path is None or time.monotonic() - self._looked < LOOK_AGAIN_SECONDS:
            return
        self._looked = time.monotonic()
        seen = _version(self._path)
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._known = read_senders(_text(self._path), str(self._path))
            log.info("senders read again", extra={"facts": {"file": str(self._path), "senders": len(self._known)}})
        except SettingsError as cause:
            log.error("senders stay as they were", extra={"facts": {"cause": str(cause)}})


def readable_by_others(path: Path) -> bool:
    """Tell whether the file can be read by users who are neither its owner nor of its group."""
    return bool(path.stat().st_mode & stat.S_IROTH)


def _version(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        words = cause.strerror if isinstance(cause, OSError) else "it is no UTF-8 text"
        raise SettingsError(f"cannot read the token file {path}: {words}") from None
