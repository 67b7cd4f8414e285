"""Say where something listens: a host and a port, as they are written, tried and bound."""

import ipaddress
import socket
from dataclasses import dataclass

from auditradar.ingest.errors import ReceiverError

BACKLOG = 512


@dataclass(frozen=True, slots=True)
class Address:
    """Be a host and a port; port 0 takes a free one."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it with brackets around IPv6."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def local(self) -> bool:
        """Whether only this machine reaches it."""
        return is_loopback(self.host)


def parse_address(text: str) -> Address:
    """Read `host:port`, with an IPv6 address in brackets; an empty host means every address."""
    host, separator, port = text.rpartition(":")
    if not separator or not port.isdecimal() or int(port) > 65535 or (":" in host and not host.startswith("[")):
        raise ReceiverError(f"cannot listen on {text!r}: write it like 127.0.0.1:8080 or [::1]:8080")
    return Address(host.strip("[]") or "0.0.0.0", int(port))  # noqa: S104  # asked for by leaving the host out, and refused without tokens


def open_socket(address: Address, option: str) -> socket.socket:
    """Bind and listen; ReceiverError says why not, and which option chooses another address."""
    try:
        family, *_, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        opened = socket.socket(family, socket.SOCK_STREAM)
    except OSError as cause:
        raise _cannot(address, cause, option) from None
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(place)
        opened.listen(BACKLOG)
    except OSError as cause:
        opened.close()
        raise _cannot(address, cause, option) from None
    return opened


def is_loopback(host: str) -> bool:
    """Tell whether a host, as an address or a name, is this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _cannot(address: Address, cause: OSError, option: str) -> ReceiverError:
    return ReceiverError(f"cannot listen on {address}: {cause.strerror or cause}; choose another {option}")
