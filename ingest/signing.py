"""Sign bytes and verify signatures: Ed25519, keys as PEM files that `openssl genpkey -algorithm ed25519` writes."""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from auditradar.ingest.errors import SignatureError

MAKE = "make one with: openssl genpkey -algorithm ed25519 -out KEY"
EXTRACT = "write one with: openssl pkey -in KEY -pubout -out PUBLIC"


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """Be a public key."""

    key: Ed25519PublicKey

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Read a public key; SignatureError when the file holds none."""
        try:
            key = serialization.load_pem_public_key(_read(path))
        except (ValueError, UnsupportedAlgorithm):
            raise SignatureError(f"cannot use the key {path}: it is no public key in PEM; {EXTRACT}") from None
        if not isinstance(key, Ed25519PublicKey):
            raise SignatureError(f"cannot use the key {path}: it is not of the kind Ed25519; {EXTRACT}")
        return cls(key)

    def verify(self, data: bytes, signature: str) -> None:
        """Return when the signature (base64) is of these bytes and of this key; else SignatureError."""
        try:
            self.key.verify(base64.b64decode(signature.strip(), validate=True), data)
        except (InvalidSignature, binascii.Error, ValueError):
            raise SignatureError("cannot verify the signature: it is not of these bytes, or of another key") from None

    @property
    def fingerprint(self) -> str:
        """Give the raw public key as hexadecimal text, which is short enough to be compared by eye."""
        return self.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Be a private key."""

    key: Ed25519PrivateKey

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Read a private key without a passphrase; SignatureError when the file holds none. The message never repeats its content."""
        try:
            key = serialization.load_pem_private_key(_read(path), password=None)
        except TypeError:
            raise SignatureError(f"cannot use the key {path}: it is encrypted; decrypt it with: openssl pkey -in {path} -out KEY") from None
        except (ValueError, UnsupportedAlgorithm):
            raise SignatureError(f"cannot use the key {path}: it is no private key in PEM; {MAKE}") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise SignatureError(f"cannot use the key {path}: it is not of the kind Ed25519; {MAKE}")
        return cls(key)

    def sign(self, data: bytes) -> str:
        """Sign bytes; the signature as base64 text."""
        return base64.b64encode(self.key.sign(data)).decode()

    @property
    def verify_key(self) -> VerifyKey:
        """Give the public half."""
        return VerifyKey(self.key.public_key())


def _read(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as cause:
        raise SignatureError(f"cannot read the key {path}: {cause.strerror or cause}") from None
