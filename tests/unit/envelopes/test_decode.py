"""Whatever comes in: no exception, no lost record; every envelope gives canonical events; strangers are named."""

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
from auditradar.ingest.envelopes.records import Decoded, DecodeOptions
from auditradar.ingest.envelopes.unwrap import ENVELOPES

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAMPLES = sorted(path for path in FIXTURES.glob("*/*") if path.with_name(path.name + "-expected.json").exists())
MODULES = Path(__file__).parents[3] / "ingest" / "envelopes"

EVENT: dict[str, Any] = {
    "kind": "Event",
    "apiVersion": "audit.k8s.io/v1",
    "level": "Metadata",
    "auditID": "5a5b7c6e-1c1a-4a53-a5a3-2f4a8a2d1c11",
    "stage": "ResponseComplete",
    "requestURI": "/api/v1/namespaces/default/pods?watch=1",
    "verb": "list",
    "user": {"username": "jane", "groups": ["system:authenticated"]},
    "sourceIPs": ["10.0.0.1"],
    "userAgent": "kubectl/v1.34.1",
    "objectRef": {"resource": "pods", "namespace": "default", "apiVersion": "v1"},
    "responseStatus": {"metadata": {}, "code": 200},
    "requestReceivedTimestamp": "2026-01-05T10:00:00.000000Z",
    "stageTimestamp": "2026-01-05T10:00:00.100000Z",
}
LINE = orjson.dumps(EVENT)
TEXT = LINE.decode()


def through(data: bytes, **given_options: Any) -> Decoded:
    options = DecodeOptions(**given_options)
    framer = open_framer([data], options)
    whole = Decoded(positions=[])
    positions: list[int] = []
    while (run := framer.peek(1 << 25)) is not None:
        part = decode(run, options)
        assert len(part.records) == len(part.positions)
        whole.notes |= {len(whole.records) + index: note for index, note in part.notes.items()}
        whole.records += part.records
        whole.excluded += part.excluded
        positions += part.positions
        framer.consume(len(run.data))
    whole.positions = positions
    return whole


def outcome(data: bytes) -> list[Any]:
    """Return what a sample's expectation holds: events as they are, rejections as their reason."""
    result = through(data)
    found: list[Any] = []
    for index, record in enumerate(result.records):
        note = result.notes.get(index)
        if note is not None and note.kind == "rejected":
            found.append({"rejected": note.reason})
        else:
            kind = note.kind if note else "event"
            found.append({kind: orjson.loads(record)} | ({"component": note.component} if note and note.component else {}))
    return [*found, *[{"excluded": result.excluded}][: result.excluded]]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_decodes_to_what_lies_beside_it(sample: Path) -> None:
    expected = json.loads(sample.with_name(sample.name + "-expected.json").read_text())
    assert expected
    assert outcome(sample.read_bytes()) == expected


def test_every_envelope_has_a_module_and_every_module_of_an_envelope_a_name() -> None:
    wrapping = {path.stem.replace("_", "-") for path in MODULES.glob("*.py") if "def unwrap" in path.read_text()} - {"unwrap"}
    assert wrapping == set(ENVELOPES)


def test_there_are_samples() -> None:
    assert len(SAMPLES) > 20


def wrapped(value: Any) -> bytes:
    return orjson.dumps(value)


def zipped(value: Any) -> str:
    return base64.b64encode(gzip.compress(orjson.dumps(value))).decode()


