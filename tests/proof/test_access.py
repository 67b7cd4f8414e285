"""The statements of `access plan`: the engine reads every one, they are what was reviewed, and their limits are those of the stack."""

import re
from pathlib import Path

import pytest

from auditradar.ingest.access.plan import HIDDEN, Tables, access_plan, tables_of, tables_of_schema
from auditradar.ingest.access.server import check_access
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.settings import Access, AccessUser
from tests.stack import users

GOLDEN = Path(__file__).with_name("access_plan.sql")
SETTINGS = Access(
    users=[
        AccessUser(name="alice", role="investigator"),
        AccessUser(name="bob", role="auditor", clusters=["prod", "o'clock"], password_env="BOB_PASSWORD"),
        AccessUser(name="grafana", role="grafana"),
    ]
)


def plan() -> list[str]:
    return access_plan(SETTINGS, "audit", tables_of_schema())


def test_the_plan_is_what_was_reviewed() -> None:
    some = Tables(clustered=("batches", "events"), raw=("events", "requests"), feeds=("parsed_to_events",))
    text = "".join(f"{statement};\n\n" for statement in access_plan(SETTINGS, "audit", some))
    if not GOLDEN.exists():
        GOLDEN.write_text(text)
    assert GOLDEN.read_text() == text, f"remove {GOLDEN.name}, run this test again and review the difference"


def test_the_engine_reads_every_statement(engine: Engine) -> None:
    statements = plan()
    assert len(statements) > 50
    for statement in statements:
        engine.rows(f"EXPLAIN AST {statement}")


def test_the_store_has_the_tables_that_the_plan_is_for(engine: Engine) -> None:
    assert tables_of(engine) == tables_of_schema()


def test_whoever_no_policy_names_sees_nothing() -> None:
    for table in tables_of_schema().clustered:
        policies = [statement for statement in plan() if statement.startswith("CREATE ROW POLICY") and f".`{table}` " in statement]
        assert len(policies) == 3, table
        assert any(statement.endswith("USING 0 TO ALL EXCEPT `owner`, `loader`, `alice`, `grafana`") for statement in policies)
        assert any(statement.endswith("USING cluster IN ('prod', 'o\\'clock') TO `bob`") for statement in policies)


def test_a_password_is_neither_printed_nor_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOB_PASSWORD", "s3cret-s3cret")
    [shown] = [statement for statement in plan() if statement.startswith("CREATE USER")]
    assert shown.count(HIDDEN) == 2
    [sent] = [one for one in access_plan(SETTINGS, "audit", tables_of_schema(), secret=True) if one.startswith("CREATE USER")]
    assert "s3cret" not in sent
    assert re.search(r"BY '[0-9a-f]{64}' SALT '[0-9a-f]{64}'", sent)
    monkeypatch.setenv("BOB_PASSWORD", "")
    with pytest.raises(RetentionError, match="BOB_PASSWORD is empty"):
        access_plan(SETTINGS, "audit", tables_of_schema(), secret=True)


@pytest.mark.parametrize("role", ["grafana", "auditor", "loader"])
def test_limits_and_grants_are_those_of_the_stack(role: str) -> None:
    root = users._users()
    profile = users._section(users._section(root, "profiles"), role)
    [statement] = [one for one in plan() if one.startswith(f"CREATE SETTINGS PROFILE OR REPLACE auditradar_{role} ")]
    for setting in profile:
        if setting.tag != "constraints":
            assert re.search(rf"\b{setting.tag} = '?{setting.text}'?\b", statement), setting.tag
    for setting in profile.iterfind("constraints/*"):
        mark = "CONST" if setting.find("const") is not None else "CHANGEABLE_IN_READONLY"
        assert re.search(rf"\b{setting.tag}[^,]* {mark}", statement), setting.tag
    wanted = {grant.text for grant in users._section(users._section(root, "users"), role).iterfind("grants/query")}
    have = {one.replace("`", "").removesuffix(f" TO auditradar_{role}") for one in plan() if one.endswith(f" TO auditradar_{role}")}
    assert wanted <= have


def test_the_embedded_engine_says_why_it_has_no_users(engine: Engine) -> None:
    with pytest.raises(RetentionError, match="the embedded engine has no users"):
        check_access(engine, SETTINGS)
