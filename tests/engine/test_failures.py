"""Failed attempts: records of one attempt are one row, however they lie around the limits of the rules; and what real lines tell."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from tests.reference.acts import SECOND
from tests.reference.failures import Refused, attempts
from tests.reference.rows import micros, stamp

ATTEMPTS = """
SELECT cluster, toUnixTimestamp64Micro(attempted_at), class, actor, evidence_ids
FROM failed_attempts
WHERE startsWith(cluster, 'refused-')
"""
FIXTURES = Path(__file__).parents[1] / "fixtures"
BASE = micros("2026-01-05T09:59:40.000000Z")
PEOPLE = {"denied", "idp-failure", "error"}
OWNERS = {"sha256~known": "alice"}
# What may tell of one attempt, with the limit that decides.
THEMES = [
    (["401", "401", "token-missing", "token-missing", "iam-denied"], 2 * SECOND),
    (["denied", "idp-failure", "idp-failure", "error"], 30 * SECOND),
    (["401", "token-missing", "denied", "idp-failure", "error", "iam-denied"], 2 * SECOND),
]
COMPONENTS = {"token-missing": "oauth-apiserver", "idp-failure": "keycloak", "iam-denied": "eks-authenticator"}
numbers = itertools.count()


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="failures")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE failures")


@st.composite
def stories(draw: st.DrawFn) -> list[Refused]:
    """Draw records around each other's limits, no two in one microsecond."""
    kinds, limit = draw(st.sampled_from(THEMES))
    steps = st.sampled_from([1, limit // 2, limit - 1, limit, limit + 1, 3 * limit]) | st.integers(1, 2 * limit)
    at, found = BASE, {}
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(kinds))
        actor = draw(st.sampled_from(["alice", "alice", "Alice", "oidc:alice", "bob", ""])) if kind in PEOPLE else ""
        token = draw(st.sampled_from(["sha256~known", "sha256~known", "sha256~other"])) if kind == "token-missing" else ""
        if kind == "iam-denied":
            actor = draw(st.sampled_from(["", "arn:aws:iam::111122223333:role/dev"]))
        if kind == "denied" and not actor:
            actor = "bob"  # without a name it is a challenge
        found.setdefault(at, Refused(at, f"{kind}-{number}", kind, actor, token))
        at = draw(st.sampled_from(sorted(found))) + draw(steps)
    return list(found.values())


def moment(at: int) -> str:
    return stamp(at).replace("T", " ").removesuffix("Z")


def record(cluster: str, each: Refused) -> dict[str, Any]:
    """Give a fact as the feeds write it."""
    return {
        "at": moment(each.at),
        "cluster": cluster,
        "platform": "openshift",
        "component": COMPONENTS.get(each.kind, "oauth-server"),
        "kind": each.kind,
        "actor": each.actor,
        "names": [each.actor] if each.actor else [],
        "credential_id": each.token,
        "code": 404 if each.kind == "token-missing" else 0,
        "evidence_id": each.id,
    }


def made(cluster: str, token: str, owner: str) -> dict[str, Any]:
    fact = record(cluster, Refused(BASE - 3600 * SECOND, f"made-{token}", "token-created", owner, token))
    return fact | {"component": "oauth-apiserver", "code": 201}


def refusal(cluster: str, each: Refused) -> dict[str, Any]:
    """Give a 401 as delivery hands it to the engine."""
    event = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": each.id,
        "stage": "ResponseStarted",
        "requestURI": "/apis/apps/v1/deployments",
        "verb": "list",
        "user": {},
        "sourceIPs": ["203.0.113.7"],
        "userAgent": "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9",
        "objectRef": {"resource": "deployments", "apiGroup": "apps", "apiVersion": "v1"},
        "responseStatus": {"metadata": {}, "status": "Failure", "message": "Unauthorized", "reason": "Unauthorized", "code": 401},
        "requestReceivedTimestamp": stamp(each.at),
        "stageTimestamp": stamp(each.at),
    }
    place = {
        "cluster": cluster,
        "component": "kube-apiserver",
        "source": "story",
        "batch_id": cluster,
        "position": 1,
        "record_kind": "event",
    }
    return place | {"raw": json.dumps(event)}


