"""Read nginx's access log: combined, with X-Forwarded-For behind it, and ingress-nginx's upstreaminfo.

Sources: nginx.org ngx_http_log_module; kubernetes/ingress-nginx docs, user-guide/nginx-configuration/log-format. nginx writes a line when
the request ends, in whole seconds: the record covers the whole second, and the request's duration before it where the line gives one.
"""

import re

from auditradar.ingest.envelopes.pieces import Event, Rejected
from auditradar.ingest.envelopes.programs.records import Access, access, access_moment, address, addresses, endpoint, later, number

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    r"(?:^|.*? nginx(?:\[\d+\])?: )(?P<ip>\S+) (?:\S+) .{0,256}?\[(?P<at>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<code>\d{3}) (?P<bytes>\d+|-)(?P<tail>(?: .*)?)\Z',
    re.DOTALL,
)
_AGENT = re.compile(rf" {_TEXT} {_TEXT}(?: {_TEXT})?")
# req_len req_time [upstream name] [alternative name] address(es) ...; the alternative name came with 0.17.
_UPSTREAM = re.compile(r" \d+ (?P<took>\d+\.\d{3}) \[(?P<name>[^\]]*)\](?: \[[^\]]*\])? (?P<addr>[^\s,]+(?:(?:,| :) [^\s,]+)*) ")
_REQUEST = re.compile(r"(?P<method>[A-Z]+) (?P<uri>\S*)")
_SECOND = 1_000_000


def read_line(text: str, at: str) -> Event | Rejected | None:
    """Give the request a line records; `at` is not needed."""
    del at
    found = _LINE.match(text)
    if found is None:
        return None
    agent = _AGENT.match(found["tail"])
    upstream = _UPSTREAM.match(found["tail"], agent.end()) if agent else None
    written = access_moment(found["at"])
    ip, port = endpoint(_last(upstream["addr"])) if upstream else ("", 0)
    request = _REQUEST.match(found["request"])
    return access(
        Access(
            system="ingress-nginx" if upstream else "nginx",
            at=later(written, -_microseconds(upstream["took"])) if upstream else written,
            ended_at=later(written, _SECOND - 1),
            client_ip=address(found["ip"]),
            forwarded_for=addresses(agent[3]) if agent and agent[3] else (),
            backend=upstream["name"] if upstream else "",
            server=_last(upstream["addr"]).removeprefix("-") if upstream else "",
            server_ip=ip,
            server_port=port,
            method=request["method"] if request else "",
            uri=request["uri"] if request else "",
            code=number(found["code"], 999),
            user_agent="" if not agent or agent[2] == "-" else agent[2],
            bytes=number(found["bytes"]),
            line=text,
        )
    )


def _last(servers: str) -> str:
    """Give the last of the servers that were tried: the one that answered."""
    return re.split(r"(?:,| :) ", servers)[-1]


def _microseconds(seconds: str) -> int:
    whole, _, part = seconds.partition(".")
    return number(whole) * _SECOND + number(part.ljust(6, "0")[:6])
