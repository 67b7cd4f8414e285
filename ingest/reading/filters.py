"""Turn what people type as filters into the parameters of queries.

Names are compared whole; `*` stands for any text. Several values of one filter are alternatives, several filters narrow.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OUTCOMES = (
    "success",
    "unauthenticated",
    "forbidden",
    "not-found",
    "conflict",
    "invalid",
    "throttled",
    "client-error",
    "server-error",
    "in-progress",
)
"""What outcome_of() can say."""

CLASSES = ("bad-credential", "bad-password", "unknown-or-expired-token", "anonymous-denied", "iam-denied", "idp-denied", "idp-error")
"""Classes of failed attempts; design §3."""


@dataclass(frozen=True, slots=True)
class AddressRange:
    """Be a network as its lowest and highest address, both as IPv6 text, and as it was typed; empty for any address."""

    low: str = ""
    high: str = ""
    text: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """Give the range as query parameters."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Be what `events` was asked for; empty fields do not narrow."""

    cluster: Sequence[str] = ()
    actor: Sequence[str] = ()
    effective_user: Sequence[str] = ()
    verb: Sequence[str] = ()
    resource: Sequence[str] = ()
    namespace: Sequence[str] = ()
    name: Sequence[str] = ()
    outcome: Sequence[str] = ()
    client: Sequence[str] = ()
    audit_ids: Sequence[str] = ()
    batch_ids: Sequence[str] = ()
    address: AddressRange = AddressRange()
    text: str = ""
    raw_text: str = ""
    all_kinds: bool = False
    stages: bool = False
    raw: bool = False

    @property
    def everybody(self) -> bool:
        """Whether machines are shown: who names an actor or an audit id means exactly that."""
        return self.all_kinds or bool(self.actor or self.effective_user or self.audit_ids)

    @property
    def parameters(self) -> dict[str, object]:
        """Give the filter as query parameters."""
        named = {key: glob_pattern(getattr(self, key)) for key in ("cluster", "actor", "effective_user", "namespace", "name", "client")}
        listed = {key: glob_pattern(_apart(getattr(self, key))) for key in ("verb", "outcome")}
        narrow = any(named.values()) or any(listed.values()) or bool(self.audit_ids) or not self.everybody
        return {
            **named,
            **listed,
            **self.address.parameters,
            "resource": resource_pattern(_apart(self.resource)),
            "text": self.text,
            "raw_text": self.raw_text,
            "audit_ids": list(self.audit_ids),
            "batch_ids": list(self.batch_ids),
            "all_kinds": self.everybody,
            "preselect": narrow,
            "with_raw": self.raw,
        }


def glob_pattern(values: Iterable[str]) -> str:
    """Make one anchored regular expression (RE2) of names in which `*` stands for any text; empty for no names."""
    return _anchored(_escaped(value) for value in values if value)


def resource_pattern(values: Iterable[str]) -> str:
    """Match `pods` with or without a subresource, `pods/exec` exactly, `*/exec` for all resources."""
    return _anchored(_escaped(value) if "/" in value else f"{_escaped(value)}(?:/.*)?" for value in values if value)


def address_range(text: str) -> AddressRange:
    """Read an address or a network; ValueError for anything else."""
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is no address; write it like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32") from None
    return AddressRange(_as_ipv6(network.network_address), _as_ipv6(network.broadcast_address), text)


def _as_ipv6(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"::ffff:{address}" if address.version == 4 else str(address)


def _apart(values: Iterable[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _escaped(value: str) -> str:
    return ".*".join(re.escape(part) for part in value.split("*"))


def _anchored(alternatives: Iterable[str]) -> str:
    joined = "|".join(alternatives)
    return f"(?s)^(?:{joined})$" if joined else ""
