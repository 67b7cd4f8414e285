"""Keep the file of readers: one line for each, a name and what proves it, never a secret itself.

    alice:scrypt:15:8:1:<salt>:<hash>      a password
    grafana:sha256:<hash>                  a token, of which the file holds the hash

`auditradar reader NAME` makes such a line. The file is read again when it changes.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.errors import SettingsError

NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")
RESERVED = frozenset({"local"})
# OWASP Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3 or more; 32 MiB a try.
COST, BLOCK, LANES = 15, 8, 3
MOST_COST, MOST_LANES = 18, 16
SCRYPT_MEMORY = 512 << 20
TOKEN_BYTES = 32
TOKEN_MARK = "ar_"  # noqa: S105 - how a token begins
LEAST_PASSWORD = 12


@dataclass(frozen=True, slots=True)
class Password:
    """Be the hash of a password."""

    cost: int
    block: int
    lanes: int
    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        """Tell whether it is this password; takes a tenth of a second."""
        return hmac.compare_digest(_scrypt(password, self.salt, self.cost, self.block, self.lanes), self.digest)


def password_line(name: str, password: str) -> str:
    """Make the line of a reader with a password; SettingsError for a name or a password that will not do."""
    _check_name(name)
    if len(password) < LEAST_PASSWORD:
        raise SettingsError(f"cannot make a reader: the password is shorter than {LEAST_PASSWORD} characters; choose a longer one")
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, COST, BLOCK, LANES)
    return f"{name}:scrypt:{COST}:{BLOCK}:{LANES}:{_text(salt)}:{_text(digest)}"


def token_line(name: str) -> tuple[str, str]:
    """Make a token, and the line of a reader that it proves."""
    _check_name(name)
    token = f"{TOKEN_MARK}{secrets.token_urlsafe(TOKEN_BYTES)}"
    return token, f"{name}:sha256:{hash_of(token)}"


def with_line(path: Path, line: str) -> None:
    """Put a line into a file of readers, in place of the one of the same name; the file is for its owner alone."""
    name = line.partition(":")[0]
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [other for other in old if other.partition(":")[0].strip() != name]
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join([*kept, line]) + "\n")
    new.replace(path)


def hash_of(token: str) -> str:
    """Hash a token; it is random, so nothing slower is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


class Readers:
    """Hold the readers of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] = (0, 0, 0)
        self.problem = ""
        self._passwords: Mapping[str, Password] = {}
        self._tokens: Mapping[str, str] = {}
        self._stranger = Password(COST, BLOCK, LANES, secrets.token_bytes(16), secrets.token_bytes(32))
        self._key = secrets.token_bytes(32)
        self._proved: dict[bytes, str] = {}
        self._read()

    def __len__(self) -> int:
        """Count them."""
        return len(self._passwords) + len(self._tokens)

    def refresh(self) -> None:
        """Read the file again when it has changed; where it cannot be read, the readers stay as they were, and `problem` says why."""
        try:
            if self._stamp() != self._seen:
                self._read()
                self.problem = ""
        except SettingsError as cause:
            self.problem = str(cause)

    def by_token(self, token: str, name: str = "") -> str:
        """Give the reader that a token proves; empty when it proves nobody, or another than `name`."""
        found = self._tokens.get(hash_of(token), "")
        return found if name in {"", found} else ""

    def by_password(self, name: str, password: str) -> str:
        """Give the reader that a name and a password prove; empty when they prove nobody. As slow for an unknown name."""
        known = self._passwords.get(name)
        fits = (known or self._stranger).fits(password)
        if known is None or not fits:
            return ""
        self._proved = {**dict(list(self._proved.items())[-1000:]), self._stamp_of(name, password): name}
        return name

    def remembered(self, name: str, password: str) -> str:
        """Give the reader that a name and a password have proved before; empty when they have not. Costs nothing."""
        return name if password and self._proved.get(self._stamp_of(name, password)) == name else ""

    def _stamp_of(self, name: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{name}\0{password}".encode("utf-8", "surrogatepass"), "sha256")

    def _stamp(self) -> tuple[int, int, int]:
        try:
            facts = self._path.stat()
        except OSError as cause:
            raise SettingsError(f"cannot read the readers {self._path}: {cause.strerror or cause}") from None
        return facts.st_mtime_ns, facts.st_size, facts.st_ino

    def _read(self) -> None:
        stamp = self._stamp()
        try:
            text = self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as cause:
            raise SettingsError(f"cannot read the readers {self._path}: {cause}") from None
        passwords: dict[str, Password] = {}
        tokens: dict[str, str] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            name, proof = self._parsed(line.strip(), number)
            if name in passwords or name in tokens.values():
                raise SettingsError(f"cannot use the readers {self._path}: line {number}: {name} is there twice; remove one")
            if isinstance(proof, Password):
                passwords[name] = proof
            else:
                tokens[proof] = name
        self._passwords, self._tokens, self._proved, self._seen = passwords, tokens, {}, stamp

    def _parsed(self, line: str, number: int) -> tuple[str, Password | str]:
        name, kind, *facts = (part.strip() for part in line.split(":"))
        try:
            _check_name(name)
            if kind == "sha256" and len(facts) == 1 and re.fullmatch(r"[0-9a-f]{64}", facts[0]):
                return name, facts[0]
            if kind == "scrypt" and len(facts) == 5:
                return name, _password(facts)
        except (ValueError, SettingsError):
            pass
        raise SettingsError(
            f"cannot use the readers {self._path}: line {number} is no reader; make it with `auditradar reader NAME --file {self._path}`"
        )


def _password(facts: list[str]) -> Password:
    cost, block, lanes = map(int, facts[:3])
    if not (10 <= cost <= MOST_COST and block == BLOCK and 1 <= lanes <= MOST_LANES):
        raise ValueError("parameters of scrypt")
    salt, digest = (base64.b64decode(fact, validate=True) for fact in facts[3:])
    return Password(cost, block, lanes, salt, digest)


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=1 << cost, r=block, p=lanes, maxmem=SCRYPT_MEMORY, dklen=32)


def _check_name(name: str) -> None:
    if not NAME.match(name) or name in RESERVED:
        raise SettingsError(f"cannot make the reader {name!r}: a name is letters, digits, and . _ @ - inside; choose another")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
