"""What senders send, and what they are answered, by a running process."""

import base64
import gzip
import hashlib
import itertools
import json
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from auditradar.ingest.serve.app import openapi
from auditradar.ingest.sources.compression import zstd
from tests.serve.conftest import TOKENS, Receiving
from tests.serve.events import PROGRAM, ask, event, event_list

numbers = itertools.count()


def names(count: int) -> list[str]:
    return [f"sent-{next(numbers)}" for _ in range(count)]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def subscription(some: list[str]) -> bytes:
    events = [{"id": str(number), "timestamp": 1767607260004, "message": event(name).decode()} for number, name in enumerate(some)]
    log = {"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "/aws/eks/c/cluster", "logStream": "kube-apiserver-audit-1"}
    return gzip.compress(json.dumps({**log, "subscriptionFilters": ["x"], "logEvents": events}).encode())


def joined(some: list[str], between: bytes = b"", around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    return around[0] + between.join(map(event, some)) + around[1]


def fluent(some: list[str]) -> list[bytes]:
    return [json.dumps({"date": 1767607260.5, "log": event(name).decode()}).encode() for name in some]


SHAPES = {
    "EventList of the webhook": (event_list, {}),
    "Vector array": (lambda some: joined(some, b",", (b"[", b"]")), {}),
    "Vector lines": (lambda some: joined(some, b"\n", (b"", b"\n")), {"Content_Type": "application/x-ndjson"}),
    "Vector message": (
        lambda some: json.dumps([{"message": event(name).decode(), "timestamp": "2026-01-05T10:00:00Z"} for name in some]).encode(),
        {},
    ),
    "Fluent Bit json": (lambda some: b"[" + b",".join(fluent(some)) + b"]", {}),
    "Fluent Bit json_lines": (lambda some: b"\n".join(fluent(some)) + b"\n", {}),
    "Fluent Bit json_stream": (lambda some: b"".join(fluent(some)), {}),
    "ClusterLogForwarder": (
        lambda some: json.dumps(
            [
                {**json.loads(event(name)), "log_type": "audit", "log_source": "kubeAPI", "@timestamp": "2026-01-05T10:00:00Z"}
                for name in some
            ]
        ).encode(),
        {},
    ),
    "CloudWatch subscription": (subscription, {}),
    "Event Hub records": (
        lambda some: json.dumps(
            {"records": [{"category": "kube-audit", "properties": {"log": event(name).decode()}} for name in some]}
        ).encode(),
        {},
    ),
    "gzip": (lambda some: gzip.compress(event_list(some)), {"Content_Encoding": "gzip"}),
    "zstd": (lambda some: zstd.compress(joined(some, b"\n")), {"Content_Encoding": "zstd"}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_taken(receiving: Receiving, shape: str) -> None:
    make, headers = SHAPES[shape]
    some = names(3)
    status, answer = receiving.send(make(some), query="?timeout=30s", **headers)
    assert (status, json.loads(answer)) == (200, {"accepted": 3, "rejected": 0, "excluded": 0})
    receiving.kept |= set(some)


def test_a_firehose_delivery_is_answered_as_firehose_wants(receiving: Receiving) -> None:
    some = names(2)
    body = {"requestId": "r-1", "timestamp": 1767607260000, "records": [{"data": b64(subscription(some))}]}
    headers = {"X_Amz_Firehose_Request_Id": "r-1", "X_Amz_Firehose_Protocol_Version": "1.0"}
    status, answer = receiving.send(json.dumps(body).encode(), token="", X_Amz_Firehose_Access_Key=TOKENS["prod"], **headers)
    said = json.loads(answer)
    assert (status, said["requestId"], set(said)) == (200, "r-1", {"requestId", "timestamp"})
    receiving.kept |= set(some)
    status, answer = receiving.send(b"{}", token="", X_Amz_Firehose_Access_Key="x" * 20, **headers)
    assert (status, json.loads(answer)["requestId"]) == (401, "r-1")


def test_a_push_of_pubsub_is_acknowledged_also_when_it_cannot_be_read(receiving: Receiving) -> None:
    (name,) = names(1)
    push = {"message": {"data": b64(event(name)), "messageId": "1"}, "subscription": "projects/p/subscriptions/s"}
    assert receiving.send(json.dumps(push).encode())[0] == 200
    receiving.kept.add(name)
    push["message"] = {"data": b64(b"no event"), "messageId": "2"}
    status, answer = receiving.send(json.dumps(push).encode())
    assert (status, json.loads(answer)["rejected"]) == (200, 1), "it is kept, and Pub/Sub would send it again for days"


def test_what_can_be_read_is_taken_beside_what_cannot(receiving: Receiving) -> None:
    some = names(2)
    status, answer = receiving.send(joined(some, b"\nrubbish between\n"))
    said = json.loads(answer)
    assert (status, said["accepted"], said["rejected"]) == (200, 2, 1)
    assert said["reason"] == "record 2: a line of text, not an audit event"
    receiving.kept |= set(some)
    receiving.rejected.append("rubbish between")


def test_a_body_without_any_event_is_refused_once_kept_once(receiving: Receiving) -> None:
    for _ in range(2):
        status, answer = receiving.send(b"nothing but words")
        assert status == 400
        assert "a line of text, not an audit event" in json.loads(answer)["error"]
    receiving.rejected.append("nothing but words")


def test_a_body_that_comes_again_is_not_kept_twice(receiving: Receiving) -> None:
    some = names(2)
    before = receiving.process.numbers().get("auditradar_duplicate_bodies_total", 0)
    assert {receiving.send(event_list(some))[0] for _ in range(3)} == {200}
    assert receiving.process.numbers()["auditradar_duplicate_bodies_total"] == before + 2
    receiving.kept |= set(some)


@pytest.mark.parametrize(
    ("cluster", "token", "headers", "status"),
    [
        ("prod", "", {}, 401),
        ("prod", "wrong-token-0123456789", {}, 401),
        ("stage", TOKENS["prod"], {}, 403),
        ("stage", TOKENS["every"], {}, 200),
        ("prod", TOKENS["prod"], {"Origin": "https://evil.example.com"}, 403),
        ("a%20b", TOKENS["every"], {}, 400),
        ("prod", TOKENS["prod"], {"Content_Encoding": "br"}, 415),
    ],
)
def test_a_sender_writes_only_as_its_own_cluster(
    receiving: Receiving, cluster: str, token: str, headers: dict[str, str], status: int
) -> None:
    (name,) = names(1)
    answered, said = receiving.send(event_list([name]), cluster, token, **headers)
    assert answered == status
    assert said.count(b"\n") == 1
    told = json.loads(said)
    assert (told.get("error") is None) == (status == 200)
    as_status = [told.get(name) for name in ("kind", "apiVersion", "status", "message")]
    assert as_status == ([None] * 4 if status == 200 else ["Status", "v1", "Failure", told["error"]]), (
        "what an API server repeats in its log"
    )
    if status == 200:
        receiving.kept.add(name)


@pytest.mark.parametrize(("query", "words"), [("?component=A%20B", "component has"), ("?platform=mesos", "platform is one of")])
def test_a_wrong_parameter_is_named(receiving: Receiving, query: str, words: str) -> None:
    status, answer = receiving.send(event_list(names(1)), query=query)
    assert status == 400
    assert words in json.loads(answer)["error"]


def test_a_body_that_is_too_long_is_refused_before_it_is_read(receiving: Receiving) -> None:
    status, said = raw(
        receiving, b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\nContent-Length: 99999999999\r\n\r\n"
    )
    assert (status, b"longer than" in said) == (413, True)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GARBAGE\r\n\r\n", 400),
        (b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 70_000, 400),
        (b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404),
        (b"POST /v1/audit/prod/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404),
        (b"DELETE /v1/audit/prod HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    ],
)
def test_nonsense_is_answered(receiving: Receiving, sent: bytes, status: int) -> None:
    assert raw(receiving, sent)[0] == status


def test_an_answer_arrives_though_the_body_was_not_read(receiving: Receiving) -> None:
    head = b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\nContent-Length: 99999999\r\n\r\n"
    for size in (1 << 20, 20 << 20):
        status, said = raw(receiving, head + b"x" * size)
        assert (status, b"longer than" in said) == (413, True)


def raw(receiving: Receiving, sent: bytes) -> tuple[int, bytes]:
    with receiving.connection() as connection:
        connection.sendall(sent.replace(b"%b", TOKENS["prod"].encode()))
        return answer_on(connection)


def answer_on(connection: socket.socket) -> tuple[int, bytes]:
    """Read one answer; where it announces the end, up to the end: nothing may break off."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
        if b"\r\n\r\n" in answer and b"connection: close" not in answer.lower():
            break
    return int(answer.split()[1]), answer


def test_a_hundred_senders_at_once_are_all_answered(receiving: Receiving) -> None:
    bodies = [names(5) for _ in range(100)]
    slow = [receiving.connection() for _ in range(20)]
    for connection in slow:
        connection.sendall(b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\nContent-Le")
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda some: receiving.send(event_list(some))[0], bodies))
    assert set(answers) == {200}
    receiving.kept |= {name for some in bodies for name in some}
    for connection in slow:
        connection.close()


def test_operators_see_what_is_going_on(receiving: Receiving) -> None:
    assert json.loads(receiving.look("/healthz")[1]) == {"alive": True}
    status, answer = receiving.look("/readyz")
    ready = json.loads(answer)
    assert (status, ready["ready"], set(ready["parts"]) == {"receivers", "delivery", "refresher", "sql", "follow"}) == (200, True, True)
    assert receiving.look("/v1/audit/prod", "HEAD", Authorization=f"Bearer {TOKENS['prod']}")[0] == 200
    assert receiving.look("/v1/audit/prod", "HEAD")[0] == 401
    status, page = receiving.look("/metrics")
    assert status == 200
    assert b'auditradar_received_records_total{cluster="prod"}' in page
    assert receiving.look("/metrics", X_Forwarded_For="192.0.2.1")[0] == 401
    assert json.loads(receiving.look("/readyz", X_Forwarded_For="192.0.2.1")[1]) == {"ready": True}
    assert receiving.look("/metrics", Host="rebound.example.com")[0] == 401, "a web page may make its name point here"


def test_a_small_body_does_not_become_a_large_one(receiving: Receiving) -> None:
    bomb = b64(gzip.compress(bytes(64 << 20)))
    before = receiving.process.peak_bytes()
    status, answer = receiving.send(json.dumps({"requestId": "r-2", "timestamp": 1, "records": [{"data": bomb}] * 40}).encode())
    assert (status, b"a hundred times itself" in answer) == (400, True)
    assert receiving.send(gzip.compress(bytes(64 << 20)), Content_Encoding="gzip")[0] == 413
    assert receiving.process.peak_bytes() - before < 512 << 20


def test_records_that_are_packed_in_a_body_are_bounded_together(receiving: Receiving) -> None:
    packed = b64(subscription([f"{hashlib.sha256(bytes([number & 255, number >> 8])).hexdigest()}{'y' * 1500}" for number in range(1000)]))
    delivery = json.dumps({"requestId": "r-3", "timestamp": 1, "records": [{"data": packed}] * 80}).encode()
    before = receiving.process.peak_bytes()
    status, answer = receiving.send(delivery, X_Amz_Firehose_Request_Id="r-3")
    assert (status, json.loads(answer)["requestId"], "holds too much" in json.loads(answer)["errorMessage"]) == (413, "r-3", True)
    assert len(delivery) < 8 << 20
    assert receiving.process.peak_bytes() - before < 700 << 20


def test_events_can_be_counted_within_two_seconds_when_the_machine_is_not_busy(receiving: Receiving) -> None:
    some = names(3)
    before = receiving.process.numbers()["auditradar_stored_events_total"]
    assert receiving.send(event_list(some))[0] == 200
    receiving.kept |= set(some)
    while receiving.process.numbers()["auditradar_stored_events_total"] < before + 3:  # the test's own time limit is pytest's
        time.sleep(0.02)


def test_a_command_asks_the_running_process(receiving: Receiving) -> None:
    while ask(receiving.dsn, "SELECT audit_id FROM requests WHERE cluster = 'followed'") != [["followed-1"]]:
        time.sleep(0.2)


def test_tail_shows_through_the_running_process_what_arrives(receiving: Receiving) -> None:
    command = [*PROGRAM, "tail", "--cluster", "prod", "--last", "0", "--every", "0.2", "--format", "jsonl", "--dsn", receiving.dsn]
    some = names(2)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as tail:
        assert tail.stdout is not None
        assert tail.stderr is not None
        assert tail.stderr.readline().startswith("Waiting for what arrives")
        for name in some:
            assert receiving.send(event_list([name]))[0] == 200
        shown = [json.loads(tail.stdout.readline())["audit_id"] for _ in some]
        tail.send_signal(signal.SIGINT)
        said = tail.communicate(timeout=60)
    assert sorted(shown) == some
    assert (tail.returncode, said[0], said[1].strip()) == (130, "", "auditradar: interrupted")
    receiving.kept |= set(some)


def test_a_second_process_for_the_same_store_is_sent_to_the_first(receiving: Receiving) -> None:
    command = [*PROGRAM, "serve", "--dsn", receiving.dsn, "--listen", "127.0.0.1:0", "--sql-listen", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert (
        f"process {receiving.process.process.pid}, has it open; send the records to {receiving.process.url}/v1/audit/CLUSTER" in done.stderr
    )


def test_status_tells_how_the_parts_of_the_running_process_are(receiving: Receiving) -> None:
    command = [*PROGRAM, "status", "--dsn", receiving.dsn, "--format", "json"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert set(said["serving"]) == {"process", "receivers", "delivery", "refresher", "sql", "follow"}
    assert said["serving"]["receivers"].startswith(f"receiving at {receiving.process.url}")


def test_the_description_is_openapi_and_complete(receiving: Receiving) -> None:
    status, answer = receiving.look("/openapi.json")
    described = json.loads(answer)
    assert (status, described["openapi"]) == (200, "3.1.0")
    served_paths = {"/v1/audit/{cluster}", "/healthz", "/readyz", "/metrics", "/openapi.json"}
    assert set(described["paths"]) == served_paths
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


DESCRIBED: dict[str, Any] = json.loads(openapi())
JUNK = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["items", "records", "message", "data", "log", "kind", "auditID", "verb", "logEvents", "awslogs", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=JUNK,
    encoding=st.sampled_from(["", "", "gzip", "zstd", "deflate", "br"]),
    query=st.dictionaries(st.sampled_from(["component", "platform", "timeout", "x"]), st.text(max_size=10), max_size=2),
)
def test_any_request_is_answered_as_described(receiving: Receiving, body: bytes, encoding: str, query: dict[str, str]) -> None:
    status, answer = receiving.send(body, query="?" + urlencode(query), Content_Encoding=encoding)
    answers = DESCRIBED["paths"]["/v1/audit/{cluster}"]["post"]["responses"]
    assert str(status) in answers
    assert status != 503
    schema = {**answers[str(status)]["content"]["application/json"]["schema"], "components": DESCRIBED["components"]}
    Draft202012Validator(schema).validate(json.loads(answer))


def test_a_slow_head_and_a_slow_body_are_given_up(receiving: Receiving) -> None:
    head = b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\nContent-Length: 100\r\n\r\n{"
    status, said = raw(receiving, head)
    assert (status, b"did not arrive within 3 s" in said) == (408, True)
    assert answer_on(receiving.slow)[0] == 408
    some = names(1)
    assert receiving.send(event_list(some))[0] == 200
    receiving.kept |= set(some)


def test_the_page_about_streams_shows_configurations_that_can_be_read() -> None:
    page = Path(__file__).parents[2] / "docs" / "20-streams.md"
    blocks = [block for block in page.read_text(encoding="utf-8").split("```") if block.startswith("yaml\n")]
    assert len(blocks) >= 2
    for block in blocks:
        assert yaml.safe_load(block.removeprefix("yaml\n"))
