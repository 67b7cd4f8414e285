"""Decide who is asking."""

import hmac
import ipaddress
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from auditradar.ingest.beside import CLAIMED_USER
from auditradar.ingest.front.limits import UNLIMITED, Limits
from auditradar.ingest.front.readers import Readers
from auditradar.ingest.front.refusal import Refusal
from auditradar.ingest.front.request import Credentials
from auditradar.ingest.listening import is_loopback

LOCAL = "local"
MOST_FAILURES, WINDOW_SECONDS, MOST_ADDRESSES = 20, 60.0, 10_000
LONGEST_CLAIM = 200
# grafana-clickhouse-datasource: the comment of clickhouse-go's ClientInfo travels in the user agent over HTTP.
_GRAFANA_USER = re.compile(r"\bgrafana_user:([^\s;()]+)")


@dataclass(frozen=True, slots=True)
class Who:
    """Be who is asking: what they proved, for whom they claim to ask, and what they may use."""

    reader: str
    on_behalf_of: str
    limits: Limits


class Door:
    """Know the readers; without any, everybody who reaches the address may read, and the address must be loopback."""

    def __init__(self, readers: Readers | None, local_token: str, limits: Limits) -> None:
        self._readers = readers
        self._local_token = local_token
        self._limits = limits
        self._failures: dict[str, tuple[int, float]] = {}

    def is_shut(self, address: str) -> bool:
        """Tell whether an address failed so often that nothing more is tried for it now."""
        count, since = self._failures.get(_network_of(address), (0, 0.0))
        return count >= MOST_FAILURES and time.monotonic() - since < WINDOW_SECONDS

    def known(self, credentials: Credentials, headers: Mapping[str, str]) -> Who | None:
        """Say who is asking where it costs nothing to know: a token, or a password that proved somebody before. None where it is not."""
        if credentials.token and hmac.compare_digest(credentials.token.encode(), self._local_token.encode()):
            return Who(LOCAL, headers.get(CLAIMED_USER.lower(), "")[:LONGEST_CLAIM], UNLIMITED)
        if self._readers is None:
            return self._open(credentials, headers)
        self._readers.refresh()
        name = self._readers.by_token(credentials.token or credentials.password, credentials.user)
        name = name or self._readers.remembered(credentials.user, credentials.password)
        return Who(name, claimed(headers), self._limits) if name else None

    def enter(self, credentials: Credentials, headers: Mapping[str, str], address: str) -> Who:
        """Say who is asking by the password; Refusal when nobody is proved. May take a tenth of a second: not for the event loop."""
        if self._readers is not None and credentials.password:
            name = self._readers.by_password(credentials.user, credentials.password)
            if name:
                return Who(name, claimed(headers), self._limits)
        self._count(_network_of(address))
        if not (credentials.user or credentials.token):
            raise Refusal(194, "default: Authentication failed: password is required: give user and password, or a token")
        raise Refusal(
            516, f"{credentials.user or 'token'}: Authentication failed: password is incorrect, or there is no user with such name."
        )

    def _open(self, credentials: Credentials, headers: Mapping[str, str]) -> Who:
        """Let everybody in who is on this machine; a page in a browser is not, whatever name it gave the address."""
        host = headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name and not is_loopback(name):
            raise Refusal(
                516, f"{credentials.user or 'default'}: Authentication failed: there are no readers, so only this machine is answered"
            )
        return Who("", claimed(headers) or credentials.user[:LONGEST_CLAIM], self._limits)

    def _count(self, network: str) -> None:
        count, since = self._failures.get(network, (0, 0.0))
        now = time.monotonic()
        if len(self._failures) >= MOST_ADDRESSES:
            self._failures.clear()
        self._failures[network] = (count + 1, since) if now - since < WINDOW_SECONDS else (1, now)


def _network_of(address: str) -> str:
    """Give what one client can choose its address from: a /64 of IPv6, the address itself of IPv4."""
    try:
        return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


def claimed(headers: Mapping[str, str]) -> str:
    """Find for whom a client says it asks: the user of Grafana, in its header or in the user agent."""
    match = _GRAFANA_USER.search(headers.get("user-agent", ""))
    return (headers.get("x-grafana-user", "") or (match[1] if match else ""))[:LONGEST_CLAIM]
