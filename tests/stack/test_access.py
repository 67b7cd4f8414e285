"""The users of the stack's ClickHouse, tried on the embedded engine: grants, read-only profiles, limits.

What the embedded engine cannot show: passwords and networks of users (it is always `default`), access_control_improvements and
remote_url_allow_hosts of the server's configuration (it never reads them), quotas over time.
"""

import re

import pytest

from auditradar.sql import schema
from tests.stack import users
from tests.stack.conftest import Stack

READERS = ("grafana", "auditor")

STORED = ("events", "activity", "sessions", "refusals", "rejected", "cluster_facts", "schema_log")

READ = (
    "SELECT count() FROM events",
    "SELECT count() FROM logins",
    "SELECT count() FROM failed_attempt_bursts",
    "SELECT count() FROM coverage",
    "SELECT count() FROM sessions_with_gap(gap_seconds = 3600, since = '1970-01-01 00:00:00', until = '2100-01-01 00:00:00')",
    "SELECT actor_kind('system:node:one'), client_of('kubectl/v1.33')",
    "SELECT name FROM system.tables WHERE database = currentDatabase()",
    "SELECT name, type FROM system.columns WHERE table = 'events'",
    "SELECT sum(bytes_on_disk) FROM system.parts",
    "SELECT status FROM system.view_refreshes",
    "SELECT displayName(), version(), revision(), timezone()",
    "DESCRIBE TABLE events",
)
WRITE = (
    "INSERT INTO landing (cluster) VALUES ('x')",
    "INSERT INTO batches (cluster) VALUES ('x')",
    "ALTER TABLE events DELETE WHERE 1",
    "ALTER TABLE events MODIFY TTL requested_at + INTERVAL 1 DAY",
    "TRUNCATE TABLE events",
    "DROP TABLE events",
    "DROP VIEW events_to_activity",
    "CREATE TABLE mine (a UInt8) ENGINE = MergeTree ORDER BY a",
    "CREATE TEMPORARY TABLE mine (a UInt8)",
    "CREATE FUNCTION mine AS x -> x",
    "OPTIMIZE TABLE events FINAL",
    "SYSTEM REFRESH VIEW sessions_refresh",
    "SYSTEM STOP VIEW sessions_refresh",
    "SYSTEM RELOAD DICTIONARY settings_dictionary",
    "CREATE USER mallory",
    "GRANT SELECT ON audit.* TO grafana",
)
LOADERS = {
    "INSERT INTO landing (cluster) VALUES ('x')",
    "INSERT INTO batches (cluster) VALUES ('x')",
    "CREATE TEMPORARY TABLE mine (a UInt8)",  # comes with any CREATE TABLE, which the loader needs for new rules
    "SYSTEM REFRESH VIEW sessions_refresh",
    "SYSTEM STOP VIEW sessions_refresh",  # the same grant as REFRESH
    "SYSTEM RELOAD DICTIONARY settings_dictionary",
    "SELECT * FROM executable('id', 'CSV', 'a String')",  # refused too, but because the server's folder for scripts is empty
}
"""What the loader may do of what readers may not."""
REACH_OUT = (
    "SELECT * FROM url('http://127.0.0.1:1/x', 'CSV', 'a String')",
    "SELECT * FROM file('/etc/passwd', 'CSV', 'a String')",
    "SELECT * FROM remote('127.0.0.2', 'system.one')",
    "SELECT * FROM s3('https://bucket.s3.amazonaws.com/a.csv', 'CSV', 'a String')",
    "SELECT * FROM mysql('127.0.0.1', 'd', 't', 'u', 'p')",
    "SELECT * FROM executable('id', 'CSV', 'a String')",
    "INSERT INTO FUNCTION url('http://127.0.0.1:1/x', 'CSV', 'a String') SELECT raw FROM events",
)
LOOK_ASIDE = (
    "SELECT * FROM system.users",
    "SELECT * FROM system.query_log",
    "SHOW ACCESS",
)
LIFT_LIMITS = (
    "SET max_memory_usage = 0",
    "SET readonly = 0",
    "SELECT 1 SETTINGS max_memory_usage = 0",
    "SELECT 1 SETTINGS max_result_rows = 0",
    "SELECT 1 SETTINGS max_rows_to_read = 0",
    "SELECT 1 SETTINGS max_threads = 1000",
)
WITHIN = (
    "SELECT count() FROM events SETTINGS max_execution_time = 30",
    "SELECT count() FROM events SETTINGS additional_table_filters = {'events': 'code = 403'}",
)
BEYOND = (
    "SELECT 1 SETTINGS max_execution_time = 0",
    "SELECT 1 SETTINGS max_execution_time = 100000",
    "SELECT 1 SETTINGS max_memory_usage = 0",
    "SELECT 1 SETTINGS max_memory_usage_for_user = 0",
    "SELECT 1 SETTINGS max_rows_to_read = 0",
    "SELECT 1 SETTINGS max_result_rows = 0",
)
REFUSED = ("ACCESS_DENIED", "READONLY", "SETTING_CONSTRAINT_VIOLATION", "UNKNOWN_TABLE")
"""UNKNOWN_TABLE: the embedded engine keeps no query_log."""


