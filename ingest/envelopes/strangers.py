"""Say in words what a record is that is no audit event, so that `rejected` reads like an explanation."""

import re

from auditradar.ingest.envelopes.pieces import Json

BINARY = "binary data, not text"

_TEXTS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a Linux auditd record, not a Kubernetes audit event", re.compile(rb"(?:node=\S+ )?type=[A-Z_0-9]+ msg=audit\(")),
    ("an OVN access control (ACL) record, not an audit event", re.compile(rb"\S+Z?\|\d+\|acl_log\(")),
    ("a klog line of a component, not an audit event", re.compile(rb"[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ ")),
    (
        "a line of the EKS authenticator that records no decision",
        re.compile(rb'time="[^"]*" level=\w+ msg="[^"]*" ?.*\b(?:arn|client|path=/authenticate)\b'),
    ),
    ("a line of Dex that records no login", re.compile(rb'(?:time=\S+ )?level=\w+ msg="[^"]*(?:login|connector)', re.IGNORECASE)),
    ("a line of Keycloak in a form of its own", re.compile(rb'.{0,200}\btype="?[A-Z_]+"?, realm(?:Id|Name)=')),
    ("a HAProxy connection line in a form of its own", re.compile(rb"(?:\S+ ){0,8}[0-9a-fA-F.:]+:\d+ \[\d\d/\w{3}/\d{4}:")),
    ("an HTTP access line in a form of its own", re.compile(rb'\S+ \S+ .{1,80}\[\d\d/\w{3}/\d{4}:[^\]]*\] "')),
    ("a logfmt line of a component, not an audit event", re.compile(rb"(?:time|ts|level|msg)=\S+ .*\b(?:level|msg)=")),
)
_REACH = 4096


def reason_for_text(text: bytes) -> str:
    """Say what a line is that is neither JSON nor in a known envelope."""
    head = text[:_REACH]
    for reason, pattern in _TEXTS:
        if pattern.match(head):
            return reason
    if _is_binary(head):
        return BINARY
    return "a line of text, not an audit event"


def _is_binary(head: bytes) -> bool:
    """Tell bytes that no text log contains from text, also text in another encoding than UTF-8."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    broken = head.decode("utf-8", "replace").count("\ufffd")
    return (control + broken) * 10 > len(head)


def reason_for_object(record: Json) -> str:
    """Say what a JSON object is that is neither an event nor a known envelope."""
    for reason, applies in (
        ("a record of Rancher's own audit log, not a Kubernetes audit event", _is_rancher(record)),
        ("an Azure activity record, not a Kubernetes audit event", "operationName" in record and "category" in record),
        ("a line of Dex that records no login", "connector_id" in record or ("msg" in record and "login" in str(record.get("msg")))),
        ("a CloudTrail record, not a Kubernetes audit event", "eventSource" in record and "eventName" in record),
    ):
        if applies:
            return reason
    message = record.get("message", record.get("msg"))
    if isinstance(message, str) and (inner := reason_for_text(message.encode("utf-8", "replace"))) != "a line of text, not an audit event":
        return inner
    kind = record.get("kind")
    named = f" of kind {kind[:60]}" if isinstance(kind, str) else ""
    return f"not an audit event: a JSON object{named} with no auditID, verb or requestURI, in no known envelope"


def _is_rancher(record: Json) -> bool:
    return (
        "method" in record
        and "requestURI" in record
        and ("requestTimestamp" in record or "responseCode" in record or "remoteAddr" in record)
    )


def reason_for_value(value: object) -> str:
    """Say what a JSON value is that is no object."""
    names = {
        str: "a JSON string",
        bool: "a JSON boolean",
        int: "a JSON number",
        float: "a JSON number",
        type(None): "a JSON null",
        list: "an empty JSON array",
    }
    return f"not an audit event: {names.get(type(value), 'a JSON value')}"
