"""Nothing secret reaches the store, whatever way it takes."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand

numbers = itertools.count()
SECRET = "czNjcjN0LXZhbHVl"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSIsInNlY3JldCI6IjEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
BASE: dict[str, Any] = {
    "kind": "Event",
    "apiVersion": "audit.k8s.io/v1",
    "level": "RequestResponse",
    "auditID": "1",
    "stage": "ResponseComplete",
    "requestURI": "/api/v1/namespaces/shop/secrets",
    "verb": "create",
    "user": {"username": "alice"},
    "objectRef": {"resource": "secrets", "namespace": "shop", "name": "db", "apiVersion": "v1"},
    "responseStatus": {"metadata": {}, "code": 201},
    "requestReceivedTimestamp": "2026-01-05T10:00:00.000000Z",
    "stageTimestamp": "2026-01-05T10:00:00.000000Z",
}
SECRET_BODY = {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "db"}, "data": {"password": SECRET}}
LAST_APPLIED = {"kubectl.kubernetes.io/last-applied-configuration": orjson.dumps(SECRET_BODY).decode()}

PLANTED: dict[str, dict[str, Any] | bytes] = {
    "the data of a Secret": BASE | {"requestObject": SECRET_BODY},
    "the answer with a Secret": BASE | {"responseObject": SECRET_BODY},
    "a list of Secrets": BASE | {"verb": "list", "responseObject": {"kind": "SecretList", "items": [SECRET_BODY]}},
    "a patch of a Secret": BASE | {"verb": "patch", "requestObject": [{"op": "replace", "path": "/data/password", "value": SECRET}]},
    "last-applied-configuration": BASE | {"responseObject": {**SECRET_BODY, "data": {}, "metadata": {"annotations": LAST_APPLIED}}},
    "a token in the address": BASE | {"requestURI": f"/api/v1/pods?access_token={SECRET}&watch=true"},
    "a code in the address": BASE | {"requestURI": f"/oauth/authorize?client_id=x&code={SECRET}"},
    "an encoded address inside an address": BASE | {"requestURI": f"/login?then=%2Foauth%3Faccess_token%3D{SECRET}"},
    "a JWT in a name": BASE | {"objectRef": {"resource": "pods", "name": JWT}},
    "a JWT in the user agent": BASE | {"userAgent": f"curl {JWT}"},
    "a raw token as an object name": BASE
    | {
        "requestURI": f"/apis/oauth.openshift.io/v1/oauthaccesstokens/{SECRET}",
        "objectRef": {"resource": "oauthaccesstokens", "name": SECRET, "apiGroup": "oauth.openshift.io", "apiVersion": "v1"},
        "responseStatus": {
            "message": f'oauthaccesstokens.oauth.openshift.io "{SECRET}" not found',
            "details": {"name": SECRET},
            "code": 404,
        },
    },
    "a token that was issued": BASE
    | {
        "requestURI": "/api/v1/namespaces/shop/serviceaccounts/default/token",
        "objectRef": {"resource": "serviceaccounts", "subresource": "token", "name": "default"},
        "responseObject": {"kind": "TokenRequest", "status": {"token": SECRET}},
    },
    "a token under review": BASE
    | {"objectRef": {"resource": "tokenreviews"}, "requestObject": {"kind": "TokenReview", "spec": {"token": SECRET}}},
    "a broken event": orjson.dumps(BASE | {"requestURI": f"/x?access_token={SECRET}"})[:-30],
    "a line of a proxy": f'203.0.113.7 - - [05/Jan/2026:10:00:00 +0000] "GET /x?access_token={SECRET} HTTP/1.1" 200 1 "-" "curl"'.encode(),
    "a line with a header": f"Authorization: Bearer {JWT}".encode(),
}


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="secrets")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE secrets")


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())
def test_a_secret_is_nowhere_in_the_store_and_its_absence_is_marked(store: Engine, tmp_path: Path, planted: dict[str, Any] | bytes) -> None:
    cluster = f"secrets-{next(numbers)}"
    record = planted if isinstance(planted, bytes) else orjson.dumps(planted)
    assert SECRET.encode() in record or JWT.encode() in record
    (tmp_path / "audit.log").write_bytes(orjson.dumps(BASE | {"auditID": "0"}) + b"\n" + record + b"\n")
    result = load(store, expand([str(tmp_path / "audit.log")]), LoadOptions(cluster=cluster))
    assert (result.records, result.redacted) == (2, 1)
    stored = "\n".join(
        str(row)
        for table in ("events", "rejected", "batches", "refusals", "activity_minutes", "schema_log")
        for row in store.rows(f"SELECT * FROM {table}")
    )
    assert SECRET not in stored
    for part in JWT.split("."):
        assert part not in stored


def test_the_keys_of_a_secret_stay_and_the_row_says_what_was_redacted(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "audit.log").write_bytes(orjson.dumps(PLANTED["the data of a Secret"]) + b"\n")
    load(store, expand([str(tmp_path / "audit.log")]), LoadOptions(cluster="keys"))
    [[raw, redacted]] = store.rows("SELECT raw, redacted FROM events WHERE cluster = 'keys'")
    assert orjson.loads(raw)["requestObject"]["data"] == {"password": "[redacted]"}
    assert redacted == ["secret-body"]


def test_the_arguments_of_exec_stay_unless_they_are_masked(store: Engine, tmp_path: Path) -> None:
    uri = "/api/v1/namespaces/shop/pods/db-0/exec?command=mysql&command=-psesame&stdin=true"
    event = BASE | {"requestURI": uri, "objectRef": {"resource": "pods", "subresource": "exec", "name": "db-0"}}
    (tmp_path / "audit.log").write_bytes(orjson.dumps(event) + b"\n")
    for cluster, masked in (("kept", False), ("masked", True)):
        load(store, expand([str(tmp_path / "audit.log")]), LoadOptions(cluster=cluster, mask_exec=masked))
    stored = dict(tuple(row) for row in store.rows("SELECT cluster, request_uri FROM events WHERE cluster IN ('kept', 'masked')"))
    assert "sesame" in stored["kept"]
    assert "sesame" not in stored["masked"]
    assert stored["masked"].startswith("/api/v1/namespaces/shop/pods/db-0/exec?command=")