def test_there_is_nobody_else() -> None:
    assert users.names() == {"default", "owner", "loader", "grafana", "auditor"}


@pytest.mark.parametrize("user", READERS)
def test_a_reader_reads_everything_a_question_needs(stack: Stack, user: str) -> None:
    answers = stack.ask(user, *READ)
    assert [(statement, answer) for statement, (ok, answer) in zip(READ, answers, strict=True) if not ok] == []
    assert int(answers[0][1][0][0]) > 0


@pytest.mark.parametrize("user", READERS)
def test_a_reader_changes_nothing_and_reaches_nothing_else(stack: Stack, user: str) -> None:
    statements = (*WRITE, *REACH_OUT, *LOOK_ASIDE, *LIFT_LIMITS)
    for statement, (ok, answer) in zip(statements, stack.ask(user, *statements), strict=True):
        assert not ok, statement
        assert any(word in answer for word in REFUSED), (statement, answer)


@pytest.mark.parametrize("user", READERS)
def test_what_the_data_source_sets_may_be_set_within_bounds(stack: Stack, user: str) -> None:
    assert users.changeable(user) == {"max_execution_time", "additional_table_filters"}
    answers = stack.ask(user, READ[0], *WITHIN, *BEYOND, readonly="2")
    (_, everything), (_, in_time), (_, filtered), *refused = answers
    assert int(everything[0][0]) == int(in_time[0][0]) > int(filtered[0][0]) > 0
    for statement, (ok, answer) in zip(BEYOND, refused, strict=True):
        assert not ok, statement
        assert "SETTING_CONSTRAINT_VIOLATION" in answer


def test_an_answer_is_whole_or_an_error(stack: Stack) -> None:
    ((ok, answer),) = stack.ask("grafana", "SELECT number FROM numbers(1000001)")
    assert not ok
    assert "TOO_MANY_ROWS_OR_BYTES" in answer


def test_the_loader_cannot_touch_what_is_stored(stack: Stack) -> None:
    refused = [statement for statement in (*WRITE, *REACH_OUT, *LOOK_ASIDE) if statement not in LOADERS]
    refused += [f"INSERT INTO {table} SELECT * FROM {table}" for table in STORED]
    refused += [f"{verb} TABLE {table}" for verb in ("DROP", "TRUNCATE") for table in (*STORED, "batches")]
    for statement, (ok, answer) in zip(refused, stack.ask("loader", *refused), strict=True):
        assert not ok, statement
        assert any(word in answer for word in REFUSED), (statement, answer)


def test_the_loader_loaded_through_feeds_that_run_with_the_owners_rights(stack: Stack) -> None:
    answers = stack.ask("auditor", *(f"SELECT count() FROM {table}" for table in STORED))
    assert [ok and int(answer[0][0]) > 0 for ok, answer in answers] == [True] * len(STORED)


def test_the_owner_finds_the_schema_up_to_date_again(stack: Stack) -> None:
    (ok, steps), (may, _) = stack.do("owner", ("apply", ""), ("sql", "SELECT * FROM url('http://127.0.0.1:1/x', 'CSV', 'a String')"))
    assert (ok, steps, may) == (True, 0, False)


def test_dictionaries_can_read_their_sources_and_nothing_else_as_default(stack: Stack) -> None:
    sources = [re.findall(r"CLICKHOUSE\(TABLE '(\w+)'\)", made.text) for made in schema() if made.kind == "DICTIONARY"]
    assert sources
    answers = stack.ask("default", *(f"SELECT * FROM {table}" for (table,) in sources), "SELECT * FROM events", "SELECT * FROM batches")
    assert [ok for ok, _ in answers] == [True] * len(sources) + [False, False]
