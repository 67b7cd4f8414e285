"""No secret survives, nothing else changes, and redacting twice is redacting once."""

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditradar.ingest.envelopes.framing import decode, open_framer
from auditradar.ingest.envelopes.records import Decoded, DecodeOptions
from auditradar.ingest.redact import redact_event, redact_text

Event = dict[str, Any]
# What a generator of tokens, codes and passwords writes; long enough to occur nowhere by chance.
SECRETS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", min_size=24, max_size=60).filter(
    lambda text: any(char.isdigit() for char in text)
)
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def event(uri: str = "/api/v1/pods", resource: str = "pods", **more: Any) -> Event:
    return {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "RequestResponse",
        "auditID": "1d1c2f6a-0000-4000-8000-000000000001",
        "stage": "ResponseComplete",
        "requestURI": uri,
        "verb": "create",
        "user": {"username": "jane"},
        "sourceIPs": ["10.0.0.1"],
        "objectRef": {"resource": resource, "apiVersion": "v1"} | more.pop("ref", {}),
        **more,
        "requestReceivedTimestamp": "2026-01-05T10:00:00.000000Z",
        "stageTimestamp": "2026-01-05T10:00:00.000000Z",
    }


def jwt(secret: str) -> str:
    return "eyJhbGciOiJSUzI1NiJ9." + base64.urlsafe_b64encode(json.dumps({"sub": secret}).encode()).decode().rstrip("=") + "." + secret


def uri(template: str) -> Callable[[str], Event]:
    return lambda secret: event(template.replace("SECRET", secret))


def secret_body(**fields: Any) -> Event:
    return {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "s"}, **fields}


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


