"""Extend uvicorn's HTTP protocol by what it lacks.

The client's certificate in the scope, patience that ends before a request began, and answers that arrive though not all input was read.

The key is that of ASGI's TLS extension, https://asgi.readthedocs.io/en/latest/specs/tls.html: `scope["extensions"]["tls"]`; the verified
names are in `client_names` beside its own keys. Once uvicorn fills the extension itself, only the timer is left to be done here.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

Scope = MutableMapping[str, Any]
LINGER_SECONDS = 2.0
LINGER_BYTES = 64 << 20


class BrokenOffError(Exception):
    """Say that an answer cannot be finished: its connection is closed without an end, so that nobody takes a part for the whole."""


class LingeringTransport:
    """Be a transport whose `close` waits for the client where input is unread.

    The kernel answers input that nobody reads with a reset, and a reset discards the answer on its way to the client.
    """

    def __init__(self, inner: asyncio.Transport, is_read: Callable[[], bool], loop: asyncio.AbstractEventLoop) -> None:
        self._inner, self._is_read, self._loop = inner, is_read, loop
        self._left = LINGER_BYTES
        self.lingers = False

    def __getattr__(self, name: str) -> Any:
        """Be the transport in everything else."""
        return getattr(self._inner, name)

    def is_closing(self) -> bool:
        """Tell whether nothing more will be answered."""
        return self.lingers or self._inner.is_closing()

    def close(self) -> None:
        """Close when everything is written; unread input is thrown away for a while before."""
        if self.is_closing():
            return
        if self._is_read():
            self._inner.close()
            return
        self.lingers = True
        if self._inner.can_write_eof():
            self._inner.write_eof()
        self._inner.resume_reading()
        self._loop.call_later(LINGER_SECONDS, self._inner.close)

    def discard(self, size: int) -> None:
        """Throw input away, but not without end."""
        self._left -= size
        if self._left < 0:
            self._inner.close()


class ReceiverProtocol(H11Protocol):
    """Serve one connection; the head of each request must be whole within `head_seconds`."""

    head_seconds: ClassVar[float] = 10.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Note who is at the other end, and wait for the first request."""
        self._lingering = LingeringTransport(transport, self._is_read, self.loop)
        super().connection_made(self._lingering)  # type: ignore[arg-type]  # it is one in all that is asked of it
        names = certified_names(transport.get_extra_info("ssl_object"))
        inner: Any = self.app
        self._timer: asyncio.TimerHandle | None = None

        async def app(scope: Scope, receive: Callable[..., Awaitable[Any]], send: Callable[..., Awaitable[None]]) -> None:
            self._disarm()
            scope["extensions"] = {"tls": {"client_names": names}} if names else {}
            try:
                await inner(scope, receive, send)
            except BrokenOffError:
                self._break_off()

        self.app = app
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Take bytes; those that begin another request have their time, too."""
        if self._lingering.lingers:
            self._lingering.discard(len(data))
            return
        if self._timer is None and (self.cycle is None or self.cycle.response_complete):
            self._arm()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._disarm()
        super().connection_lost(exc)

    def _is_read(self) -> bool:
        """Tell whether the client has nothing on its way, as far as can be known."""
        return self.conn.their_state in {h11.IDLE, h11.DONE, h11.MUST_CLOSE, h11.CLOSED} and not self.conn.trailing_data[0]

    def _break_off(self) -> None:
        if self.cycle is not None:
            self.cycle.disconnected = True  # or uvicorn would complain of an answer without an end
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: whoever asks is answered over HTTP/1.1, and would fill the log with advice about libraries."""

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
