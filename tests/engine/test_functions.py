from pathlib import Path

import orjson
import pytest

from auditradar.ingest.engine import Engine
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import ClusterSettings, Settings

FUNCTIONS = Path(__file__).parents[2] / "sql" / "functions"
NAMES = sorted(path.stem for path in FUNCTIONS.glob("*.sql"))


@pytest.fixture(scope="module", autouse=True)
def _rules(engine: Engine) -> None:
    settings = Settings(
        dsn="chdb:///unused",
        trusted_proxies=["10.0.0.10/32", "2001:db8:1::/48"],
        clusters={"stage": ClusterSettings(trusted_proxies=["10.9.0.0/16"])},
    )
    apply_schema(engine)
    sync_rules(engine, settings)


def test_there_are_functions() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_every_case_of_a_function_holds(engine: Engine, name: str) -> None:
    cases = [orjson.loads(line) for line in (FUNCTIONS / f"{name}.cases.jsonl").read_text().splitlines()]
    assert cases, f"{name} has no cases"
    for case in cases:
        assert name in case["call"]
        [[given]] = engine.rows(f"SELECT {case['call']}")
        assert given == case["gives"], f"{case['call']} gave {given!r}: {case['because']}"
