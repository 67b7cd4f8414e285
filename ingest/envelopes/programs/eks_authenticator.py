"""Read the decisions of the AWS IAM authenticator, which EKS sends to CloudWatch in the streams authenticator-*.

Source: kubernetes-sigs/aws-iam-authenticator pkg/server/server.go. One line is one validation of a token, not one login; `client` is
the API server beside it.
"""

import re
from typing import Any

import orjson

from auditradar.ingest.envelopes.pieces import Event, Excluded, Json, Rejected
from auditradar.ingest.envelopes.programs.logfmt import listed, pairs
from auditradar.ingest.envelopes.programs.records import Identity, address, identity, named, text_of
from auditradar.ingest.envelopes.timestamps import moment

_SYSTEM = "eks-authenticator"
_HINT = re.compile(r'level=\w+ msg="(?:access (?:granted|denied)|STS response|Calling ec2:|could not parse request body)')
_DENIED = "access denied"
# Said beside a decision that is logged too, and known by the path every request line carries.
_NOISE = ("STS response", "Calling ec2:")
_PATH = "/authenticate"


def read_line(text: str, at: str) -> Event | Rejected | Excluded | None:
    """Give the decision a line records."""
    if not _HINT.search(text):
        return None
    said: dict[str, Any] = dict(pairs(text))
    said["groups"] = listed(said.get("groups", ""))
    return _read(said, at, text)


def read_object(record: Json, at: str) -> Event | Rejected | Excluded | None:
    """Give the same of a JSON object (`--log-format json`)."""
    if record.get("path") != _PATH or not isinstance(record.get("msg"), str):
        return None
    return _read(record, at, orjson.dumps(record).decode())


def _read(said: dict[str, Any], at: str, line: str) -> Event | Rejected | Excluded | None:
    message = text_of(said.get("msg"))
    if message.startswith(_NOISE):
        return Excluded()
    granted = message == "access granted"
    if not granted and not message.startswith(_DENIED):
        return None
    arn, user, groups = text_of(said.get("arn")), text_of(said.get("username")), said.get("groups")
    return identity(
        Identity(
            system=_SYSTEM,
            type=message if granted else _DENIED,
            at=moment(said.get("time")) or moment(at),
            actor=user or arn,
            names=named(user, arn),
            client_ip=address(text_of(said.get("client"))),
            session=text_of(said.get("session")),
            credential_id=text_of(said.get("accesskeyid")),
            groups=tuple(text_of(group) for group in groups) if isinstance(groups, list | tuple) else (),
            error="" if granted else text_of(said.get("error")) or message.removeprefix(_DENIED).strip(),
            uid=text_of(said.get("uid")),
            line=line,
        )
    )
