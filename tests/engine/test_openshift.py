"""A simulated OpenShift week, loaded in order and shuffled, doubled and cut: facts, logins, ends, failures and sessions are the story's."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.simulate import OpenShiftTruth, Plan, simulate_any
from auditradar.ingest.sources import expand

TOKENS = """
SELECT actor, client_name, credential_id, toString(at)
FROM authentications
WHERE cluster = {cluster:String} AND kind = 'token-created'
"""
DELETED = """
SELECT actor, by, credential_id, toString(at)
FROM authentications
WHERE cluster = {cluster:String} AND kind = 'token-deleted'
"""
REFUSED = """
SELECT kind, actor, evidence_id
FROM authentications
WHERE cluster = {cluster:String} AND kind IN ('denied', 'error')
"""
LINES = """
SELECT kind, actor, client_ip, toString(at)
FROM authentications
WHERE cluster = {cluster:String} AND component = 'keycloak'
"""
MISSING = "SELECT uniqExact(credential_id), count() FROM authentications WHERE cluster = {cluster:String} AND kind = 'token-missing'"
LAST_BEAT = """
SELECT credential_id, toString(max(inactive_at))
FROM authentications
WHERE cluster = {cluster:String} AND kind = 'token-refreshed'
GROUP BY credential_id
"""
CONNECTIONS = "SELECT client_ip, toString(accepted_at), toString(ended_at) FROM access_records FINAL WHERE cluster = {cluster:String}"
PROVED = """
SELECT actor, toString(at), client_ip, client_ip_evidence
FROM authentications
WHERE cluster = {cluster:String} AND kind IN ('allowed', 'denied', 'error')
"""
EVENTS = "SELECT count() FROM events FINAL WHERE cluster = {cluster:String}"
REJECTED = "SELECT count() FROM rejected WHERE cluster = {cluster:String}"
LOGINS = """
SELECT actor, method, client_name, provider, evidence, confidence, if(evidence = 'idp', '', credential_id), toString(login_at)
FROM logins
WHERE cluster = {cluster:String} AND actor_kind = 'human'
"""
PLACES = "SELECT actor, toString(login_at), client_ip FROM logins WHERE cluster = {cluster:String} AND actor_kind = 'human'"
ENDS = "SELECT actor, by, kind, toString(logout_at) FROM logouts WHERE cluster = {cluster:String}"
FAILURES = "SELECT class, actor, toString(attempted_at) FROM failed_attempts WHERE cluster = {cluster:String}"
SESSIONS = """
SELECT actor, credential_id, method, toString(started_at), toString(last_seen_at), toString(ended_at), end_reason,
    requests, writes, denied, acting_as
FROM sessions
WHERE cluster = {cluster:String} AND evidence = 'oauth-token'
"""


def shown(moment: str) -> str:
    return moment.replace("T", " ").removesuffix("Z")


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="openshift")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE openshift")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OpenShiftTruth]:
    folder = tmp_path_factory.mktemp("openshift")
    truth = simulate_any(folder, Plan(days=6, people=8, seed=3, events=3_000, platform="openshift"))
    assert isinstance(truth, OpenShiftTruth)
    return folder, truth


@pytest.fixture(scope="module")
def in_order(store: Engine, week: tuple[Path, OpenShiftTruth]) -> str:
    """Load the files as they are."""
    result = load(store, expand([str(week[0] / "logs")]), LoadOptions(cluster="ordered"))
    assert (result.rejected, result.excluded) == (0, 0)
    assert result.records == week[1].counts.lines
    refresh(store)
    return "ordered"


@pytest.fixture(scope="module")
def shuffled(store: Engine, week: tuple[Path, OpenShiftTruth], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Load the lines of every log mixed, a third of them twice, cut into other files and batches."""
    out, chance = tmp_path_factory.mktemp("shuffled"), random.Random(1)  # noqa: S311 - any order will do
    logs: dict[str, list[bytes]] = {}
    for path in sorted((week[0] / "logs").rglob("*.log")):
        logs.setdefault(path.parent.name, []).extend(path.read_bytes().splitlines(keepends=True))
    for name, once in logs.items():
        lines = once + once[::3]
        chance.shuffle(lines)
        for part in range(2):
            path = out / name / f"part-{part}.log"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"".join(lines[part::2]))
    load(store, expand([str(out)]), LoadOptions(cluster="shuffled", batch_bytes=700_000))
    refresh(store)
    return "shuffled"


