"""Protect what listens: what is refused without authentication, and certificates that are renewed while they are in use."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from auditradar.ingest.errors import ReceiverError
from auditradar.ingest.listening import Address
from auditradar.ingest.serve.logs import log
from auditradar.ingest.settings import ServeSettings


def check_protection(settings: ServeSettings, address: Address) -> None:
    """Refuse what would let anybody write: a port beyond this machine without authentication, half of a certificate."""
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise ReceiverError("cannot listen: --tls-cert and --tls-key belong together; give both or none")
    if settings.client_ca is not None and settings.tls_cert is None:
        raise ReceiverError("cannot listen: --client-ca needs --tls-cert and --tls-key: certificates are shown over TLS only")
    if not address.local and settings.token_file is None and settings.client_ca is None:
        raise ReceiverError(
            f"cannot listen on {address.host}: it is reached from other machines and nobody would have to say who they are; "
            "give --token-file or --client-ca, or listen on 127.0.0.1"
        )


def protection(settings: ServeSettings, address: Address) -> str:
    """Say in words how the port is protected."""
    known = [words for words, given in (("tokens", settings.token_file), ("client certificates", settings.client_ca)) if given]
    who = " or ".join(known) if known else "no authentication, this machine only"
    if settings.tls_cert is not None:
        return f"TLS, {who}"
    return f"no TLS, {who}" + ("" if address.local else "; tokens travel in the clear: put TLS before it or give --tls-cert")


class Certificates:
    """Hold the TLS context; a renewed certificate is used for new connections without a restart.

    With `authorities` clients must show a certificate of theirs, or may where `optional`.
    """

    def __init__(self, cert: Path, key: Path, authorities: Path | None = None, *, optional: bool = False) -> None:
        self._cert, self._key = cert, key
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._seen = self._version()
        self._load()
        if authorities is not None:
            _trust(self.context, authorities)
            self.context.verify_mode = ssl.CERT_OPTIONAL if optional else ssl.CERT_REQUIRED

    async def renew(self) -> None:
        """Load the files again if they changed, as the web server asks now and then; ones that cannot be used leave the old in use."""
        seen = self._version()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._load()
        except ReceiverError as cause:
            log.error("the certificate stays as it was", extra={"facts": {"cause": str(cause)}})
        else:
            log.info("certificate read again", extra={"facts": {"file": str(self._cert)}})

    def _load(self) -> None:
        try:
            self.context.load_cert_chain(str(self._cert), str(self._key), self._no_phrase)
        except (OSError, ssl.SSLError) as cause:
            words = _words(cause, "it is no PEM, or the two do not belong together")
            raise ReceiverError(f"cannot use the certificate {self._cert} with the key {self._key}: {words}") from None
        self._tell_if_over()

    def _no_phrase(self) -> str:
        """Refuse to be asked: OpenSSL would wait for somebody to type."""
        raise ReceiverError(f"cannot use the key {self._key}: it is encrypted, and nobody is there to give its pass phrase; decrypt it")

    def _tell_if_over(self) -> None:
        try:
            ends = x509.load_pem_x509_certificate(self._cert.read_bytes()).not_valid_after_utc
        except ValueError:
            return  # OpenSSL has taken it and is the one that counts
        if ends < datetime.now(UTC):
            log.warning(
                "the certificate has expired; clients that verify it refuse it",
                extra={"facts": {"file": str(self._cert), "at": f"{ends:%Y-%m-%dT%H:%M:%SZ}"}},
            )

    def _version(self) -> tuple[object, ...]:
        return tuple(_changed_at(path) for path in (self._cert, self._key))


def _trust(context: ssl.SSLContext, authorities: Path) -> None:
    try:
        context.load_verify_locations(str(authorities))
    except (OSError, ssl.SSLError) as cause:
        raise ReceiverError(f"cannot use the authorities {authorities}: {_words(cause, 'it is no PEM')}") from None


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _words(cause: OSError, otherwise: str) -> str:
    return cause.strerror if cause.strerror and not isinstance(cause, ssl.SSLError) else otherwise
