"""Read HAProxy's tcplog and httplog, as the OpenShift router writes them, with or without a syslog prefix.

Sources: HAProxy configuration manual, 8.2.2 and 8.2.3; openshift/router images/router/haproxy/conf/haproxy-config.template. The time in
brackets is the pod's local time without an offset and is taken as UTC. A line is written when its connection or request ends.
"""

import re

from auditradar.ingest.envelopes.pieces import Event, Excluded, Rejected
from auditradar.ingest.envelopes.programs.records import Access, access, access_moment, address, addresses, endpoint, later, number

_START = re.compile(
    r"(?:^|[\s:])\[?(?P<ip>[0-9a-fA-F.:]+)\]?:(?P<port>\d{1,5}) \[(?P<at>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] "
    r"(?P<frontend>\S+) (?P<backend>[^\s/]+)/(?P<server>\S+) "
)
_TCP = re.compile(r"(?P<times>-?\d+/-?\d+/\+?\d+) (?P<bytes>\+?\d+) (?P<state>\S{2}) [\d/+]+ \d+/\d+")
_HTTP = re.compile(
    r"(?P<times>-?\d+/-?\d+/-?\d+/-?\d+/\+?-?\d+) (?P<code>-?\d+) (?P<bytes>\+?\d+) (?P<request_cookie>\S+) (?P<response_cookie>\S+) "
    r"\S{4} [\d/+]+ \d+/\d+(?P<captured>(?: \{[^}]*\}){0,2}) \"(?P<request>(?:[^\"\\]|\\.)*)"
)
_REQUEST = re.compile(r"(?P<method>[A-Z]+) (?P<uri>\S*)")
_CAPTURED = re.compile(r"\{([^}]*)\}")
_COOKIE = re.compile(r"(=)[^\s;|]+")
_ENDPOINT = re.compile(r"(?:^|:)(\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5})\Z")
# Where the address of an OpenShift endpoint begins: pod:<name>:<service>:<port name>:<address>:<port>, the port name optional.
_ENDPOINT_FIELDS = (4, 3)
# HAProxy's words about itself: start, reload, health of servers.
_OWN = re.compile(
    r"(?:^|.*\bhaproxy\[\d+\]: )(?:\[(?:NOTICE|WARNING|ALERT|INFO)\]\s|Proxy \S+ (?:started|stopped)|Stopping (?:proxy|frontend|backend) |"
    r"(?:Backup )?Server \S+/\S+ (?:is|was|has) |Health check for |backend \S+ has no server|Connect from )"
)
_MILLISECOND = 1000


def read_line(text: str, at: str) -> Event | Rejected | Excluded | None:
    """Give the connection or the request a line records; `at` is not needed."""
    del at
    start = _START.search(text)
    if start is None:
        return Excluded() if _OWN.match(text) else None
    http = _HTTP.match(text, start.end())
    tcp = None if http else _TCP.match(text, start.end())
    if http:
        return _http(start, http, text)
    return _tcp(start, tcp, text) if tcp else Rejected("a HAProxy line in a format of its own: neither tcplog nor httplog")


def _tcp(start: re.Match[str], rest: re.Match[str], text: str) -> Event | Rejected:
    ip, port = server_of(start["server"])
    accepted = access_moment(start["at"])
    return access(
        Access(
            system="haproxy-tcp",
            at=accepted,
            ended_at=_ended(accepted, rest["times"]),
            client_ip=address(start["ip"]),
            client_port=number(start["port"], 65535),
            frontend=start["frontend"].rstrip("~"),
            backend=start["backend"],
            server=start["server"],
            server_ip=ip,
            server_port=port,
            bytes=number(rest["bytes"].lstrip("+")),
            line=text,
        )
    )


def _http(start: re.Match[str], rest: re.Match[str], text: str) -> Event | Rejected:
    ip, port = server_of(start["server"])
    accepted = access_moment(start["at"])
    request = _REQUEST.match(rest["request"])
    shown = _without_cookies(text, rest)
    return access(
        Access(
            system="haproxy-http",
            at=accepted,
            ended_at=_ended(accepted, rest["times"]),
            client_ip=address(start["ip"]),
            client_port=number(start["port"], 65535),
            forwarded_for=_forwarded(rest["captured"]),
            frontend=start["frontend"].rstrip("~"),
            backend=start["backend"],
            server=start["server"],
            server_ip=ip,
            server_port=port,
            method=request["method"] if request else "",
            uri=request["uri"] if request else "",
            code=number(rest["code"], 999),
            bytes=number(rest["bytes"].lstrip("+")),
            line=shown,
        ),
        cookies=shown != text,
    )


def server_of(name: str) -> tuple[str, int]:
    """Give address and port of a server that is named by its endpoint, as OpenShift names them."""
    found = _ENDPOINT.search(name)
    if found:
        return endpoint(found[1])
    parts = name.split(":")
    for first in _ENDPOINT_FIELDS:
        host = ":".join(parts[first:-1])
        if parts[0] == "pod" and ":" in host and address(f"[{host}]"):
            return address(f"[{host}]"), number(parts[-1], 65535)
    return "", 0


def _ended(accepted: str, times: str) -> str:
    """Add the last of the timers, which is the whole time in milliseconds."""
    return later(accepted, number(times.rpartition("/")[2].lstrip("+")) * _MILLISECOND) if accepted else ""


def _forwarded(captured: str) -> tuple[str, ...]:
    """Find the captured header that is a list of addresses: which headers were captured, the line does not say."""
    for block in _CAPTURED.findall(captured):
        for value in block.split("|"):
            entries = addresses(value)
            if entries and all(address(entry) for entry in entries):
                return entries
    return ()


def _without_cookies(text: str, rest: re.Match[str]) -> str:
    """Hide the values of captured cookies: they are sessions."""
    first, last = rest.start("request_cookie"), rest.end("response_cookie")
    return text[:first] + _COOKIE.sub(r"\1[redacted]", text[first:last]) + text[last:]
