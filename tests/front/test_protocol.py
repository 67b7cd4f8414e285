"""What a ClickHouse server would answer over HTTP."""

import base64
import contextlib
import errno
import gzip
import http.client
import json
import logging
import os
import socket
import time
import urllib.parse
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import lz4.frame
import pytest
import urllib3

from auditradar.ingest.engine import Engine
from auditradar.ingest.front import app, run
from auditradar.ingest.front.encoding import decoded_body, encoder_of
from auditradar.ingest.front.part import SqlFront
from auditradar.ingest.front.readers import token_line, with_line
from auditradar.ingest.settings import FrontSettings
from tests.front.conftest import PASSWORD, Ask, Running, asking


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize("path", ["", "ping", "replicas_status"])
def test_liveness_needs_no_password(front: Running, path: str) -> None:
    assert urllib3.request("GET", front.url + path).data == b"Ok.\n"


def test_the_statement_may_be_a_parameter_a_body_or_both(ask: Ask) -> None:
    assert ask(b"", method="GET", query="SELECT 1").text == "1\n"
    assert ask("SELECT 1").text == "1\n"
    assert ask("+ 2", query="SELECT 1").text == "3\n"


def test_the_head_says_what_a_server_says(ask: Ask) -> None:
    said = ask("SELECT count() FROM events", query_id="mine", default_format="JSONCompactEachRow")
    assert said.text == "[14]\n"
    assert said.headers["X-ClickHouse-Query-Id"] == "mine"
    assert said.headers["X-ClickHouse-Format"] == "JSONCompactEachRow"
    assert said.headers["X-ClickHouse-Timezone"] == "UTC"
    assert json.loads(said.headers["X-ClickHouse-Summary"])["result_rows"] == "1"
    assert said.headers["Content-Length"] == "5"


def test_a_format_in_the_statement_comes_before_parameter_and_header(ask: Ask) -> None:
    assert ask("SELECT 1 AS a FORMAT CSVWithNames", default_format="JSON").text == '"a"\n1\n'
    assert ask("SELECT 1 AS a", {"X-ClickHouse-Format": "CSV", "X-ClickHouse-Database": "audit"}).text == "1\n"
    assert ask("EXISTS TABLE logins FORMAT JSONEachRow").text == '{"result":1}\n'
    assert ask("DESCRIBE (SELECT 1 AS a) FORMAT CSV").text.startswith('"a","UInt8"')


def test_parameters_are_typed_and_escaped_as_the_engine_reads_them(ask: Ask) -> None:
    said = ask(
        "SELECT {a:UInt8} + 1, {b:String}, {c:Array(String)}, {d:Identifier} FROM clusters",
        param_a=2,
        param_b="x\\ty'",
        param_c="['q']",
        param_d="cluster",
    )
    assert said.text == "3\tx\\ty\\'\t['q']\thand\n"
    assert ask("SELECT {missing:String}").headers["X-ClickHouse-Exception-Code"] == "456"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "lz4"])
def test_replies_are_compressed_only_where_it_is_asked_for(ask: Ask, encoding: str) -> None:
    accepts = {"Accept-Encoding": encoding}
    assert "Content-Encoding" not in ask("SELECT 1", accepts).headers
    said = ask("SELECT number FROM numbers(50000)", accepts, enable_http_compression=1)
    assert said.headers["Content-Encoding"] == encoding
    plain = decoded_body(said.body, encoding, framed=False, most=1 << 20)
    assert plain == b"".join(b"%d\n" % number for number in range(50000))
    packed = encoder_of(encoding, framed=False)
    assert ask(packed.encode(b"SELECT 7") + packed.finish(), {"Content-Encoding": encoding}).text == "7\n"


def test_native_blocks_go_both_ways_and_a_broken_one_is_refused(ask: Ask) -> None:
    packed = encoder_of("", framed=True)
    block = packed.encode(b"SELECT number FROM numbers(99999)") + packed.finish()
    said = ask(block, decompress=1, compress=1)
    assert decoded_body(said.body, "", framed=True, most=1 << 20).count(b"\n") == 99_999
    assert ask(block[:-3] + b"xxx", decompress=1).headers["X-ClickHouse-Exception-Code"] == "36"
    assert ask(gzip.compress(b"SELECT 1")[:-6], {"Content-Encoding": "gzip"}).headers["X-ClickHouse-Exception-Code"] == "36"
    assert ask(zlib.compress(b" " * 5_000_000), {"Content-Encoding": "deflate"}).headers["X-ClickHouse-Exception-Code"] == "62"
    refused = decoded_body(ask("SELECT nope", compress=1).body, "", framed=True, most=1 << 20)
    assert refused.startswith(b"Code: 47. ")
    assert lz4.frame