LOG_EVENTS = {
    "messageType": "DATA_MESSAGE",
    "logStream": "kube-apiserver-audit-1",
    "logEvents": [{"id": "1", "timestamp": 1, "message": TEXT}],
}
WRAPPED: dict[str, bytes] = {
    "plain": LINE,
    "byte order mark": b"\xef\xbb\xbf" + LINE,
    "carriage return": LINE + b"\r",
    "zeros": b"\0\0\0" + LINE + b"\0",
    "node-logs": b"ip-10-0-1-2.ec2.internal " + LINE,
    "cri": b"2026-01-05T10:00:00.123456789Z stdout F " + LINE,
    "cri partial": b"2026-01-05T10:00:00.1Z stdout P " + LINE[:99] + b"\n2026-01-05T10:00:00.2Z stdout F " + LINE[99:],
    "node and cri": b"node-1 2026-01-05T10:00:00.1Z stdout F " + LINE,
    "list": wrapped({"kind": "EventList", "apiVersion": "audit.k8s.io/v1", "metadata": {}, "items": [EVENT]}),
    "array": wrapped([EVENT]),
    "records": wrapped({"records": [EVENT]}),
    "old api version": wrapped(EVENT | {"apiVersion": "audit.k8s.io/v1beta1"}),
    "no kind": wrapped({key: value for key, value in EVENT.items() if key not in {"kind", "apiVersion"}}),
    "spaces": json.dumps(EVENT).encode(),
    "pretty": json.dumps(EVENT, indent=1).encode(),
    "cloudwatch": wrapped(LOG_EVENTS),
    "cloudwatch lambda": wrapped({"awslogs": {"data": zipped(LOG_EVENTS)}}),
    "cloudwatch kinesis": wrapped({"Records": [{"kinesis": {"data": zipped(LOG_EVENTS)}, "eventID": "x"}]}),
    "cloudwatch firehose": wrapped({"requestId": "1", "timestamp": 1, "records": [{"data": zipped(LOG_EVENTS)}]}),
    "cloudwatch get": wrapped({"timestamp": 1767607260004, "message": TEXT}),
    "cloudwatch output": json.dumps(
        {"events": [{"timestamp": 1, "message": TEXT, "ingestionTime": 1}], "nextForwardToken": "f/1"}, indent=4
    ).encode(),
    "cloudwatch export": b"2026-01-05T10:01:00.004Z " + LINE,
    "pubsub": wrapped({"message": {"data": base64.b64encode(LINE).decode(), "messageId": "1"}, "subscription": "s"}),
    "aks": wrapped({"category": "kube-audit", "properties": {"log": TEXT + "\n", "stream": "stdout"}}),
    "aks object": wrapped({"records": [{"category": "kube-audit", "properties": {"log": EVENT}}]}),
    "fluent bit text": wrapped({"date": 1767607260.5, "log": TEXT}),
    "fluent bit keys": wrapped({"date": 1767607260.5} | EVENT),
    "vector": wrapped(
        {"message": TEXT, "file": "/var/log/audit.log", "host": "a", "source_type": "file", "timestamp": "2026-01-05T10:00:01Z"}
    ),
    "journald": wrapped({"MESSAGE": TEXT, "_HOSTNAME": "a", "__REALTIME_TIMESTAMP": "1767607260000000"}),
    "journald bytes": wrapped({"MESSAGE": list(LINE)}),
    "otlp": wrapped({"resourceLogs": [{"resource": {}, "scopeLogs": [{"logRecords": [{"body": {"stringValue": TEXT}}]}]}]}),
    "viaq": wrapped(
        EVENT
        | {"@timestamp": "x", "level": "default", "k8s_audit_level": "Metadata", "log_type": "audit", "hostname": "n", "openshift": {}}
    ),
    "viaq array": wrapped([EVENT | {"level": "default", "openshift_audit_level": "Metadata", "log_type": "audit"}]),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_the_event_comes_out_of_every_wrapping_as_it_was(name: str) -> None:
    result = through(WRAPPED[name] + b"\n")
    assert [orjson.loads(record) for record in result.records] == [EVENT]
    assert all(note.kind == "event" for note in result.notes.values())


@pytest.mark.parametrize("name", ["plain", "node-logs", "cri", "cri partial", "list", "carriage return", "byte order mark"])
def test_canonical_bytes_stay_the_same_bytes(name: str) -> None:
    assert through(WRAPPED[name] + b"\n").records == [LINE]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_forced_envelope_takes_its_own_and_rejects_others(envelope: str) -> None:
    own = {"aks-tables", "event", "event-list", "fluent-bit", "gke", "legacy"} - {envelope}
    result = through((WRAPPED.get(envelope) or LINE) + b"\n" + b'{"foo":1}\n', envelope=envelope)
    assert len(result.records) == 2
    assert result.notes[1].kind == "rejected"
    assert envelope in own or 0 not in result.notes or result.notes[0].kind in {"event", "rejected"}


STRANGERS = {
    "Linux auditd": b"type=PROCTITLE msg=audit(1719931655.027:2401): proctitle=2F7573",
    "OVN": b"2025-04-01T14:06:06.626226879Z|00004|acl_log(ovn_pinctrl0)|INFO|name=verify, verdict=drop",
    "klog": b"I0105 10:00:00.000000       1 controller.go:10] started",
    "Rancher": b'{"auditID":"a","requestURI":"/v3/users","user":{"name":"u"},"method":"GET","remoteAddr":"1.2.3.4:5","stage":"x"}',
    "Azure activity": b'{"operationName":"MICROSOFT.X/WRITE","category":"Administrative","time":"2025-12-22T10:30:00Z"}',
    "EKS authenticator": b'time="2026-01-05T10:00:00Z" level=error msg="unexpected request method" client="127.0.0.1:1" path=/authenticate',
    "Dex": b'time="2026-01-05T10:00:00Z" level=info msg="the connector was thinking"',
    "login line of keycloak without a moment": b"10:00:00,000 WARN  [org.keycloak.events] (task) type=LOGIN_ERROR, realmId=x",
    "HAProxy": b"192.0.2.1:51000 [14/Jun/2023:13:33:29.574] public_ssl be_tcp:x/pod custom",
    "HTTP access": b'192.0.2.1 - jane [05/Jan/2026:10:00:00 +0000] "GET /login HTTP/1.1" OK',
    "CloudTrail": b'{"eventSource":"eks.amazonaws.com","eventName":"CreateCluster","eventTime":"2026-01-05T10:00:00Z"}',
    "Google Cloud": b'{"protoPayload":{"serviceName":"compute.googleapis.com","methodName":"compute.instances.list"}}',
    "no auditID": b'{"hello":"world"}',
    "of kind Pod": b'{"kind":"Pod","apiVersion":"v1","metadata":{}}',
    "JSON string": b'"text"',
    "JSON number": b"42",
    "JSON null": b"null",
    "not valid JSON": b'{"kind":"Event",}',
    "truncated JSON": b'{"kind":"Event","auditID":"x',
    "binary": bytes(range(256)).replace(b"\n", b""),
    "a line of text": b"hello world",
    "without a timestamp": b'{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"a","stage":"Panic","verb":"get","requestURI":"/"}',
    "truncated by CloudWatch": b'{"logEvents":[{"id":"1","message":"{\\"kind\\":[Truncated...]"}]}',
    "empty JSON array": b"[]",
}


@pytest.mark.parametrize("said", STRANGERS)
def test_a_stranger_is_rejected_for_what_it_is(said: str) -> None:
    for data in (STRANGERS[said] + b"\n", LINE + b"\n" + STRANGERS[said] + b"\n" + LINE + b"\n"):
        result = through(data)
        notes = [note for note in result.notes.values() if note.kind == "rejected"]
        assert [said in note.reason for note in notes] == [True], notes


def test_a_stranger_inside_an_envelope_is_named_too() -> None:
    for text in ("type=BPF msg=audit(1719849199.623:5654): prog-id=2286 op=LOAD", "I0105 10:00:00.000000 1 a.go:1] x"):
        for value in ({"log_type": "audit", "message": text}, {"date": 1, "log": text}, {"properties": {"log": text}}, {"message": text}):
            note = through(wrapped(value) + b"\n").notes[0]
            assert "auditd" in note.reason or "klog" in note.reason


def test_control_messages_are_counted_not_kept() -> None:
    message = {
        "messageType": "CONTROL_MESSAGE",
        "logEvents": [{"id": "", "timestamp": 1, "message": "CWL CONTROL MESSAGE: Checking health"}],
    }
    for data in (wrapped(message) + b"\n", json.dumps(message, indent=2).encode()):
        result = through(data)
        assert (result.records, result.excluded) == ([], 1)


def test_a_broken_element_of_a_one_line_array_among_lines_costs_no_other() -> None:
    result = through(LINE + b"\n[" + LINE + b',{"a":x},' + LINE + b"]\n" + LINE + b"\n")
    assert result.positions == [1, 2, 2, 2, 3]
    assert {index: note.reason for index, note in result.notes.items()} == {2: "not valid JSON"}
    assert result.records[2] == b'{"a":x}'


def test_bad_utf8_and_lone_surrogates_become_replacement_characters() -> None:
    bad = LINE.replace(b"jane", b"ja\xffne")
    for data in (bad + b"\n", LINE + b"\n" + bad + b"\n", bad):
        assert orjson.loads(through(data).records[-1])["user"]["username"] == "ja\ufffdne"
    spaced = json.dumps(EVENT).encode().replace(b"jane", rb"ja\ud800ne \ud83d\ude00")
    assert orjson.loads(through(spaced + b"\n").records[0])["user"]["username"] == "ja\ufffdne \U0001f600"


def test_the_form_of_2017_gives_both_timestamps_and_keeps_its_own() -> None:
    old = {key: value for key, value in EVENT.items() if "Timestamp" not in key}
    old |= {"timestamp": "2017-09-11T19:55:05Z", "metadata": {"creationTimestamp": "2017-09-11T19:55:05Z"}}
    found = orjson.loads(through(wrapped(old) + b"\n").records[0])
    assert found == old | {"requestReceivedTimestamp": "2017-09-11T19:55:05.000000Z", "stageTimestamp": "2017-09-11T19:55:05.000000Z"}


def test_an_event_without_stage_or_id_gets_the_same_ones_every_time() -> None:
    partial = {key: value for key, value in EVENT.items() if key not in {"stage", "auditID", "level"}}
    shuffled = dict(reversed(partial.items()))
    first, second = (orjson.loads(through(wrapped(value) + b"\n").records[0]) for value in (partial, shuffled))
    assert first["auditID"] == second["auditID"] != ""
    assert (first["stage"], first["level"]) == ("ResponseComplete", "Metadata")
    stageless = {key: value for key, value in EVENT.items() if key != "stage"}
    assert orjson.loads(through(wrapped(stageless) + b"\n").records[0])["stage"] == "ResponseComplete"
    del partial["responseStatus"]
    assert orjson.loads(through(wrapped(partial) + b"\n").records[0])["stage"] == "RequestReceived"


def test_the_envelope_gives_the_time_an_event_lacks() -> None:
    timeless = {key: value for key, value in EVENT.items() if "Timestamp" not in key}
    for value in (
        {"time": "2024-03-20T10:00:00Z", "properties": {"log": timeless}},
        {"date": 1710928800.0, "log": orjson.dumps(timeless).decode()},
    ):
        found = orjson.loads(through(wrapped(value) + b"\n").records[0])
        assert found["requestReceivedTimestamp"] == "2024-03-20T10:00:00.000000Z"


def test_the_old_text_format_becomes_an_event() -> None:
    line = (
        b'2017-03-21T03:57:09.106841886-04:00 AUDIT: id="c939d2a7" stage="ResponseComplete" ip="127.0.0.1" method="get" user="admin" '
        b'groups="\\"system:masters\\",\\"system:authenticated\\"" as="<self>" asgroups="<lookup>" user-agent="kubectl/v1.8" '
        b'namespace="default" uri="/api/v1/namespaces/default/pods/x/log?follow=true" response="200"'
    )
    found = orjson.loads(through(line + b"\n").records[0])
    assert found["user"] == {"username": "admin", "groups": ["system:masters", "system:authenticated"]}
    assert found["requestReceivedTimestamp"] == "2017-03-21T07:57:09.106841Z"
    assert found["objectRef"] == {"resource": "pods", "namespace": "default", "name": "x", "subresource": "log", "apiVersion": "v1"}
    assert found["responseStatus"]["code"] == 200
    assert "impersonatedUser" not in found


def test_positions_are_a_range_on_the_fast_path() -> None:
    options = DecodeOptions()
    run = open_framer([(LINE + b"\n") * 3000], options).peek(1 << 25)
    assert run is not None
    assert decode(run, options).positions == range(1, 3001)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_and_every_record_has_its_place(data: bytes) -> None:
    result = through(data)
    assert len(result.positions) == len(result.records)
    assert all(0 <= index < len(result.records) for index in result.notes)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WRAPPED.values()) + sorted(STRANGERS.values())), st.data())
