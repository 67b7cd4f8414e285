"""Lines of identity providers and proxies: the same record through every wrapping, beside audit events, whatever the bytes."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditradar.ingest.envelopes.framing import decode, open_framer
from auditradar.ingest.envelopes.pieces import Event, Excluded, Rejected
from auditradar.ingest.envelopes.programs import read_line, read_object
from auditradar.ingest.envelopes.programs.records import Access, Identity
from auditradar.ingest.envelopes.records import Decoded, DecodeOptions

FIXTURES = Path(__file__).parents[2] / "fixtures"
FOLDERS = ("dex", "eks-authenticator", "haproxy", "keycloak", "nginx", "syslog")
LINES = sorted(
    line
    for folder in FOLDERS
    for path in (FIXTURES / folder).iterdir()
    if path.suffix in {".log", ".jsonl"}
    for line in path.read_bytes().splitlines()
)
AUDIT = (
    b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"5a5b7c6e-1c1a-4a53-a5a3-2f4a8a2d1c11",'
    b'"stage":"ResponseComplete","requestURI":"/version","verb":"get","user":{"username":"alice"},'
    b'"requestReceivedTimestamp":"2026-01-05T10:00:00.000000Z","stageTimestamp":"2026-01-05T10:00:00.000000Z"}'
)
FIELDS = {"identity": set(Identity.__dataclass_fields__), "access": set(Access.__dataclass_fields__)}


def through(data: bytes) -> Decoded:
    framer = open_framer([data], DecodeOptions())
    run = framer.peek(1 << 25)
    assert run is not None
    return decode(run, DecodeOptions())


def kinds(result: Decoded) -> list[str]:
    return [result.notes[index].kind if index in result.notes else "event" for index in range(len(result.records))]


WRAPPINGS: dict[str, Any] = {
    "cri": lambda text: b"2026-01-05T10:00:01.123456789Z stdout F " + text.encode(),
    "kubectl logs --timestamps": lambda text: b"2026-01-05T10:00:01.123456789Z " + text.encode(),
    "docker": lambda text: orjson.dumps({"log": text + "\n", "stream": "stdout", "time": "2026-01-05T10:00:01.1Z"}),
    "fluent-bit": lambda text: orjson.dumps({"date": 1767607260.5, "log": text, "kubernetes": {"pod_name": "p"}}),
    "journald": lambda text: orjson.dumps({"MESSAGE": text, "__REALTIME_TIMESTAMP": "1767607260000000"}),
    "vector": lambda text: orjson.dumps({"message": text, "timestamp": "2026-01-05T10:00:01Z", "source_type": "kubernetes_logs"}),
    "viaq": lambda text: orjson.dumps(
        {"@timestamp": "2026-01-05T10:00:01Z", "message": text, "log_type": "infrastructure", "hostname": "n", "kubernetes": {}}
    ),
    "cloudwatch": lambda text: orjson.dumps(
        {
            "messageType": "DATA_MESSAGE",
            "logGroup": "g",
            "logStream": "s",
            "logEvents": [{"id": "1", "timestamp": 1767607260000, "message": text}],
        }
    ),
    "firehose": lambda text: orjson.dumps(
        {
            "data": base64.b64encode(
                gzip.compress(orjson.dumps({"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "timestamp": 1, "message": text}]}))
            ).decode()
        }
    ),
    "otlp": lambda text: orjson.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [{"body": {"stringValue": text}}]}]}]}),
    "syslog": lambda text: b"<134>1 2026-01-05T10:00:01Z h app 1 - - " + text.encode(),
}
BARE = [line for line in LINES if line[:1] not in b'<{"' and isinstance(read_line(line, ""), Event)]


@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_line_means_the_same_in_every_wrapping(name: str) -> None:
    assert len(BARE) > 20
    for line in BARE:
        alone, wrapped = through(line + b"\n"), through(WRAPPINGS[name](line.decode()) + b"\n")
        assert wrapped.records == alone.records, line
        assert wrapped.notes == alone.notes


def test_every_field_is_there_in_every_record_and_the_line_is_kept() -> None:
    seen = set()
    for line in LINES:
        result = through(line + b"\n")
        for record, kind in zip(result.records, kinds(result), strict=True):
            if kind in FIELDS:
                seen.add(kind)
                found = orjson.loads(record)
                assert set(found) == FIELDS[kind]
                assert found["line"]
                assert len(found["at"]) == len("2026-01-05T10:00:01.123456Z")
    assert seen == set(FIELDS)


def test_lines_stand_among_audit_events_in_one_file() -> None:
    data = b"\n".join(part for line in BARE for part in (AUDIT, line)) + b"\n"
    result = through(data)
    assert kinds(result)[::2] == ["event"] * len(BARE)
    assert set(kinds(result)[1::2]) == {"identity", "access"}
    assert list(result.positions) == list(range(1, 2 * len(BARE) + 1))
    assert result.records[::2] == [AUDIT] * len(BARE)


def test_a_time_without_a_date_takes_the_moment_of_its_wrapping_and_is_refused_without_one() -> None:
    line = b"20:03:42,204 WARN  [org.keycloak.events] (task) type=LOGIN_ERROR, realmId=r, clientId=c, userId=null, error=x"
    wrapped = through(WRAPPINGS["cri"](line.decode()) + b"\n")
    assert orjson.loads(wrapped.records[0])["at"] == "2026-01-05T10:00:01.123456Z"
    alone = through(line + b"\n")
    assert kinds(alone) == ["rejected"]
    assert "no date" in alone.notes[0].reason


HTTPLOG = b"192.0.2.1:5 [05/Jan/2026:10:00:00.000] fe_sni~ be_secure:a:b/s 0/0/0/3/3 303 9"
KEYCLOAK = b'2026-01-05 10:00:00,000 TRACE [org.keycloak.events] (e) type="LOGIN", realmId="r"'
SECRETS = {
    b'192.0.2.1 - - [05/Jan/2026:10:00:00 +0000] "GET /cb?code=TOPSECRET&state=TOPSECRET HTTP/1.1" 302 1 "-" "curl"': "uri-token",
    b'192.0.2.1 - - [05/Jan/2026:10:00:00 +0000] "GET /x?then=%2Fy%3Faccess_token%3DTOPSECRET HTTP/1.1" 302 1 "-" "curl"': "uri-token",
    b'192.0.2.1 - - [05/Jan/2026:10:00:00 +0000] "GET /x?session_code=TOPSECRET HTTP/1.1" 302 1 "-" "curl"': "uri-token",
    b'192.0.2.1 - - [05/Jan/2026:10:00:00 +0000] "GET /x?SAMLResponse=TOPSECRET HTTP/1.1" 302 1 "-" "curl"': "uri-token",
    HTTPLOG + b' SID=TOPSECRET - --VN 2/5/0/0/0 0/0 "GET / HTTP/1.1"': "credential-header",
    HTTPLOG + b' - - --VN 2/5/0/0/0 0/0 {Basic TOPSECRET42} "G / HTTP/1.1"': "credential-header",
    KEYCLOAK + b', redirect_uri="https://a/cb?code=TOPSECRET"': "uri-token",
    KEYCLOAK + b", cookies=[A=TOPSECRET, B=TOPSECRET]": "credential-header",
}


@pytest.mark.parametrize("line", SECRETS, ids=range(len(SECRETS)))
def test_no_secret_of_a_line_is_kept_and_the_rule_is_named(line: bytes) -> None:
    for data in (line, orjson.dumps({"log": line.decode()})):
        result = through(data + b"\n")
        assert kinds(result) in (["identity"], ["access"])
        assert b"TOPSECRET" not in result.records[0]
        assert SECRETS[line] in result.notes[0].redacted


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LINES), st.data())
def test_mutated_lines_never_raise_and_never_vanish(line: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(at, min(len(line), at + 30)))
    new = data.draw(
        st.binary(max_size=6) | st.sampled_from([b'"', b"\\", b"\\x", b"\\u00", b"=", b", ", b"[", b"99999999999999999999999", b"\xff"])
    )
    mutated = (line[:at] + new + line[end:]).replace(b"\n", b" ")
    result = through(AUDIT + b"\n" + mutated + b"\n" + AUDIT + b"\n")
    assert len(result.records) + result.excluded >= 2 + bool(mutated.strip(b"\xef\xbb\xbf \t\r\0"))
    assert len(result.records) == len(result.positions)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    for line in (
        text.encode("utf-8", "replace"),
        b'time=2026-01-05T10:00:00Z level=INFO msg="login successful" connector_id=' + text.encode("utf-8", "replace"),
    ):
        assert isinstance(read_line(line, ""), Event | Rejected | Excluded | None)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "time",
        "level",
        "msg",
        "connector_id",
        "user",
        "groups",
        "email",
        "client",
        "path",
        "arn",
        "log.logger",
        "loggerName",
        "message",
        "@timestamp",
    ]
)
WORDS = st.sampled_from(
    ["login successful", "access granted", "/authenticate", "org.keycloak.events", 'type="LOGIN", realmId="x"', "2026-01-05T10:00:00Z"]
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, WORDS | VALUES, max_size=9))
def test_any_object_is_read_or_left_alone(record: dict[str, Any]) -> None:
    found = read_object(json.loads(json.dumps(record)), "")
    if isinstance(found, Event):
        assert set(orjson.loads(found.record)) == FIELDS["identity"]
