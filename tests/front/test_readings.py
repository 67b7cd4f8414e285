"""What people really ask: the dashboards, the named queries, clickhouse-connect; and that it is written down who asked."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.resources import files

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.check import queries as texts_of
from auditradar.dashboards.macros import Range, expand
from auditradar.dashboards.rehearsal import READ_ONLY
from auditradar.ingest.engine import Engine
from auditradar.ingest.front import access
from auditradar.sql import alert, alerts
from tests.front.conftest import PASSWORD, Ask, Running

WHEN = Range(datetime(2026, 2, 28, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC), 3600)


@pytest.fixture(scope="module")
def client(wide: Running) -> Iterator[Client]:
    address = wide.part.address
    made = clickhouse_connect.get_client(host=address.host, port=address.port, username="alice", password=PASSWORD, database="audit")
    yield made
    made.close()


def shown() -> dict[str, str]:
    """Give every text that the dashboards and alerts send."""
    found = {name: text for board in BOARDS for name, text in texts_of(board)} | {name: alert(name).text for name in alerts()}
    values = {name: re.findall(r"\$\{?(\w+)", text) for name, text in found.items()}
    return {
        name: expand(text, {value: "3600" if value == "gap" else "hand" for value in values[name] if "__" not in value}, WHEN)
        for name, text in found.items()
    }


def test_every_query_of_the_dashboards_is_answered_one_of_each_as_the_engine_itself_does(ask_wide: Ask, engine: Engine) -> None:
    direct = engine.new_client(READ_ONLY)
    texts = shown()
    assert len(texts) > 90
    compared: set[str] = set()
    for name, text in texts.items():
        said = ask_wide(text.encode(), default_format="JSONCompactEachRow")
        assert said.status == 200, f"{name}: {said.text}"
        if said.body and (board := name.rpartition("/")[0]) not in compared:
            compared.add(board)
            assert sorted(said.body.splitlines()) == sorted(direct.raw_query(text, fmt="JSONCompactEachRow").splitlines()), name
    assert len(compared) > 12


def test_named_queries_pass_the_walk(ask: Ask) -> None:
    folder = files("auditradar.sql").joinpath("queries")
    asked = [file for group in ("listings", "who", "odd", "coverage", "status", "reading") for file in folder.joinpath(group).iterdir()]
    assert len(asked) > 30
    for file in asked:
        said = ask("EXPLAIN AST " + file.read_text())
        assert b"(ACCESS_DENIED)" not in said.body, file.name
        assert b"(UNKNOWN_FUNCTION)" not in said.body, file.name


def test_no_column_of_ours_has_the_name_of_a_function_that_is_refused(ask: Ask) -> None:
    columns = ask("SELECT DISTINCT name FROM system.columns WHERE database = 'audit' ORDER BY name").text.split()
    assert len(columns) > 100
    for start in range(0, len(columns), 50):
        names = ", ".join(f"`{name}`" for name in columns[start : start + 50])
        assert ask(f"EXPLAIN AST SELECT {names} FROM events").status == 200


def test_clickhouse_connect_reads_with_types_parameters_settings_and_streams(client: Client) -> None:
    result = client.query(
        "SELECT actor, count() AS requests FROM requests WHERE verb = {verb:String} GROUP BY actor", parameters={"verb": "delete"}
    )
    assert (result.column_names, result.result_rows) == (("actor", "requests"), [("mia", 1)])
    [(newest,)] = client.query("SELECT max(requested_at) FROM events").result_rows
    assert newest.isoformat() == "2026-03-01T18:00:00"
    assert client.query("SELECT toNullable(1), [1, 2], map('a', 1), ('x', 2)").result_rows == [(1, [1, 2], {"a": 1}, ("x", 2))]
    with client.query_row_block_stream("SELECT number FROM numbers(100000)", settings={"max_block_size": 1000}) as blocks:
        assert sum(len(block) for block in blocks) == 100_000
    assert client.raw_query("SELECT 1 AS a", fmt="JSONEachRow") == b'{"a":1}\n'
    assert client.command("SELECT count() FROM clusters") == 1
    assert client.query_np("SELECT number FROM numbers(3)").tolist() == [[0], [1], [2]]
    assert client.query_arrow("SELECT number FROM numbers(3)").num_rows == 3
    assert client.query("SELECT 1 WHERE 0").result_rows == []
    with pytest.raises(DatabaseError, match="Code: 497"):
        client.query("SELECT * FROM file('/etc/passwd')")


@pytest.mark.parametrize("compression", ["lz4", "zstd", "gzip"])
def test_clickhouse_connect_reads_compressed(front: Running, compression: str) -> None:
    address = front.part.address
    with clickhouse_connect.get_client(host=address.host, port=address.port, access_token=front.token, compress=compression) as made:
        assert made.query("SELECT sum(number) FROM numbers(1000)").result_rows == [(499_500,)]
        assert len(made.query("SELECT number, toString(number) FROM numbers(50000)").result_rows) == 50_000


def test_many_readers_at_once_get_their_own_answers(ask: Ask) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda number: ask("SELECT {n:UInt32}, count() FROM events", param_n=number).text, range(64)))
    assert answers == [f"{number}\t14\n" for number in range(64)]


def test_who_read_what_is_written_down_and_secrets_are_not(ask: Ask) -> None:
    ask(
        "SELECT 'secrets', 'Bearer abcdefghij1234567890' AS x",
        {"User-Agent": "grafana/12 (grafana_user:carol grafana_dashboard:who)"},
        query_id="first",
    )
    ask("SELECT nosuch", {"X-Grafana-User": "dave"}, query_id="second")
    ask("SELECT file('/etc/passwd')", query_id="third")
    ask("SELECT 1", {"Authorization": "Basic bWFsbG9yeTp4"})
    rows = "reader, on_behalf_of, outcome, rows, statement, client_ip, via"
    found: dict[str, list[str]] = {}
    for _ in range(100):
        answer = ask(
            f"SELECT query_id, {rows} FROM audit_access WHERE query_id IN ('first', 'second', 'third') OR on_behalf_of = 'mallory'"
        ).text
        found = {line.split("\t")[0]: line.split("\t")[1:] for line in answer.splitlines()}
        if len(found) == 4:
            break
        time.sleep(0.1)
    assert found.pop("first") == [
        "grafana",
        "carol",
        "success",
        "1",
        "SELECT \\'secrets\\', \\'Bearer [redacted]\\' AS x",
        "127.0.0.1",
        "front",
    ]
    assert found.pop("second")[:3] == ["grafana", "dave", "error"]
    assert found.pop("third")[:3] == ["grafana", "", "refused"]
    assert next(iter(found.values()))[:5] == ["", "mallory", "refused", "0", ""]


def test_what_could_not_be_recorded_is_not_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as stuck:
        stuck.setattr(access, "MOST_WAITING", 0)
        said = ask("SELECT 1")
    assert (said.status, said.headers["X-ClickHouse-Exception-Code"], said.headers["Retry-After"]) == (503, "606", "10")
    assert ask("SELECT 1").text == "1\n"


def test_refusals_that_cannot_be_recorded_do_not_fill_the_memory(front: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    log = access.AccessLog(front.engine)
    entry = access.Entry(reader="", on_behalf_of="mallory", client_ip="203.0.113.9", user_agent="")
    monkeypatch.setattr(access, "MOST_WAITING", 2)
    monkeypatch.setattr(access, "MOST_REFUSED", 3)
    for _ in range(9):
        log.add(entry)
    with monkeypatch.context() as broken:
        broken.setattr(access, "TABLE", "no_such_table")
        log.stop(0)
        log._work()
    assert "4 refusals are not on record" in log.problem
    assert len(log._waiting) == 5


def test_the_part_says_how_it_is(front: Running) -> None:
    state = front.part.state()
    assert state.ok
    assert state.words.startswith(f"{front.part.address}, for 2 readers; ")


def test_a_statement_whose_client_goes_away_is_ended_and_gives_its_place_back(front: Running, ask: Ask) -> None:
    endless = b"SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))"
    head = f"POST /?query_id=left HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {front.token}\r\nContent-Length: {len(endless)}\r\n\r\n"
    with socket.create_connection((front.part.address.host, front.part.address.port)) as connection:
        connection.sendall(head.encode() + endless)
        running = "SELECT count() FROM system.processes WHERE query LIKE '%numbers(100000000000)%' AND query NOT LIKE '%processes%'"
        while front.engine.rows(running) != [(1,)]:
            time.sleep(0.02)
    while front.engine.rows(running) != [(0,)]:
        time.sleep(0.02)
    while not (written := ask("SELECT outcome, reason, duration_seconds < 6 FROM audit_access WHERE query_id = 'left'").text):
        time.sleep(0.1)
    assert written == "error\tthe client went away\t1\n"


def test_what_explain_says_is_answered(ask: Ask) -> None:
    assert ask("EXPLAIN AST SELECT actor FROM events").text.startswith("SelectWithUnionQuery (children 1)")
    assert "ReadFrom" in ask("EXPLAIN SELECT actor FROM events").text
    assert ask("EXPLAIN SYNTAX SELECT 1").text.startswith("SELECT 1")
