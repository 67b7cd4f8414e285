"""Every named query gives, for the events of its cases, the rows that were thought out beforehand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import QueryError
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.reading.period import FIRST, LAST, Period, engine_time
from auditradar.ingest.reading.questions import all_questions, question
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from tests.cases.events import event

HERE = Path(__file__).parent
CASES = sorted(str(file.parent.relative_to(HERE)) for file in HERE.glob("*/*/in.jsonl"))
QUESTIONS = [one.name for one in all_questions()]


@pytest.fixture(scope="module")
def reader(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Load all cases, each as a cluster of its own, into one store."""
    folder = tmp_path_factory.mktemp("cases")
    with Engine(Dsn(path=engine.dsn.path, database="cases")) as store:
        apply_schema(store)
        sync_rules(store, Settings(dsn="chdb:///unused"))
        for case in CASES:
            path = folder / "audit.log"
            path.write_bytes(b"".join(event(facts, number) + b"\n" for number, facts in enumerate(rows(case, "in"), start=1)))
            load(store, expand([str(path)]), LoadOptions(cluster=case, workers=1))
            for reading in rows(case, "access"):
                store.insert("audit_access", tuple(reading), orjson.dumps(reading), "JSONEachRow")
        refresh(store)
        yield Reader(store)
        store.command("DROP DATABASE cases")


def rows(case: str, which: str) -> list[dict[str, Any]]:
    file = HERE / case / f"{which}.jsonl"
    return [orjson.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line] if file.exists() else []


def test_every_query_has_a_case() -> None:
    assert len(QUESTIONS) >= 40
    assert {case.split("/")[0] for case in CASES} == set(QUESTIONS)


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_the_rows_that_were_thought_out(reader: Reader, case: str) -> None:
    """Compare the columns that the expected rows name; all rows, in order."""
    one = question(case.split("/", maxsplit=1)[0])
    file = HERE / case / "params.json"
    given = orjson.loads(file.read_bytes()) if file.exists() else {}
    period = {name: given.pop(name) for name in ("since", "until") if name in given}
    scope = {"since": engine_time(FIRST), "until": engine_time(LAST)} | period | {"cluster": f"^{re.escape(case)}$"}
    expected = rows(case, "out")
    answer = reader.page_of(one.query.text, {**one.values(given), **scope}).records
    shown = [{name: row[name] for name in wanted} for row, wanted in zip(answer, expected, strict=False)]
    assert shown == expected
    assert len(answer) == len(expected), answer[len(expected) :]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_describes_itself(name: str) -> None:
    one = question(name)
    assert one.query.title != name
    assert one.query.question.endswith("?")
    assert one.tags
    assert set(one.query.parameters) == set(re.findall(r"\{(\w+):", one.query.text))
    assert {"since", "until", "cluster"} <= set(one.query.parameters)
    assert not one.attack or re.match(r"T\d{4}(\.\d{3})? [A-Z]", one.attack)
    for follower in re.findall(r"queries run (\S+)", one.next):
        assert follower in QUESTIONS


def test_what_cannot_be_asked_is_said_in_one_line() -> None:
    with pytest.raises(QueryError, match="there is no such query; did you mean secret-reads"):
        question("secret-read")
    with pytest.raises(QueryError, match=r"actor must be given; add --param actor=…"):
        question("timeline").values({})
    with pytest.raises(QueryError, match="there is no parameter who; it has actor, reads"):
        question("timeline").values({"who": "alice"})
    assert Period(FIRST, LAST, "").known