def test_the_hello_of_clickhouse_go_is_framed_as_it_asked_and_says_revision_0(ask: Ask) -> None:
    said = ask("SELECT displayName(), version(), revision(), timezone()", default_format="Native", client_protocol_version=54460)
    assert said.body.startswith(bytes.fromhex("010002ffffffff00") + b"\x04\x01" + b"\x0ddisplayName()\x06String\x00\x0aauditradar")
    assert b"\x0arevision()\x06UInt32\x00\x00\x00\x00\x00" in said.body
    assert ask("SELECT 1", default_format="Native", client_protocol_version=54460).body == b"\x01\x01\x011\x05UInt8\x01"


@pytest.mark.parametrize(
    "who",
    [
        basic("alice", PASSWORD),
        {"Authorization": "", "X-ClickHouse-User": "alice", "X-ClickHouse-Key": PASSWORD},
    ],
    ids=["basic", "headers"],
)
def test_a_password_opens(ask: Ask, who: dict[str, str]) -> None:
    assert ask("SELECT 1", who).text == "1\n"


def test_a_token_opens_alone_as_a_password_and_as_a_parameter(ask: Ask, front: Running) -> None:
    assert ask("SELECT 1").text == "1\n"
    assert ask("SELECT 1", basic("grafana", front.token)).text == "1\n"
    assert ask("SELECT 1", {"Authorization": ""}, user="grafana", password=front.token).text == "1\n"
    assert ask("SELECT 1", basic("alice", front.token)).status == 403


def test_nobody_else_comes_in(ask: Ask) -> None:
    assert ask("SELECT 1", {"Authorization": ""}).status == 401
    for who in (basic("alice", "wrong"), basic("nobody", PASSWORD), {"Authorization": "Bearer x"}, {"Authorization": "Basic ###"}):
        said = ask("SELECT 1", who)
        assert (said.status, said.headers["X-ClickHouse-Exception-Code"]) == (403, "516")


