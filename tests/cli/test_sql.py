from pathlib import Path

import orjson
import pytest

from tests.cli.conftest import Run


def test_a_query_from_the_argument_a_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    query = "SELECT count() AS n FROM requests WHERE cluster = 'hand'"
    (tmp_path / "q.sql").write_text(f"{query};\n")
    wanted = [{"n": 14}]
    assert orjson.loads(run("sql", query, "--format", "json").stdout) == wanted
    assert orjson.loads(run("sql", "-f", str(tmp_path / "q.sql"), "--format", "json").stdout) == wanted
    assert orjson.loads(run("sql", "--format", "json", input=query).stdout) == wanted
    assert orjson.loads(run("sql", "-", "--format", "json", input=query).stdout) == wanted


def test_parameters_are_values_and_never_sql(run: Run) -> None:
    result = run("sql", "SELECT {name:String} AS name, {n:UInt8} + 1 AS n", "-p", "name=x' OR 1=1 --", "-p", "n=3", "--format", "json")
    assert orjson.loads(result.stdout) == [{"name": "x' OR 1=1 --", "n": 4}]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE events", "this command only reads"),
        ("INSERT INTO trusted_proxies VALUES ('10.0.0.0/8', '')", "this command only reads"),
        ("TRUNCATE TABLE events", "this command only reads"),
        ("SYSTEM STOP MERGES", "cannot run the query"),
        ("SET readonly = 0", "cannot run the query"),
        ("SELECT 1 SETTINGS readonly = 0", "cannot run the query"),
        ("SELECT 1; SELECT 2", "more than one statement"),
        ("SELECT 1 INTO OUTFILE '/tmp/auditradar-must-not-be'", "INTO OUTFILE writes a file"),
        ("SELECT 1 /* ; */ into\noutfile '/tmp/auditradar-must-not-be'", "INTO OUTFILE writes a file"),
        ("SELECT 1 FORMAT CSV", "use --format instead"),
        ("SELEC 1", "Syntax error"),
        ("SELECT nothing FROM events", "Unknown expression identifier `nothing`"),
        ("SELECT {x:String}", "Substitution `x` is not set"),
        ("SELECT throwIf(number = 6) FROM numbers(100)", "Value passed to 'throwIf'"),
        ("  ;", "it is empty"),
    ],
)
def test_what_is_refused_is_said_in_one_line(run: Run, statement: str, words: str) -> None:
    result = run("sql", statement)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("auditradar: cannot run the query: ")
    assert words in line
    assert not Path("/tmp/auditradar-must-not-be").exists()  # the file that must not be written


def test_words_in_quotes_are_no_clauses(run: Run) -> None:
    result = run("sql", "SELECT 'a; INTO OUTFILE ''x'' FORMAT CSV' AS words", "--format", "json")
    assert orjson.loads(result.stdout) == [{"words": "a; INTO OUTFILE 'x' FORMAT CSV"}]


def test_an_export_fails_when_the_query_fails_on_the_way(run: Run) -> None:
    result = run("sql", "SELECT throwIf(number = 60000) AS n FROM numbers(100000)", "--format", "csv")
    assert result.exit_code == 1
    assert "cannot run the query: Value passed to 'throwIf'" in result.stderr


def test_every_type_is_written_the_same_in_every_format(run: Run) -> None:
    query = (
        "SELECT toDateTime64('2026-01-02 03:04:05.678', 6, 'UTC') AS at, toDateTime('2026-01-02 03:04:05', 'UTC') AS second, "
        "toDate('2026-01-02') AS day, [1, 2] AS list, map('a', 1) AS map, NULL AS nothing, nan AS no_number, true AS yes, "
        "toIPv4('1.2.3.4') AS ip, toUInt64(18446744073709551615) AS big"
    )
    wanted = {
        "at": "2026-01-02T03:04:05.678000Z",
        "second": "2026-01-02T03:04:05Z",
        "day": "2026-01-02",
        "list": [1, 2],
        "map": {"a": 1},
        "nothing": None,
        "no_number": None,
        "yes": True,
        "ip": "1.2.3.4",
        "big": 18446744073709551615,
    }
    assert orjson.loads(run("sql", query, "--format", "json").stdout) == [wanted]
    header, line = run("sql", query, "--format", "csv").stdout.splitlines()
    assert header == ",".join(wanted)
    assert line == '2026-01-02T03:04:05.678000Z,2026-01-02T03:04:05Z,2026-01-02,"[1,2]","{""a"":1}",,,true,1.2.3.4,18446744073709551615'
    assert "2026-01-02T03:04:05.678000Z" in run("sql", query).stdout


def test_a_table_is_cut_and_an_export_is_not(run: Run) -> None:
    assert "The first 1,000 rows, there are more" in run("sql", "SELECT number FROM numbers(5000)").stderr
    assert len(run("sql", "SELECT number FROM numbers(5000)", "--format", "csv").stdout.splitlines()) == 5001
    assert len(run("sql", "SELECT number FROM numbers(5000)", "--format", "csv", "--limit", "7").stdout.splitlines()) == 8


def test_show_and_describe_work(run: Run) -> None:
    assert "sessions" in run("sql", "SHOW TABLES").stdout
    assert "login_at" in run("sql", "DESCRIBE TABLE logins").stdout
