"""What readers must not do: every statement of attacks.jsonl is refused, with that code, in one line, and changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.front.conftest import Ask, cases

FALLEN = Path("/tmp/auditradar-attack")


@pytest.mark.parametrize("case", cases("attacks.jsonl"), ids=lambda case: f"{case['statement'][:60]} {case.get('settings', '')}")
def test_it_is_refused_in_one_line(ask: Ask, case: dict[str, Any]) -> None:
    parameters = {f"param_{name}": value for name, value in case.get("parameters", {}).items()}
    said = ask(case["statement"].encode(), **parameters, **case.get("settings", {}))
    assert said.headers.get("X-ClickHouse-Exception-Code") == str(case["code"]), said.text
    assert said.status >= 400
    assert said.text.startswith(f"Code: {case['code']}. DB::Exception: ")
    assert said.text.count("\n") == 1
    assert "root:" not in said.text


def test_nothing_was_written_and_nothing_is_gone(ask: Ask) -> None:
    assert not FALLEN.exists()
    assert ask("SELECT count() FROM events WHERE cluster = 'hand'").text == "14\n"
    assert ask("SELECT count() > 100 FROM audit_access").text == "1\n"