def test_mutated_records_never_raise_and_never_vanish(record: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(record)))
    end = data.draw(st.integers(at, min(len(record), at + 30)))
    new = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"{", b"}", b"[", b"]", b"\\", b",", b"null", b"1e999", b"\xff"]))
    mutated = record[:at] + new + record[end:]
    result = through(LINE + b"\n" + mutated + b"\n" + LINE + b"\n")
    kept = [record for record in result.records if record == LINE]
    assert len(kept) >= (1 if b"\n" in mutated or mutated[:1] in {b"{", b"["} else 2)
    if mutated.strip(b" \t\r\n\0"):
        assert len(result.records) + result.excluded >= 3 or mutated.strip(b"\xef\xbb\xbf \t\r\n\0") in {b"", LINE}


KEYS = """
kind apiVersion items records logEvents message log date MESSAGE properties protoPayload methodName serviceName data
resourceLogs scopeLogs logRecords body stringValue kvlistValue values awslogs log_type auditID verb requestURI
requestReceivedTimestamp timestamp metadata user objectRef responseStatus AuditId RequestUri status authorizationInfo
level stage annotations requestObject responseObject k8s_audit_level log_source resourceName labels insertId
"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=500, deadline=None)
@given(JSON)
def test_no_shape_of_json_raises_or_vanishes(value: Any) -> None:
    data = json.dumps(value).encode()
    result = through(data + b"\n")
    assert result.records or result.excluded
    for index, record in enumerate(result.records):
        if index not in result.notes or result.notes[index].kind == "event":
            assert orjson.loads(record)["auditID"]