def test_a_reader_that_is_added_or_taken_away_counts_at_once(ask: Ask, front: Running) -> None:
    before = front.readers.read_text()
    token, line = token_line("dave")
    with_line(front.readers, line)
    assert ask("SELECT 1", {"Authorization": f"Bearer {token}"}).text == "1\n"
    front.readers.write_text(before)
    assert ask("SELECT 1", {"Authorization": f"Bearer {token}"}).status == 403
    assert front.readers.stat().st_mode & 0o077 == 0


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what the web server says in the log."""
    noted: list[str] = []
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "handle", lambda record: noted.append(record.getMessage()))
    return noted


def test_too_many_rows_are_an_error_with_a_status_of_its_own(ask: Ask) -> None:
    assert ask("SELECT number FROM numbers(200000)").headers["X-ClickHouse-Exception-Code"] == "396"


def test_a_reply_that_fails_midway_breaks_off_and_is_no_error_of_the_process(front: Running, complaints: list[str]) -> None:
    query = "SELECT throwIf(number = 99999), repeat('x', 100) FROM numbers(100000) SETTINGS max_block_size = 1000"
    url = front.url + "?" + urllib.parse.urlencode({"query": query})
    answer = urllib3.request("GET", url, headers={"Authorization": f"Bearer {front.token}"}, preload_content=False, retries=False)
    assert answer.status == 200
    pieces: list[bytes] = []
    with pytest.raises(urllib3.exceptions.HTTPError):
        pieces.extend(answer.stream(1 << 16))
    assert b"Code: 395. DB::Exception: " in b"".join(pieces)[-2000:]
    assert complaints == []


def test_a_statement_that_does_not_arrive_is_given_up_in_one_line(
    front: Running, complaints: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "BODY_SECONDS", 0.2)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {front.token}\r\nContent-Length: 100\r\n\r\nSELECT"
    with socket.create_connection((front.part.address.host, front.part.address.port), timeout=20) as connection:
        connection.sendall(head.encode())
        said = http.client.HTTPResponse(connection)
        said.begin()
        assert (said.status, said.getheader("X-ClickHouse-Exception-Code")) == (408, "209")
        assert said.read().startswith(
            b"Code: 209. DB::Exception: Timeout exceeded: the statement did not arrive within 0.2 s (SOCKET_TIMEOUT)"
        )
    assert complaints == []


def test_a_process_without_files_left_says_so_and_not_that_the_client_went_away(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as exhausted:
        exhausted.setattr(run.os, "pipe", no_files_left)
        said = ask("SELECT 1")
    assert (said.status, "Too many open files" in said.text) == (500, True)
    assert ask("SELECT 1").text == "1\n"


def no_files_left() -> tuple[int, int]:
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def test_a_client_that_asks_for_another_protocol_is_answered_in_this_one(front: Running, complaints: list[str]) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x"}
    assert urllib3.request("GET", front.url + "ping", headers=upgrade).data == b"Ok.\n"
    assert complaints == []


@pytest.mark.parametrize(
    ("fmt", "ending"),
    [("ArrowStream", b"\xff\xff\xff\xff\0\0\0\0"), ("Arrow", b"ARROW1"), ("Parquet", b"PAR1"), ("JSON", b"}\n"), ("XML", b"</result>\n")],
)
def test_what_fails_in_the_middle_never_looks_whole(front: Running, fmt: str, ending: bytes) -> None:
    def read(last: int) -> bytes:
        query = f"SELECT throwIf(number = {last}), randomPrintableASCII(100) FROM numbers(30000) SETTINGS max_block_size = 1000"
        url = front.url + "?" + urllib.parse.urlencode({"query": query, "default_format": fmt})
        answer = urllib3.request("GET", url, headers={"Authorization": f"Bearer {front.token}"}, preload_content=False, retries=False)
        pieces: list[bytes] = []
        with contextlib.suppress(urllib3.exceptions.HTTPError):
            pieces.extend(answer.stream(1 << 16))
        return b"".join(pieces)

    assert read(last=30_001).endswith(ending)
    rows, mark, _ = read(last=29_999).partition(b"\r\n__exception__\r\n")
    assert len(rows) > 1 << 20
    assert mark
    assert not rows.endswith(ending)


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "zstd", "lz4", "blocks"])
def test_an_error_in_the_middle_stands_behind_the_tag_of_the_reply_inside_its_compression(front: Running, encoding: str) -> None:
    query = "SELECT throwIf(number = 29999), randomPrintableASCII(100) FROM numbers(30000) SETTINGS max_block_size = 1000"
    asked = {"query": query, "compress": 1} if encoding == "blocks" else {"query": query, "enable_http_compression": 1}
    url = front.url + "?" + urllib.parse.urlencode(asked)
    headers = {"Authorization": f"Bearer {front.token}", "Accept-Encoding": encoding}
    answer = urllib3.request("GET", url, headers=headers, preload_content=False, retries=False)
    pieces: list[bytes] = []
    with pytest.raises(urllib3.exceptions.HTTPError):
        pieces.extend(answer.stream(1 << 16, decode_content=False))
    framed = encoding == "blocks"
    whole = decoded_body(b"".join(pieces), "" if framed else encoding, framed=framed, most=1 << 28)
    tag = answer.headers["X-ClickHouse-Exception-Tag"]
    assert len(tag) == 16
    rows, _, ending = whole.partition(f"\r\n__exception__\r\n{tag}\r\n".encode())
    assert rows.count(b"\n") > 10_000
    message, _, _ = ending.partition(b"\n")
    assert message.startswith(b"Code: 395. DB::Exception: ")
    counted = len(message) + 1  # drivers count the end of the line, too
    assert ending == message + f"\n{counted} {tag}\r\n__exception__\r\n".encode()


@pytest.mark.parametrize("asked", ["6", "7", "64", "605", "99999999999999999999"])
def test_the_deadline_that_drivers_send_is_lowered_to_the_limit_and_one_in_the_statement_refused(ask: Ask, asked: str) -> None:
    question = "SELECT getSetting('max_execution_time')"
    assert ask(question, max_execution_time=asked).text == "6\n", "clickhouse-go sends what its caller waits, and five seconds"
    assert ask(question, max_execution_time=5).text == "5\n"
    said = ask(f"{question} SETTINGS max_execution_time = {asked}")
    assert (said.text == "6\n") if asked == "6" else (said.headers["X-ClickHouse-Exception-Code"] == "452")


def test_what_drivers_add_of_their_own_is_taken(ask: Ask) -> None:
    block = ask("SELECT 7", compress=1, network_compression_method="ZSTD", network_zstd_compression_level=3)
    assert decoded_body(block.body, "", framed=True, most=1 << 20) == b"7\n", "clickhouse-go sends the level of zstd"
    assert '{"row":{"a":1}}' in ask("SELECT 1 AS a FORMAT JSONEachRowWithProgress").text, "a format of @clickhouse/client"


def test_use_of_the_one_database_says_nothing(ask: Ask) -> None:
    said = ask("USE audit", default_format="RowBinaryWithNamesAndTypes")
    assert (said.status, said.body) == (200, b"")
    assert ask("USE system").headers["X-ClickHouse-Exception-Code"] == "164"


def test_kill_query_ends_the_readers_own_statement_and_nobody_elses(ask: Ask, front: Running) -> None:
    endless = "SELECT count() FROM numbers(100000000001) WHERE NOT ignore(sipHash64(number))"
    running = "SELECT count() FROM system.processes WHERE query LIKE '%numbers(100000000001)%' AND query NOT LIKE '%processes%'"
    with ThreadPoolExecutor(1) as pool:
        victim = pool.submit(ask, endless, query_id="endless")
        while front.engine.rows(running) != [(1,)]:
            time.sleep(0.02)
        assert ask("KILL QUERY WHERE query_id = 'endless'", basic("alice", PASSWORD)).body == b""
        assert ask("SELECT 1").text == "1\n"
        assert not victim.done(), "it is not hers"
        assert ask("KILL QUERY WHERE query_id = 'endless'").body == b""
        assert victim.result().headers["X-ClickHouse-Exception-Code"] == "394"


def test_other_paths_and_methods_are_not_answered(front: Running) -> None:
    assert urllib3.request("GET", front.url + "play").status == 404
    assert urllib3.request("PUT", front.url, body=b"SELECT 1").status == 405
    assert not Path("/tmp/auditradar-attack").exists()


def test_what_a_client_names_cannot_break_a_header_or_a_line(ask: Ask) -> None:
    said = ask("SELECT 1", query_id="x\r\nX-Evil: 1")
    assert (said.status, said.headers["X-ClickHouse-Exception-Code"]) == (400, "36")
    assert ask("SELECT 1", default_format="JSON\r\nX: 1").text.count("\n") == 1
    assert ask("SELECT 1", **{"role\nx": "1"}).text.count("\n") == 1


def test_somebody_who_guesses_shuts_out_nobody_else(engine: Engine, front: Running, tmp_path: Path) -> None:
    readers = tmp_path / "readers"
    readers.write_text(front.readers.read_text())
    part = SqlFront(engine, FrontSettings(listen="127.0.0.1:0", readers=readers))
    part.start()
    ask = asking(Running(part, front.token, readers, engine))
    assert ask("SELECT 1", basic("alice", PASSWORD)).status == 200
    guesses = [ask("SELECT 1", {"Authorization": f"Bearer guess-{number}"}) for number in range(21)]
    assert "Authentication failed too often" in guesses[-1].text
    assert ask("SELECT 1", basic("grafana", "x")).headers["Retry-After"] == "60"
    assert ask("SELECT 1").text == "1\n", "a token cannot be guessed"
    assert ask("SELECT 1", basic("alice", PASSWORD)).text == "1\n", "this password was proved before"
    part.stop(10)


def test_a_token_in_the_place_of_a_name_is_not_written_down(ask: Ask, front: Running) -> None:
    ask("SELECT 1", basic(front.token, "x"), query_id="misplaced")
    ask(f"SELECT '{front.token}'", {"User-Agent": front.token}, query_id="misplaced")
    redacted = "SELECT count() FROM audit_access WHERE position(concat(on_behalf_of, statement, user_agent), '[redacted]') > 0"
    while int(ask(f"{redacted} AND at > now() - 60").text) < 2:
        time.sleep(0.1)
    assert front.token not in ask("SELECT * FROM audit_access WHERE at > now() - 60").text
