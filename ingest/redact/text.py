"""Hold the rules that work on text, whether it is JSON or not: tokens, credentials, keys, and parameters of addresses."""

import base64
import hashlib
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from auditradar.ingest.redact.addresses import redact_parameters

REDACTED = b"[redacted]"

# RFC 7519: a header that is a JSON object begins, in base64url, with eyJ. Dots may be percent-encoded in an address. The
# signature may be missing where a record was cut.
_JWT = re.compile(rb"eyJ[\w-]*+(?:\.|%(?:25)*2[Ee])(?:[\w-]++(?:\.|%(?:25)*2[Ee])[\w-]*+|eyJ[\w-]*+)")
_GAP = rb"(?:(?:\s|\+|%(?:25)*20)+|\\+[nrt])"
_CREDENTIAL = re.compile(
    rb"(?P<head>(?P<header>authorization[\"'\\]*(?:\s|%(?:25)*20|\+)*(?:[:=,]|%(?:25)*3[AaDd])[\s\"'\\\[+]*(?:%(?:25)*20)*)?"
    rb"(?:(?<![A-Za-z])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))(?:bearer|basic)" + _GAP + rb")(?P<value>[\w.~+/=-]++)",
    re.IGNORECASE,
)
# "bearer token", "Basic auth": words of a sentence, not credentials.
_WORD = re.compile(rb"[A-Za-z]?[a-z]{0,15}[.,;:)-]*+\Z")
_KEY_GAP = rb"(?: |\+|%(?:25)*20)"
_KEY_TEXT = rb"(?:[A-Za-z0-9+/=\s:,.%_-]|\\+[nrt/])"
_PRIVATE_KEY = re.compile(
    rb"-----BEGIN" + _KEY_GAP + rb"(?:[A-Z0-9]+" + _KEY_GAP + rb")*PRIVATE" + _KEY_GAP + rb"KEY"
    rb"(?:" + _KEY_TEXT + rb"*?-----END[A-Z0-9 +%]*KEY(?:" + _KEY_GAP + rb"BLOCK)?-----|" + _KEY_TEXT + rb"*+)"
)
_KEY_LEFT = b"-----BEGIN [redacted]"

_TOKEN_PATH = re.compile(rb"(oauth(?:access|authorize)tokens(?:/|%2[Ff]))([^/?\"'\s&#\\<>]+)", re.IGNORECASE)
_TOKEN_MESSAGE = re.compile(rb"(oauth(?:access|authorize)tokens[a-z.]* \\*\")([^\"\\\s]+)")
_TOKEN_OBJECT = re.compile(rb"(\"name\\*\"\s*:\s*\\*\")([^\"\\\s]{8,})")
_TOKEN_SELECTOR = re.compile(rb"(metadata\.name(?:=|%(?:25)*3[Dd]|\\u003[dD]){1,2})([^&,#%\"'\s\\]+)")
_TOKEN_RESOURCE = re.compile(rb"oauth(?:access|authorize)tokens", re.IGNORECASE)
_OWN_NAME = b"sha256~"

_MORE_SECRETS = re.compile(rb"(additionalSecrets\\*\"\s*:\s*\[)([^\]]+)")
_SECRET_KIND = re.compile(rb"\"(?:secrets|Secret|SecretList)\\*\"|/secrets[/?\"\\]|v1\.Secret")
_SECRET_BODY = re.compile(
    rb"\\*\"(?:data|stringData)\\*\"\s*:\s*(?=[{\"\\])|\"/(?:data|stringData)[^\"]*\"|\\*\"value\\*\"\s*:\s*"
    rb"|\"(?:request|response)Object\\*\"\s*:\s*(?=\\*\")"
)
_TOKEN_FIELD = re.compile(
    rb"(\"(?P<key>token|secret|refreshToken|authorizeToken|access_?token|id_token|refresh_token|client_?secret|password)\\*\"\s*:\s*\\*\")"
    rb"((?:[^\"\\]|\\(?!\\*\"))+)",
    re.IGNORECASE,
)


