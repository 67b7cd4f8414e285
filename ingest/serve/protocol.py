"""Extend uvicorn's HTTP protocol by what it lacks: the client's certificate in the scope, and patience that ends before a request began.

The key is that of ASGI's TLS extension, https://asgi.readthedocs.io/en/latest/specs/tls.html: `scope["extensions"]["tls"]`; the verified
names are in `client_names` beside its own keys. Once uvicorn fills the extension itself, only the timer is left to be done here.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

Scope = MutableMapping[str, Any]


class ReceiverProtocol(H11Protocol):
    """Serve one connection; the head of each request must be whole within `head_seconds`."""

    head_seconds: ClassVar[float] = 10.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Note who is at the other end, and wait for the first request."""
        super().connection_made(transport)
        names = certified_names(transport.get_extra_info("ssl_object"))
        inner: Any = self.app
        self._timer: asyncio.TimerHandle | None = None

        async def app(scope: Scope, receive: Callable[..., Awaitable[Any]], send: Callable[..., Awaitable[None]]) -> None:
            self._disarm()
            scope["extensions"] = {"tls": {"client_names": names}} if names else {}
            await inner(scope, receive, send)

        self.app = app
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Take bytes; those that begin another request have their time, too."""
        if self._timer is None and (self.cycle is None or self.cycle.response_complete):
            self._arm()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._disarm()
        super().connection_lost(exc)

    def _arm(self) -> None:
        self._timer = self.loop.call_later(self.head_seconds, self._too_slow)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()


def certified_names(tls: ssl.SSLObject | None) -> tuple[str, ...]:
    """List the names in a verified client certificate, its common name first; none where none was shown."""
    certificate: dict[str, Any] = (tls.getpeercert() if tls is not None else None) or {}
    common = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
    others = [value for kind, value in certificate.get("subjectAltName", ()) if kind in {"DNS", "URI", "email"}]
    return tuple(dict.fromkeys([*common, *others]))
