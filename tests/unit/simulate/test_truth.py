"""The truth the simulator states is what the reference finds in the events it wrote: two independent ways to one answer."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from auditradar.ingest.simulate import Plan, simulate
from tests.reference.truth import facts, stated

PLANS = [
    Plan(days=7, events=9_000, seed=1),
    Plan(days=3, events=6_000, seed=2, platform="k3s", late=0.05, duplicated=0.1),
    Plan(days=3, events=6_000, seed=3, platform="eks", late=0.05, duplicated=0.1),
    Plan(days=1.3, people=30, events=9_000, seed=4, api_servers=1),
    Plan(days=0.4, people=14, events=2_000, seed=5, late=0.3, duplicated=0.3, api_servers=3),
    Plan(days=9, people=3, events=0, seed=6, anomalies=False),
]


def read(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(out.glob("logs/*/audit.log")) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.platform}-{plan.seed}")
def test_the_reference_finds_the_truth_in_the_raw_lines(tmp_path: Path, plan: Plan) -> None:
    simulate(tmp_path, plan)
    events, truth = read(tmp_path), json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert events
    assert truth["sessions"]
    assert facts(events, truth["trusted_proxies"], plan.cluster) == stated(truth)


def test_order_and_copies_change_nothing(tmp_path: Path) -> None:
    plan = Plan(days=2, events=4_000, seed=7)
    simulate(tmp_path, plan)
    events, truth = read(tmp_path), json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    mixed = events + events[::3] + events[::7]
    random.Random(1).shuffle(mixed)  # noqa: S311 - any order will do
    assert facts(mixed, truth["trusted_proxies"], plan.cluster) == stated(truth)


def test_logins_are_the_beginnings_of_sessions(tmp_path: Path) -> None:
    truth = simulate(tmp_path, Plan(days=1, events=1_000))
    assert [(login.login_at, login.actor, login.evidence, login.audit_id) for login in truth.logins] == [
        (session.started_at, session.actor, session.evidence, session.audit_id) for session in truth.sessions
    ]


def test_without_trusted_proxies_the_addresses_are_other_ones(tmp_path: Path) -> None:
    plan = Plan(days=2, events=2_000)
    simulate(tmp_path, plan)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert facts(read(tmp_path), (), plan.cluster)["sessions"] != truth["sessions"]