OAUTH = "/apis/oauth.openshift.io/v1/"
OAUTH_REF = {"apiGroup": "oauth.openshift.io"}
# Every place the rules name; SECRET stands for the secret.
PLACES: dict[str, Callable[[str], Event]] = {
    **{
        f"query {name}": uri(f"/api/v1/pods?watch=true&{name}=SECRET&limit=1")
        for name in ("access_token", "code", "id_token", "refresh_token", "state", "token", "client_secret", "password")
    },
    "query upper case": uri("/oauth/token?ACCESS_TOKEN=SECRET"),
    "query mixed case": uri("/oauth/token?Access_Token=SECRET"),
    "query encoded name": uri("/oauth/token?acc%65ss_token=SECRET"),
    "query encoded underscore": uri("/oauth/token?access%5Ftoken=SECRET"),
    "query after semicolon": uri("/oauth/token?a=1;token=SECRET"),
    "query in then": lambda secret: event("/login?then=" + quote("/oauth/authorize?client_id=x&code=" + secret, safe="")),
    "query in then twice": lambda secret: event("/login?then=" + quote("/a?then=" + quote("/b?x=1&token=" + secret, safe=""), safe="")),
    "query in plain then": lambda secret: event("/login?then=/oauth/authorize?client_id=x&code=" + secret),
    "redirect fragment": lambda secret: event("/x?redirect_uri=" + quote("https://a/b#access_token=" + secret, safe="")),
    "message address": lambda secret: event(responseStatus={"code": 400, "message": f"cannot redirect to https://a/b?code={secret}"}),
    "jwt in name": lambda secret: event(ref={"name": jwt(secret)}),
    "jwt in agent": lambda secret: event(userAgent="curl " + jwt(secret)),
    "jwt in annotation": lambda secret: event(annotations={"a": jwt(secret)}),
    "bearer in command": lambda secret: event(f"/api/v1/namespaces/a/pods/b/exec?command=curl&command=Authorization%3A+Bearer+{secret}"),
    "bearer in encoded command": lambda secret: event(f"/api/v1/namespaces/a/pods/b/exec?command=Authorization%3A%20bearer%20{secret}"),
    "bearer in agent": lambda secret: event(userAgent=f"x Bearer {secret}"),
    "bearer lower case": lambda secret: event(userAgent=f"x bearer {secret}"),
    "bearer in path": lambda secret: event(f"/api/v1/pods/Bearer%20{secret}"),
    "basic": lambda secret: event(userAgent="Basic " + secret),
    "bearer in body": lambda secret: event(requestObject={"spec": {"args": ["-H", "Authorization: Bearer " + secret]}}),
    "private key": lambda secret: event(
        requestObject={"data": {"k": f"-----BEGIN RSA PRIVATE KEY-----\n{secret}\n-----END RSA PRIVATE KEY-----\n"}}
    ),
    "private key cut": lambda secret: event(annotations={"k": f"-----BEGIN PRIVATE KEY-----\n{secret}"}),
    "secret data": lambda secret: event(resource="secrets", requestObject=secret_body(data={"password": secret})),
    "secret string data": lambda secret: event(resource="secrets", requestObject=secret_body(stringData={"password": 'a"}' + secret})),
    "secret response": lambda secret: event(resource="secrets", responseObject=secret_body(data={"password": b64(secret)})),
    "secret list": lambda secret: event(
        resource="secrets", responseObject={"kind": "SecretList", "items": [{"metadata": {}, "data": {"p": secret}}]}
    ),
    "secret merge patch": lambda secret: event(resource="secrets", verb="patch", requestObject={"data": {"p": secret, "gone": None}}),
    "secret json patch": lambda secret: event(resource="secrets", requestObject=[{"op": "add", "path": "/data/p", "value": secret}]),
    "secret json patch of all": lambda secret: event(
        resource="secrets", requestObject=[{"op": "add", "path": "/data", "value": {"p": secret}}]
    ),
    "secret text patch": lambda secret: event(resource="secrets", requestObject="data:\n  p: " + secret),
    "secret last applied": lambda secret: event(
        resource="secrets",
        requestObject=secret_body() | {"metadata": {"annotations": {LAST_APPLIED: json.dumps(secret_body(data={"p": secret}))}}},
    ),
    "secret last applied patch": lambda secret: event(
        resource="secrets", requestObject={"metadata": {"annotations": {LAST_APPLIED: json.dumps(secret_body(stringData={"p": secret}))}}}
    ),
    "secret last applied broken": lambda secret: event(
        resource="secrets", requestObject={"metadata": {"annotations": {LAST_APPLIED: '{"data":{"p":"' + secret}}}
    ),
    "secret in table": lambda secret: event(
        resource="secrets",
        responseObject={
            "kind": "Table",
            "rows": [{"object": {"metadata": {"annotations": {LAST_APPLIED: json.dumps({"data": {"p": secret}})}}}}],
        },
    ),
    "secret in template": lambda secret: event(resource="templates", requestObject={"objects": [secret_body(stringData={"p": secret})]}),
    "secret in last applied of another": lambda secret: event(
        requestObject={"metadata": {"annotations": {LAST_APPLIED: json.dumps({"objects": [secret_body(data={"p": secret})]})}}}
    ),
    "secret without reference": lambda secret: {
        key: value
        for key, value in event("/api/v1/namespaces/a/secrets", requestObject={"data": {"p": secret}}).items()
        if key != "objectRef"
    },
    "token request": lambda secret: event(
        resource="serviceaccounts", ref={"subresource": "token"}, responseObject={"kind": "TokenRequest", "status": {"token": secret}}
    ),
    "token review": lambda secret: event(resource="tokenreviews", requestObject={"kind": "TokenReview", "spec": {"token": secret}}),
    "token review by resource": lambda secret: event(resource="tokenreviews", requestObject={"spec": {"token": secret}}),
    "oauth client": lambda secret: event(
        resource="oauthclients", ref=OAUTH_REF, requestObject={"kind": "OAuthClient", "secret": secret, "additionalSecrets": [secret]}
    ),
    "oauth refresh token": lambda secret: event(
        resource="oauthaccesstokens",
        ref=OAUTH_REF,
        requestObject={"kind": "OAuthAccessToken", "refreshToken": secret, "authorizeToken": secret},
    ),
    "token name in path": lambda secret: event(
        OAUTH + "oauthaccesstokens/" + secret, "oauthaccesstokens", ref=OAUTH_REF | {"name": secret}
    ),
    "token name of another": lambda secret: event(
        OAUTH + "oauthauthorizetokens/" + secret, "oauthauthorizetokens", ref=OAUTH_REF | {"name": secret}
    ),
    "token name of own": lambda secret: event(
        OAUTH + "useroauthaccesstokens/" + secret, "useroauthaccesstokens", ref=OAUTH_REF | {"name": secret}
    ),
    "token name in object": lambda secret: event(
        OAUTH + "oauthaccesstokens",
        "oauthaccesstokens",
        ref={"name": secret} | OAUTH_REF,
        requestObject={"kind": "OAuthAccessToken", "metadata": {"name": secret, "selfLink": "/oapi/v1/oauthaccesstokens/" + secret}},
    ),
    "token name in message": lambda secret: event(
        OAUTH + "oauthaccesstokens/" + secret,
        "oauthaccesstokens",
        ref=OAUTH_REF,
        responseStatus={"message": f'oauthaccesstokens.oauth.openshift.io "{secret}" not found', "details": {"name": secret}, "code": 404},
    ),
    "token name in selector": lambda secret: event(
        OAUTH + "oauthaccesstokens?fieldSelector=metadata.name%3D" + secret, "oauthaccesstokens", ref=OAUTH_REF
    ),
}


