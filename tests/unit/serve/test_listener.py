"""Certificates of the receivers and the SQL front: what cannot be used is said in one line, and what is renewed is used."""

import asyncio
import contextlib
import logging
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from auditradar.ingest.errors import ReceiverError
from auditradar.ingest.serve.listener import Certificates
from auditradar.ingest.serve.logs import log

PHRASE = b"correct horse"


def certify(folder: Path, days: int = 1, encryption: KeySerializationEncryption | None = None) -> tuple[Path, Path]:
    """Write a certificate that ends so many days from now, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receivers")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=days)).sign(key, hashes.SHA256())
    files = folder / "tls.crt", folder / "tls.key"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption()))
    return files


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[logging.LogRecord]:
    noted: list[logging.LogRecord] = []
    monkeypatch.setattr(log, "handle", noted.append)
    monkeypatch.setattr(log, "isEnabledFor", lambda _: True)
    return noted


def test_an_encrypted_key_is_refused_and_nobody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ReceiverError, match=r"cannot use the key .*tls\.key: it is encrypted, .*; decrypt it"):
        Certificates(*certify(tmp_path, encryption=BestAvailableEncryption(PHRASE)))


def test_authorities_that_are_none_are_named_as_such(tmp_path: Path) -> None:
    cert, key = certify(tmp_path)
    (tmp_path / "ca").write_text("prod apiserver token\n")
    with pytest.raises(ReceiverError, match=r"cannot use the authorities .*ca: it is no PEM$"):
        Certificates(cert, key, tmp_path / "ca")


@pytest.mark.parametrize(("days", "messages"), [(1, []), (-1, ["the certificate has expired; clients that verify it refuse it"])])
def test_a_certificate_that_is_over_is_told_at_the_start(
    tmp_path: Path, said: list[logging.LogRecord], days: int, messages: list[str]
) -> None:
    Certificates(*certify(tmp_path, days))
    assert [record.getMessage() for record in said] == messages


def test_a_renewed_certificate_is_used_and_a_broken_one_is_not(tmp_path: Path, said: list[logging.LogRecord]) -> None:
    (tmp_path / "new").mkdir()
    cert, key = certify(tmp_path)
    own = Certificates(cert, key)
    for path in certify(tmp_path / "new"):
        path.replace(tmp_path / path.name)
    renewed = cert.read_bytes()
    asyncio.run(own.renew())
    asyncio.run(own.renew())
    cert.write_text("broken")
    asyncio.run(own.renew())
    assert [record.getMessage() for record in said] == ["certificate read again", "the certificate stays as it was"]
    assert shown(own.context) == ssl.PEM_cert_to_DER_cert(renewed.decode())


def shown(context: ssl.SSLContext) -> bytes | None:
    """Give the certificate that a client of this context sees."""
    client_in, client_out, server_in, server_out = (ssl.MemoryBIO() for _ in range(4))
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    client, server = trusting.wrap_bio(client_in, client_out), context.wrap_bio(server_in, server_out, server_side=True)
    for _ in range(3):
        for side in (client, server):
            with contextlib.suppress(ssl.SSLWantReadError):
                side.do_handshake()
            server_in.write(client_out.read())
            client_in.write(server_out.read())
    return client.getpeercert(binary_form=True)