@pytest.fixture(params=["in_order", "shuffled"])
def cluster(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def rows(store: Engine, query: str, cluster: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in store.rows(query, {"cluster": cluster}))


def test_every_token_is_made_once_for_whom_it_was_made(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    truth = week[1]
    made = {(each.actor, each.client_name, each.credential_id, shown(each.login_at)) for each in truth.logins if each.credential_id}
    found = rows(store, TOKENS, cluster)
    assert made
    assert {row for row in found if row[2] not in truth.silent_tokens} == made
    assert len(found) == len(made) + len(truth.silent_tokens)


def test_every_token_that_was_deleted_says_by_whom(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    ends = [each for each in week[1].logouts if each.by]
    assert {each.kind for each in ends} == {"logout", "revoked"}
    assert rows(store, DELETED, cluster) == sorted((each.actor, each.by, each.credential_id, shown(each.logout_at)) for each in ends)


def test_refused_people_and_broken_providers_are_recorded_by_the_oauth_server(
    store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str
) -> None:
    kinds = {"bad-password": "denied", "idp-error": "error"}
    wanted = [(kinds[each.class_], each.actor, each.audit_id) for each in week[1].failed_attempts if each.class_ in kinds]
    assert len(wanted) > 9
    assert rows(store, REFUSED, cluster) == sorted(wanted)


def test_every_line_of_keycloak_is_one_fact(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    lines = [line for path in (week[0] / "logs").rglob("keycloak.log") for line in path.read_text().splitlines()]
    found = rows(store, LINES, cluster)
    assert len(found) == len(lines) > 5
    assert [row[0] for row in found].count("idp-failure") == sum('"LOGIN_ERROR"' in line for line in lines) == 1
    elsewhere = next(each for each in week[1].logins if each.evidence == "idp")
    assert ("idp-login", elsewhere.actor, elsewhere.client_ip, shown(elsewhere.login_at)) in found


def test_dead_tokens_are_looked_up_twice_and_found_missing(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    tried = [each for each in week[1].failed_attempts if each.class_ == "unknown-or-expired-token"]
    assert rows(store, MISSING, cluster) == [(len(tried), 2 * len(tried))]


def test_heartbeats_move_the_end_of_a_token_to_where_it_ended(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    ended = {each.credential_id: shown(each.ended_at) for each in week[1].sessions if each.method == "oc-web"}
    found = dict(rows(store, LAST_BEAT, cluster))
    assert found
    assert {name: ended[name] for name in found} == found


def test_every_connection_of_the_router_is_one_record(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    lines = [line for path in (week[0] / "logs").rglob("haproxy.log") for line in path.read_text().splitlines()]
    found = rows(store, CONNECTIONS, cluster)
    assert len(found) == len(lines) > 10
    assert {row[0] for row in found} == {line.partition(":")[0] for line in lines}
    assert all(row[1] < row[2] for row in found)


def test_the_router_s_log_names_who_stood_behind_it_where_only_one_did(
    store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str
) -> None:
    found = {row[:2]: row[2:] for row in rows(store, PROVED, cluster)}
    logins = [each for each in week[1].logins if each.credential_id]
    assert {each.client_ip_evidence for each in logins} == {"peer", "access-log", ""}
    for each in logins:
        address, evidence = found[each.actor, shown(each.proved_at)]
        assert (address, evidence) == ((each.known_ip, each.client_ip_evidence) if each.known_ip else ("10.131.0.5", "peer"))
    for failure in week[1].failed_attempts:
        if failure.class_ in {"bad-password", "idp-error"}:
            assert found[failure.actor, shown(failure.attempted_at)][0] == failure.known_ip


def test_nothing_is_rejected_and_every_event_is_there_once(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    assert rows(store, EVENTS, cluster) == [(week[1].counts.events,)]
    assert rows(store, REJECTED, cluster) == [(0,)]


def test_no_code_or_state_of_the_router_s_log_is_stored(store: Engine, week: tuple[Path, OpenShiftTruth], in_order: str) -> None:
    lines = [line for path in (week[0] / "logs").rglob("haproxy.log") for line in path.read_text().splitlines()]
    secrets = [line.partition("?code=")[2].partition("&")[0] for line in lines if "?code=" in line]
    assert secrets
    kept = "\n".join(
        f"{uri} {raw}" for uri, raw in rows(store, "SELECT uri, raw FROM access_records WHERE cluster = {cluster:String}", in_order)
    )
    assert not [secret for secret in secrets if secret in kept]
    assert "/auth/callback?code=[redacted]&state=[redacted]" in kept


def test_every_human_act_is_one_login(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    wanted = [
        (each.actor, each.method, each.client_name, each.provider, each.evidence, each.confidence, each.credential_id, shown(each.login_at))
        for each in week[1].logins
    ]
    assert rows(store, LOGINS, cluster) == sorted(wanted)


def test_a_login_shows_the_person_s_address_where_it_can_be_known_and_never_another_s(
    store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str
) -> None:
    found = {(actor, at): address for actor, at, address in rows(store, PLACES, cluster)}
    outside = {each.client_ip for each in week[1].logins}
    for each in week[1].logins:
        address = found[each.actor, shown(each.login_at)]
        if each.known_ip:
            assert address == each.client_ip
        else:
            assert address not in outside - {each.client_ip}


def test_every_end_has_its_kind_and_who_did_it(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    assert rows(store, ENDS, cluster) == sorted((each.actor, each.by, each.kind, shown(each.logout_at)) for each in week[1].logouts)


def test_every_failed_attempt_has_its_class_and_name(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    wanted = [(each.class_, each.actor, shown(each.attempted_at)) for each in week[1].failed_attempts]
    assert rows(store, FAILURES, cluster) == sorted(wanted)


def test_every_token_is_one_session_with_what_was_done_in_it(store: Engine, week: tuple[Path, OpenShiftTruth], cluster: str) -> None:
    wanted = [
        (
            *(each.actor, each.credential_id, each.method, shown(each.started_at), shown(each.last_seen_at), shown(each.ended_at)),
            *(each.end_reason, each.requests, each.writes, each.denied, each.acting_as),
        )
        for each in week[1].sessions
    ]
    assert rows(store, SESSIONS, cluster) == sorted(wanted)