def through(data: bytes, **given_options: Any) -> Decoded:
    framer = open_framer([data], DecodeOptions(**given_options))
    run = framer.peek(1 << 25)
    assert run is not None
    return decode(run, DecodeOptions(**given_options))


def canonical(planted: Event) -> bytes:
    """Write an event as the API server does: Go escapes the ampersand."""
    return orjson.dumps(planted).replace(b"&", b"\\u0026")


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=8, deadline=None)
@given(secret=SECRETS)
def test_no_planted_secret_survives_in_any_form_of_the_record(place: str, secret: str) -> None:
    planted = PLACES[place](secret)
    line = canonical(planted)
    traces = [secret.encode(), b64(secret).encode()]
    forms = {
        "canonical": line + b"\n",
        "among others": canonical(event()) + b"\n" + line + b"\n" + canonical(event()) + b"\n",
        "spaced": json.dumps(planted).encode() + b"\n",
        "pretty": json.dumps(planted, indent=2).encode(),
        "list": orjson.dumps({"kind": "EventList", "items": [planted]}) + b"\n",
        "prefixed": b"master-0.example.org " + line + b"\n",
        "cloudwatch": orjson.dumps({"logEvents": [{"id": "1", "timestamp": 1, "message": line.decode()}]}) + b"\n",
        "no event": orjson.dumps({"foo": planted}) + b"\n",
    }
    for form, data in forms.items():
        result = through(data)
        assert result.records, form
        kept = b"\n".join(result.records)
        assert not any(trace in kept for trace in traces), (form, kept)
        assert any(note.redacted for note in result.notes.values()), form
        assert form == "no event" or all(note.kind == "event" for note in result.notes.values()), form


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=4, deadline=None)
@given(secret=SECRETS, cut=st.integers(1, 60))
def test_no_planted_secret_survives_in_a_record_that_is_cut_behind_it(place: str, secret: str, cut: int) -> None:
    line = canonical(PLACES[place](secret))
    end = max(line.rfind(secret.encode()), line.rfind(b64(secret).encode())) + len(secret)
    for text in (line[: end + cut], line[:end], orjson.dumps(line.decode())[: end + cut + 40]):
        kept = b"\n".join(through(text + b"\n").records)
        assert secret.encode() not in kept