def deliver(store: Engine, told: dict[str, list[Refused]]) -> None:
    """Insert the records of each story, each story as a cluster of its own."""
    facts = [made(cluster, token, owner) for cluster in told for token, owner in OWNERS.items()]
    facts += [record(cluster, each) for cluster, story in told.items() for each in story if each.kind != "401"]
    landed = [refusal(cluster, each) for cluster, story in told.items() for each in story if each.kind == "401"]
    for table, rows in {"auth_records": facts, "landing": landed}.items():
        if rows:
            store.insert(table, list(rows[0]), b"\n".join(orjson.dumps(row) for row in rows), "JSONEachRow")
    refresh(store)


def stored(store: Engine) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for cluster, at, kind, actor, ids in store.rows(ATTEMPTS):
        found.setdefault(cluster, []).append((at, kind, actor, tuple(ids)))
    return {cluster: sorted(rows) for cluster, rows in found.items()}


def edges() -> list[list[Refused]]:
    """Give every order of three records with every distance around the limit that decides."""
    found = []
    for kinds, limit in (("401", "token-missing", "iam-denied"), 2 * SECOND), (("denied", "idp-failure", "error"), 30 * SECOND):
        for three in itertools.product(kinds, repeat=3):
            for first, second in itertools.product((1, limit, limit + 1), repeat=2):
                moments = (BASE, BASE + first, BASE + first + second)
                found.append([told(at, kind, number) for number, (at, kind) in enumerate(zip(moments, three, strict=True))])
    return found


def told(at: int, kind: str, number: int) -> Refused:
    token = "sha256~known" if kind == "token-missing" else ""
    return Refused(at, f"{kind}-{number}", kind, "alice" if kind in PEOPLE else "", token)


@example(drawn=edges())
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(stories(), min_size=80, max_size=80))
def test_every_attempt_is_one_row_with_all_its_evidence(store: Engine, drawn: list[list[Refused]]) -> None:
    clusters = {f"refused-{next(numbers)}": story for story in drawn}
    deliver(store, clusters)
    found = stored(store)
    for cluster, story in clusters.items():
        assert found.get(cluster, []) == attempts(story, OWNERS), story


def test_a_logout_at_the_identity_provider_ends_the_session_that_it_began(store: Engine) -> None:
    load(store, expand([str(FIXTURES / "keycloak" / "quoted.log")]), LoadOptions(cluster="keycloak"))
    refresh(store)
    logins = store.rows("SELECT actor, toString(login_at), evidence, confidence FROM logins WHERE cluster = 'keycloak' AND actor = 'alice'")
    assert logins == [("alice", "2026-08-11 19:34:22.431000", "idp", "recorded")]
    ends = store.rows("SELECT actor, by, kind, toString(logout_at), evidence FROM logouts WHERE cluster = 'keycloak' AND actor = 'alice'")
    assert ends == [("alice", "alice", "logout", "2026-08-11 19:40:00.001000", "recorded")]


@pytest.mark.parametrize(("late", "evidence"), [(30, ("iam", "recorded")), (-30, ("iam", "recorded")), (31, ("first-seen", "inferred"))])
def test_a_line_of_the_eks_authenticator_within_half_a_minute_records_the_login(
    store: Engine, late: int, evidence: tuple[str, str]
) -> None:
    cluster = f"eks{late}"
    load(store, expand([str(FIXTURES / "eks-authenticator" / "authenticator.log")]), LoadOptions(cluster=cluster))
    granted = micros("2022-05-26T18:55:30.000000Z")
    came = refusal(cluster, Refused(granted + late * SECOND, "first-request", "401"))
    event = json.loads(came["raw"])
    event |= {"stage": "ResponseComplete", "responseStatus": {"metadata": {}, "code": 200}}
    event["user"] = {"username": "kubernetes-admin", "groups": ["system:masters"], "extra": {"accessKeyId": ["ASIAEXAMPLE"]}}
    came["raw"] = json.dumps(event)
    store.insert("landing", list(came), orjson.dumps(came), "JSONEachRow")
    refresh(store)
    assert store.rows(f"SELECT evidence, confidence FROM logins WHERE cluster = '{cluster}'") == [evidence]
