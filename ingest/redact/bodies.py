"""Hold the rules that know what an object is: Secrets, token requests and reviews, OAuth clients and tokens."""

from typing import Any

import orjson

from auditradar.ingest.redact.text import own_name

REDACTED = "[redacted]"
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_SECRET_FIELDS = frozenset({"data", "stringData"})
_SECRET_POINTERS = tuple(f"/{field}" for field in sorted(_SECRET_FIELDS))
_OAUTH_FIELDS = frozenset({"secret", "additionalSecrets", "refreshToken", "state", "token"})
_TOKEN_FIELDS = frozenset({"token"})
_OAUTH_TOKENS = frozenset({"oauthaccesstokens", "oauthauthorizetokens", "useroauthaccesstokens"})
_KINDS = {
    "Secret": "secret",
    "SecretList": "secret",
    "TokenRequest": "token",
    "TokenReview": "token",
    "OAuthClient": "oauth",
    "OAuthClientList": "oauth",
    "OAuthAccessToken": "oauth",
    "OAuthAccessTokenList": "oauth",
    "OAuthAuthorizeToken": "oauth",
    "OAuthAuthorizeTokenList": "oauth",
    "UserOAuthAccessToken": "oauth",
    "UserOAuthAccessTokenList": "oauth",
}
_RESOURCES = {"secrets": "secret", "tokenreviews": "token", "oauthclients": "oauth"} | dict.fromkeys(_OAUTH_TOKENS, "oauth")
_DEEPEST = 200


def nature(resource: str, subresource: str) -> str:
    """Say which rule the bodies of a resource are under, empty for none."""
    if (resource, subresource) == ("serviceaccounts", "token"):
        return "token"
    return _RESOURCES.get(resource, "")


def redact_body(value: Any, under: str, hits: set[str], depth: int = 0) -> Any:
    """Return a body without its secrets; `under` is the rule the enclosing object put it under."""
    if depth > _DEEPEST:
        return REDACTED
    if isinstance(value, dict):
        return _redact_object(value, under, hits, depth)
    if isinstance(value, list):
        return [redact_body(item, under, hits, depth + 1) for item in value]
    return _redact_nested(value, under, hits, depth) if isinstance(value, str) else value


def _redact_object(value: dict[str, Any], under: str, hits: set[str], depth: int) -> dict[str, Any]:
    under = _KINDS.get(value["kind"], under) if isinstance(value.get("kind"), str) else under
    if under == "secret" and isinstance(value.get("path"), str) and "op" in value:
        return _redact_operation(value, hits, depth)
    return {key: _redact_field(key, item, under, hits, depth) for key, item in value.items()}


def _redact_field(key: str, item: Any, under: str, hits: set[str], depth: int) -> Any:
    if under == "secret" and key in _SECRET_FIELDS:
        return hidden(item, "secret-body", hits)
    if under == "token" and key in _TOKEN_FIELDS:
        return hidden(item, "token-body", hits)
    if under == "oauth" and key in _OAUTH_FIELDS:
        return hidden(item, "oauth-secret", hits)
    if under == "oauth" and key == "authorizeToken" and isinstance(item, str):
        return named(item, hits)
    if key == _LAST_APPLIED and under == "secret" and isinstance(item, str):
        return _redact_nested(item, under, hits, depth, certain=True)
    return redact_body(item, under, hits, depth + 1)


def _redact_operation(operation: dict[str, Any], hits: set[str], depth: int) -> dict[str, Any]:
    """Hide the value of one operation of a JSON patch (RFC 6902) of a Secret."""
    value = operation.get("value")
    pointer = operation["path"].replace("~1", "/")
    if pointer.startswith(_SECRET_POINTERS) or (isinstance(value, str) and pointer.endswith(_LAST_APPLIED)):
        return operation | ({"value": hidden(value, "secret-body", hits)} if "value" in operation else {})
    return {key: redact_body(item, "secret", hits, depth + 1) for key, item in operation.items()}


def _redact_nested(text: str, under: str, hits: set[str], depth: int, *, certain: bool = False) -> str:
    """Redact an object that is kept as JSON inside a string, as `last-applied-configuration` is."""
    if not certain and not (text.lstrip()[:1] in {"{", "["} and any(kind in text for kind in ("Secret", "Token", "OAuth"))):
        return text
    if text == REDACTED:
        return text
    try:
        inner = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return str(hidden(text, "secret-body", hits)) if certain or '"Secret' in text else text
    found: set[str] = set()
    changed = redact_body(inner, under, found, depth + 1)
    hits |= found
    return orjson.dumps(changed).decode() if found else text


def hidden(item: Any, rule: str, hits: set[str]) -> Any:
    """Hide a value: every string and number in it, keeping keys, nulls (a patch deletes with them) and emptiness."""
    if isinstance(item, dict):
        return {key: hidden(inner, rule, hits) for key, inner in item.items()}
    if isinstance(item, list):
        return [hidden(inner, rule, hits) for inner in item]
    if item is None or item in ("", REDACTED):
        return item
    hits.add(rule)
    return REDACTED


def named(token: str, hits: set[str]) -> str:
    """Return the platform's own name for a raw token."""
    raw = token.encode("utf-8", "surrogatepass")
    name = own_name(raw).decode("utf-8", "replace")
    if not token or name == token:
        return token
    hits.add("token-name")
    return name


def is_oauth_token(resource: str) -> bool:
    """Tell whether objects of a resource are named by tokens."""
    return resource in _OAUTH_TOKENS