@pytest.mark.parametrize("place", PLACES)
def test_redacting_twice_is_redacting_once(place: str) -> None:
    line = canonical(PLACES[place]("S3cr3tS3cr3tS3cr3tS3cr3t01"))
    once, rules = redact_event(line)
    assert rules
    assert redact_event(once) == (once, ())
    text, _ = redact_text(line)
    assert redact_text(text)[0] == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_redacting_any_text_twice_is_redacting_it_once(text: bytes) -> None:
    once, _ = redact_text(text)
    assert redact_text(once)[0] == once


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=20)
    | st.sampled_from(["Bearer x1", "eyJa.b.c", "/x?code=1&a", "Secret"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["kind", "data", "token", "metadata", "name", "op", "path", "value"]) | st.text(max_size=5), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(JSON, JSON, st.sampled_from(["secrets", "pods", "oauthaccesstokens", "tokenreviews", "oauthclients"]))
def test_redaction_never_breaks_json_and_is_idempotent(body: Any, reference: Any, resource: str) -> None:
    planted = event(resource=resource, requestObject=body, responseObject=reference, annotations=reference)
    once, _ = redact_event(orjson.dumps(planted))
    assert set(orjson.loads(once)) == set(planted)
    assert redact_event(once)[0] == once


def test_a_raw_token_name_becomes_the_name_the_platform_gives_it() -> None:
    # openshift/oauth-apiserver: sha256~ + base64url without padding of the sha256 of the secret part.
    expected = "sha256~" + base64.urlsafe_b64encode(hashlib.sha256(b"rawtokenrawtokenrawtoken1").digest()).decode().rstrip("=")
    record, rules = redact_event(orjson.dumps(PLACES["token name in message"]("rawtokenrawtokenrawtoken1")))
    kept = orjson.loads(record)
    assert kept["requestURI"].endswith("/" + expected)
    assert kept["responseStatus"]["details"]["name"] == expected
    assert expected in kept["responseStatus"]["message"]
    assert "token-name" in rules


def test_hashed_token_names_stay_and_pass_as_the_same_bytes() -> None:
    name = "sha256~VFpOILn8edFxQXqZX3LsYQuk69kO419VUUkD5E5qb4k"
    line = canonical(event(OAUTH + "oauthaccesstokens/" + name, "oauthaccesstokens", ref={"name": name} | OAUTH_REF))
    assert through(line + b"\n").records == [line]


def test_keys_of_a_secret_stay_and_nulls_of_a_patch_too() -> None:
    record, rules = redact_event(orjson.dumps(PLACES["secret merge patch"]("x" * 20)))
    assert orjson.loads(record)["requestObject"] == {"data": {"p": "[redacted]", "gone": None}}
    assert rules == ("secret-body",)


@pytest.mark.parametrize("escaped", [r"/oauth/token?\u0061ccess_token=S3CR3T0123456789", r"\/oauth\/token?access_token=S3CR3T0123456789"])
def test_escapes_hide_nothing(escaped: str) -> None:
    line = canonical(event("URI")).replace(b'"URI"', b'"' + escaped.encode() + b'"')
    assert b"S3CR3T" not in through(line + b"\n").records[0]


def test_escaped_letters_in_words_hide_nothing() -> None:
    line = (
        canonical(PLACES["secret data"]("S3CR3T0123456789"))
        .replace(b'"secrets"', rb'"s\u0065crets"')
        .replace(b'"Secret"', rb'"S\u0065cret"')
    )
    assert b"S3CR3T" not in through(line + b"\n").records[0]
    assert (
        b"S3CR3T" not in through(canonical(event(userAgent="Bearer S3CR3T012345")).replace(b"Bearer", rb"B\u0065arer") + b"\n").records[0]
    )


def test_duplicate_keys_hide_nothing() -> None:
    line = canonical(PLACES["secret data"]("S3CR3T0123456789"))[:-1] + b',"requestObject":{"kind":"Secret","data":{}}}'
    assert b"S3CR3T" not in through(line + b"\n").records[0]


def test_commands_stay_unless_they_are_to_be_masked() -> None:
    line = canonical(event("/api/v1/namespaces/a/pods/b/exec?command=cat&command=%2Fetc%2Fpasswd&container=c"))
    assert through(line + b"\n").records == [line]
    masked = through(line + b"\n", mask_exec=True)
    assert orjson.loads(masked.records[0])["requestURI"].endswith("exec?command=[redacted]&command=[redacted]&container=c")
    assert masked.notes[0].redacted == ("exec-command",)


@pytest.mark.parametrize(
    "innocent",
    [
        event(annotations={"authorization.k8s.io/reason": 'RBAC: allowed by ClusterRoleBinding "basic-users" of ClusterRole "basic-user"'}),
        event(responseStatus={"message": "Authentication failed, attempted: basic", "code": 401}),
        event(responseStatus={"message": "invalid bearer token, Token has been invalidated", "code": 401}),
        event("/api/v1/pods?allowWatchBookmarks=true&labelSelector=app%3Dx&resourceVersion=1&watch=true", resource="pods"),
        event("/api/v1/namespaces/x/configmaps?fieldSelector=metadata.name%3Dkube-root-ca.crt"),
        event("/apis/authentication.k8s.io/v1/tokenreviews", "tokenreviews"),
        event(requestObject={"spec": {"volumes": [{"projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}]}}),
        event(requestObject={"rules": [{"resources": ["secrets", "tokens"], "verbs": ["get"]}]}),
    ],
)
def test_innocent_events_pass_as_the_same_bytes(innocent: Event) -> None:
    line = canonical(innocent)
    result = through(line + b"\n")
    assert result.records == [line]
    assert result.notes == {}
