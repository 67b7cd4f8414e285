"""What a simulated run contains: mostly machines, at all hours, and every story it promises."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditradar.ingest.simulate import Plan, Truth, simulate

STORIES = {
    *("break-glass", "failure-then-success", "stolen-credential", "expired-token-storm", "refused-impersonation", "token-spraying"),
    *("new-cluster-admin", "anonymous-scan", "refused-sweep", "namespace-deleted", "forged-address", "token-outside"),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("content")


@pytest.fixture(scope="module")
def truth(out: Path) -> Truth:
    return simulate(out, Plan(events=60_000))


@pytest.fixture(scope="module")
def events(out: Path, truth: Truth) -> list[dict[str, Any]]:
    """Read what was written together with the truth."""
    assert truth.counts.lines
    return [json.loads(line) for path in sorted(out.glob("logs/*/audit.log")) for line in path.read_text(encoding="utf-8").splitlines()]


def test_machines_are_nineteen_in_twenty(tmp_path: Path) -> None:
    truth = simulate(tmp_path, Plan(days=1))
    assert truth.counts.by_actor_kind["human"] / truth.counts.requests < 0.05


def test_a_line_has_about_a_kilobyte(out: Path, truth: Truth) -> None:
    size = sum(path.stat().st_size for path in out.glob("logs/*/audit.log"))
    assert 1000 <= size / truth.counts.lines <= 1300


def test_there_are_events_in_every_hour_of_the_week(events: list[dict[str, Any]]) -> None:
    assert len({event["requestReceivedTimestamp"][:13] for event in events}) == 7 * 24


def test_every_story_happens_once(truth: Truth) -> None:
    assert Counter(story.what for story in truth.anomalies) == Counter(STORIES)


def test_stories_can_be_left_out(tmp_path: Path) -> None:
    quiet = simulate(tmp_path, Plan(days=1, events=2000, anomalies=False))
    assert quiet.anomalies == []
    assert quiet.failed_attempts == []


def test_every_way_to_be_answered_is_there(truth: Truth) -> None:
    expected = {"success", "unauthenticated", "forbidden", "not-found", "conflict", "invalid", "throttled"}
    assert expected <= set(truth.counts.by_outcome)


def test_all_ways_in_are_there(truth: Truth) -> None:
    assert {session.method for session in truth.sessions} >= {"kubectl", "helm", "terraform", "web-console", "api-token", "other"}
    assert {session.actor_kind for session in truth.sessions} == {"human", "service-account"}
    assert {session.evidence for session in truth.sessions} == {"first-seen", "idle-gap"}


def test_somebody_moves_between_home_and_office(truth: Truth) -> None:
    monday = {s.client_ip for s in truth.sessions if s.actor == "alice" and s.started_at.startswith("2026-01-05")}
    assert len(monday) == 2


def test_one_name_has_two_credentials_at_one_address(truth: Truth) -> None:
    office = {s.credential_id[:11] for s in truth.sessions if s.actor == "carol@example.com" and s.client_ip == "203.0.113.12"}
    assert office == {"", "X509SHA256="}


def test_a_session_outlives_its_last_request(events: list[dict[str, Any]], truth: Truth) -> None:
    streams = [event for event in events if event.get("objectRef", {}).get("subresource") in {"exec", "log", "portforward"}]
    ends = {event["stageTimestamp"] for event in streams if event["stage"] == "ResponseComplete"}
    assert ends & {session.last_seen_at for session in truth.sessions}


def test_issued_tokens_are_used_later(events: list[dict[str, Any]]) -> None:
    issued = {event.get("annotations", {}).get("authentication.kubernetes.io/issued-credential-id", "") for event in events} - {""}
    extras = [event["user"].get("extra", {}) for event in events]
    used = {extra.get("authentication.kubernetes.io/credential-id", [""])[0] for extra in extras}
    assert len(issued & used) > 0.9 * len(issued) > 100


def test_the_dashboard_acts_as_several_people(truth: Truth) -> None:
    acting = {name for s in truth.sessions if s.actor == "system:serviceaccount:headlamp:headlamp" for name in s.acting_as}
    assert acting == {"frank@example.com", "judy@example.com"}


def test_a_script_repeats_its_audit_id(events: list[dict[str, Any]]) -> None:
    script = [event for event in events if event.get("userAgent") == "python-requests/2.32.5" and event["stage"] == "ResponseComplete"]
    assert len({event["auditID"] for event in script}) < len({event["requestReceivedTimestamp"] for event in script})


@pytest.mark.parametrize("wanted", [6_000, 40_000])
def test_the_number_of_events_is_about_what_was_asked_for(tmp_path: Path, wanted: int) -> None:
    truth = simulate(tmp_path, Plan(days=2.5, events=wanted))
    assert 0.85 * wanted < truth.counts.events < 1.25 * wanted


def test_addresses_are_from_documentation_and_private_ranges(events: list[dict[str, Any]]) -> None:
    ranges = ("203.0.113.", "198.51.100.", "192.0.2.", "10.", "127.0.0.1", "::1")
    assert {ip for event in events for ip in event["sourceIPs"] if not ip.startswith(ranges)} == set()