def own_name(name: bytes) -> bytes:
    """Return the name OpenShift gives a token: `sha256~` and the hash of its secret part; such names stay as they are.

    Source: openshift/oauth-apiserver, TokenToObjectName; audit-facts 3.4.
    """
    name = unquote_to_bytes(name)
    if name.startswith(_OWN_NAME):
        return name
    digest = hashlib.sha256(name.replace(_OWN_NAME, b"")).digest()
    return _OWN_NAME + base64.urlsafe_b64encode(digest).rstrip(b"=")


def redact_strings(text: bytes, hits: set[str], *, mask_exec: bool = False) -> bytes:
    """Hide tokens, credentials, keys and parameters in JSON or plain text; add the names of the rules that hit."""
    text = redact_parameters(text, hits, mask_exec=mask_exec)
    for rule in (_keys, _jwts, _credentials):
        text = rule(text, hits)
    return text


def redact_text(text: bytes, *, mask_exec: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """Return text that is no valid event without its secrets, and the names of the rules that hit.

    What follows the body of a Secret is dropped: without valid JSON nobody knows where the body ends.
    """
    hits: set[str] = set()
    text = redact_strings(text, hits, mask_exec=mask_exec)
    text = _secret_body(text, hits)
    text = _replace(_TOKEN_FIELD, text, hits, _hide_field)
    text = _replace(_MORE_SECRETS, text, hits, lambda match: (match[1][:-1] + REDACTED[:-1], "oauth-secret"))
    if _TOKEN_RESOURCE.search(text):
        for pattern in (_TOKEN_PATH, _TOKEN_MESSAGE, _TOKEN_OBJECT, _TOKEN_SELECTOR):
            text = _replace(pattern, text, hits, _name_token)
    return text, tuple(sorted(hits))


def _keys(text: bytes, hits: set[str]) -> bytes:
    text, count = _PRIVATE_KEY.subn(_KEY_LEFT, text) if b"PRIVATE" in text else (text, 0)
    if count:
        hits.add("private-key")
    return text


def _jwts(text: bytes, hits: set[str]) -> bytes:
    text, count = _JWT.subn(REDACTED, text) if b"eyJ" in text else (text, 0)
    if count:
        hits.add("jwt")
    return text


def _credentials(text: bytes, hits: set[str]) -> bytes:
    lowered = text.lower()
    return _replace(_CREDENTIAL, text, hits, _hide_credential) if b"bearer" in lowered or b"basic" in lowered else text


def _replace(pattern: re.Pattern[bytes], text: bytes, hits: set[str], change: Callable[[re.Match[bytes]], tuple[bytes, str]]) -> bytes:
    def changed(match: re.Match[bytes]) -> bytes:
        new, rule = change(match)
        if new != match[0]:
            hits.add(rule)
        return new

    return pattern.sub(changed, text)


def _hide_credential(match: re.Match[bytes]) -> tuple[bytes, str]:
    if match["header"] is None and _WORD.match(match["value"]):
        return match[0], ""
    return match["head"] + REDACTED, "credential-header"


def _hide_field(match: re.Match[bytes]) -> tuple[bytes, str]:
    rule = "token-body" if match["key"].lower() == b"token" else "oauth-secret"
    return match[1] + REDACTED, rule


def _name_token(match: re.Match[bytes]) -> tuple[bytes, str]:
    if match[2] == REDACTED:
        return match[0], ""
    named = own_name(match[2])
    return (match[0], "") if unquote_to_bytes(match[2]) == named else (match[1] + named, "token-name")


def _secret_body(text: bytes, hits: set[str]) -> bytes:
    body = _SECRET_BODY.search(text) if _SECRET_KIND.search(text) else None
    if body is None or text[body.end() :] == REDACTED:
        return text
    hits.add("secret-body")
    return text[: body.end()] + REDACTED
