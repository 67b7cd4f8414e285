"""Controls: their files keep to their form, and their verdicts are those that the planted facts deserve."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.controls import control_panel, evidences, parts
from auditradar.dashboards.layout import panel_id
from auditradar.dashboards.macros import ALL, Range, expand
from auditradar.ingest.engine import Engine
from auditradar.ingest.reading.period import engine_time
from auditradar.ingest.report.store import Store
from auditradar.sql.control import NONE_STATUSES, SCOPE, STATUSES, Evidence, Framework, framework, frameworks, shared, template
from tests.report.conftest import label
from tests.report.made import CASES, DAY, HOSTILE

SHARED = shared()
PERIOD = {"since": engine_time(DAY), "until": engine_time(DAY + timedelta(days=1)), "cluster": ""}
VARIANTS = {"reviews": {"looked_by": "automation"}}
"""Values with which an evidence gives the statuses that its own values do not."""
ALWAYS_A_ROW = {
    "audit_policy": "every concern has a row",
    "clocks": "a cluster with events has a row",
    "complete_records": "a cluster with events has a row",
    "delivery_delay": "an hour with events has a row",
    "history_kept": "a known cluster has a row",
    "log_sources": "an API server with events has a row",
    "readers": "the store of the cases was read",
    "reviews": "the store of the cases was read; the case below is without",
}
"""Evidence that always has a row where the period has an event, and so never speaks by `none`."""
Verdicts = Mapping[str, Mapping[str, Mapping[str, Any]]]


@pytest.fixture(scope="module")
def verdicts(engine: Engine) -> Verdicts:
    """Ask for the verdict of every evidence on every cluster."""
    store = Store(engine)
    served = [(1, "1.1", "It's a title", "key")]
    asked = {name: {**PERIOD, **one.verdict_values, "requirements": served} for name, one in SHARED.items()}
    return {name: {str(row["cluster"]): row for row in store.rows(one.verdict, asked[name])} for name, one in SHARED.items()}


def test_every_evidence_has_cases() -> None:
    assert set(CASES) == set(SHARED)
    assert len(SHARED) > 25


@pytest.mark.parametrize("name", SHARED)
def test_the_verdict_is_what_was_planted(verdicts: Verdicts, name: str) -> None:
    given = [verdicts[name][label(name, number)]["status"] for number in range(len(CASES[name]))]
    assert given == [wanted for wanted, _ in CASES[name]]


@pytest.mark.parametrize("name", SHARED)
def test_a_hole_never_reads_as_pass(verdicts: Verdicts, name: str) -> None:
    row = verdicts[name]["holed"]
    assert row["status"] != "pass"
    assert row["unknown_hours"] == 2
    assert "2 hours of the period unknown" in row["finding"]


@pytest.mark.parametrize("name", SHARED)
def test_a_period_without_events_is_no_data(verdicts: Verdicts, name: str) -> None:
    assert verdicts[name]["silent"]["status"] == "no-data"


def test_late_delivery_is_noticed(verdicts: Verdicts) -> None:
    assert verdicts["delivery_delay"]["late"]["status"] == "attention"


def test_a_clock_that_runs_ahead_is_noticed(verdicts: Verdicts) -> None:
    assert verdicts["clocks"]["early"]["status"] == "fail"


def test_clocks_cannot_be_compared_where_events_were_stored_late(verdicts: Verdicts) -> None:
    row = verdicts["clocks"]["late"]
    assert (row["status"], row["finding"]) == ("attention", "stored too late to compare the clocks")


def test_a_verdict_tells_what_its_rows_found(verdicts: Verdicts) -> None:
    told = {name: str(verdicts[name]["hostile"]["finding"]) for name in ("history_kept", "access_from_outside", "sensitive_access")}
    assert told["history_kept"] == "the record begins 364 days too late: it reaches back 1 of 365 days"
    assert told["access_from_outside"] == "nobody came from a public address"
    assert told["sensitive_access"] == f"{len(HOSTILE) + 1} rows, and all are in order: the access names its user"


def test_a_time_of_ones_own_choice_needs_attention_where_a_required_one_fails(engine: Engine) -> None:
    one = SHARED["history_kept"]
    asked = {**PERIOD, **one.verdict_values, "cluster": f"^{label('history_kept', 0)}$", "requirements": [(1, "1", "", "")]}
    given = [Store(engine).rows(one.verdict, {**asked, "months_by": who})[0]["status"] for who in ("requirement", "choice")]
    assert given == ["fail", "attention"]


def test_many_findings_are_told_by_the_most_frequent(engine: Engine) -> None:
    one = SHARED["all_rights_used"]
    told = [("seldom", 1), ("often", 5), ("at times", 3), ("twice", 2)]
    rows = [("hostile", "attention", words, number) for words, number in told]
    asked = {**PERIOD, **one.verdict_values, "cluster": "^hostile$", "requirements": [(1, "1", "", "")], "counted": rows}
    [row] = Store(engine).rows(one.verdict_of_counts, asked)
    assert row["finding"] == "11 of 11 rows need attention: often (5), at times (3), twice (2), and others"


def test_holes_are_failures_and_interruptions(verdicts: Verdicts) -> None:
    assert verdicts["failures_of_logging"]["holed"]["noticed"] == 1
    assert verdicts["interruptions"]["holed"]["noticed"] == 1
    assert verdicts["failures_of_logging"]["hostile"]["noticed"] == 1, "a line that is no event"


@pytest.mark.parametrize("name", SHARED)
def test_no_verdict_of_an_evidence_is_without_a_case(engine: Engine, verdicts: Verdicts, name: str) -> None:
    """Plant every status that the rule of an evidence names, in a row and where there is no row; what cannot be reached has its reason."""
    one = SHARED[name]
    said = {status for status in ("pass", "attention", "fail") if status in one.header}
    rows = engine.rows(f"SELECT DISTINCT status FROM ({one.text})", {**PERIOD, **one.values})
    variant = engine.rows(f"SELECT DISTINCT status FROM ({one.text})", {**PERIOD, **one.values, **VARIANTS.get(name, {})})
    assert {row[0] for row in (*rows, *variant)} == said
    known = [row for row in verdicts[name].values() if not str(row["finding"]).startswith("the period has no event")]
    without = [row["status"] for row in known if row["number"] == 0]
    assert (one.none[0] in without) != (name in ALWAYS_A_ROW), ALWAYS_A_ROW.get(name)
    if "platforms" in one.header:
        assert "not-applicable" in without
        assert one.header["elsewhere"]


def test_a_day_on_which_nobody_looked_is_noticed(engine: Engine) -> None:
    one = SHARED["reviews"]
    asked = {**PERIOD, **one.verdict_values, "requirements": [(1, "1", "", "")], "cluster": "^hostile$"}
    automated = Store(engine).rows(one.verdict, {**asked, "looked_by": "automation"})
    assert [(row["status"], row["number"]) for row in automated] == [("attention", 1)]
    before = {"since": engine_time(DAY - timedelta(days=30)), "until": engine_time(DAY)}
    early = Store(engine).rows(one.verdict, {**asked, **before, "cluster": "^silent$"})
    assert [(row["status"], row["number"]) for row in early] == [("attention", 0)]


def test_a_proof_that_does_not_hold_fails_the_ledger(engine: Engine) -> None:
    one = SHARED["ledger_chain"]
    asked = {**PERIOD, **one.verdict_values, "requirements": [(1, "1", "", "")], "cluster": "^(hostile|ledger_chain-1)$"}
    given = {
        said: [row["status"] for row in Store(engine).rows(one.verdict, {**asked, "mismatched": said})]
        for said in ("unknown", "[]", '["hostile"]', '[""]')
    }
    assert given == {"unknown": ["pass"] * 2, "[]": ["pass"] * 2, '["hostile"]': ["fail", "pass"], '[""]': ["fail"] * 2}


def test_a_ledger_that_is_whole_passes(verdicts: Verdicts) -> None:
    assert verdicts["ledger_chain"]["hostile"]["status"] == "pass"


def test_a_cluster_that_is_not_there_is_no_data(engine: Engine) -> None:
    one = SHARED["all_rights_used"]
    asked = {**PERIOD, **one.verdict_values, "cluster": "^nobody$", "requirements": [(1, "1", "", "")]}
    assert [(row["status"], row["finding"]) for row in Store(engine).rows(one.verdict, asked)] == [
        ("no-data", "the store knows no such cluster")
    ]


@pytest.mark.parametrize("one", evidences().values(), ids=lambda one: one.key)
def test_an_evidence_says_what_it_is(one: Evidence) -> None:
    assert one.query.question.endswith("?")
    assert all(one.header[name].endswith(".") for name in ("proves", "cannot"))
    assert one.none[0] in NONE_STATUSES
    assert one.none[1]
    used = set(re.findall(r"\{(\w+):", one.query.text))
    assert used == set(one.query.parameters)
    assert used >= {"until", "cluster"}
    assert set(one.values) == used - SCOPE
    assert one.header["next"] in {board.slug for board in BOARDS}
    said = set(re.findall(r"'(pass|attention|fail|no-data|not-applicable)'", one.query.text)) & set(STATUSES)
    assert said == {name for name in ("pass", "attention", "fail") if name in one.header}


@pytest.mark.parametrize("name", SHARED)
def test_described_columns_are_those_of_the_answer(engine: Engine, name: str) -> None:
    one = SHARED[name]
    described = engine.rows(f"DESCRIBE ({one.text})", {**PERIOD, **one.values})
    names = [row[0] for row in described]
    assert not [row for row in described if "Variant" in row[1]], "rows of two kinds have a column of two types"
    assert names == list(one.columns)
    assert names[:3] == ["cluster", "status", "finding"]


def test_frameworks_are_folders_with_words_of_our_own() -> None:
    assert {one.slug for one in frameworks()} == {"pci-dss", "soc-2", "iso-27001", "nist-800-53", "hipaa", "cis-kubernetes"}
    for one in frameworks():
        numbers = [control.requirement for control in one.controls]
        assert len(numbers) == len(set(numbers)) >= 10
        assert all(control.asks.endswith(".") and control.title for control in one.controls)


def test_requirements_are_in_the_order_of_their_numbers() -> None:
    pci = framework("pci-dss")
    assert pci
    numbers = [control.requirement for control in pci.controls]
    assert numbers.index("8.2.1") < numbers.index("10.2.1.1") < numbers.index("10.2.2") < numbers.index("10.7.1")
    wanted = {
        *(f"10.2.1.{number}" for number in range(1, 8)),
        "10.2.2",
        *(f"10.3.{number}" for number in range(1, 5)),
        "10.4.1",
        "10.4.1.1",
        "10.5.1",
    }
    assert wanted | {"10.7.1", "10.7.2", "10.7.3", "8.2.1", "8.2.2", "8.2.6", "8.3.4", "8.6.1", "7.2.5.1"} <= set(numbers)


def test_the_panels_of_a_framework_hold_no_parameter() -> None:
    names = [*(name for one in frameworks() for name in parts(one)), *(f"evidence/{key}" for key in evidences())]
    for name in names:
        text = control_panel(name).text
        assert not re.search(r"(?<!\$)\{\w+:\w", text), name
        assert "$__toTime_ms" in text
        assert "${cluster:percentencode}" in text
    assert template("verdict").title


@pytest.mark.parametrize("one", frameworks(), ids=lambda one: one.slug)
def test_a_dashboard_says_what_the_report_says(engine: Engine, verdicts: Verdicts, one: Framework) -> None:
    day = Range(DAY, DAY + timedelta(days=1))
    asked = [expand(control_panel(name).text, {"cluster": [ALL], "platform": [ALL]}, day) for name in parts(one)]
    rows = [row for text in asked for row in engine.rows(text)]
    assert list(dict.fromkeys(row[0] for row in rows)) == [control.requirement for control in one.controls]
    of_panel = {panel_id(f"evidence/{key}"): key for key in evidences()}
    compared = 0
    for _, status, cluster, finding, number, _, panel in rows:
        if said := verdicts.get(of_panel[panel], {}).get(cluster):
            assert (status, finding, number) == (said["status"], said["finding"], said["number"])
            compared += 1
    assert compared > 100
