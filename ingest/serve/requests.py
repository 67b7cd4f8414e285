"""Read what a request says before its body is looked at: who sends, for which cluster, and the bytes within their limits."""

import asyncio
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import get_args

from starlette.requests import ClientDisconnect, Request

from auditradar.ingest.listening import is_loopback
from auditradar.ingest.serve.reception import Addressed
from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.serve.senders import LABEL, LABEL_WORDS, Sender, Senders
from auditradar.ingest.settings import Platform

_COMPONENT = re.compile(r"[a-z0-9.-]{0,64}")
PLATFORMS = get_args(Platform)
FIREHOSE_KEY = "x-amz-firehose-access-key"
BUSY_SECONDS = 2  # after which a refused sender may try again


class Budget:
    """Bound the bytes of all bodies that are being worked on at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._lock = threading.Lock()

    @contextmanager
    def account(self) -> Iterator["Account"]:
        """Give the account of one request; what it took is returned at its end."""
        account = Account(self)
        try:
            yield account
        finally:
            self.give_back(account)

    def take(self, account: "Account", size: int) -> None:
        """Take bytes for an account; Refusal 503 when others have them or the request has ended."""
        with self._lock:
            if self._used + size > self._limit or account.closed:
                raise Refusal(503, "too much is being received at once; try again", BUSY_SECONDS)
            self._used += size
            account.taken += size

    def give_back(self, account: "Account") -> None:
        """Close an account."""
        with self._lock:
            self._used -= account.taken
            account.closed = True


class Account:
    """Count what one request took of the budget."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.taken = 0
        self.closed = False

    def take(self, size: int) -> None:
        """Take more bytes."""
        self._budget.take(self, size)


def sender_of(request: Request, senders: Senders) -> Sender:
    """Find who sends; Refusal 401 when nobody can tell, 403 for a web page in somebody's browser."""
    if "origin" in request.headers or "sec-fetch-site" in request.headers:
        raise Refusal(403, "requests of web pages are not taken; send from a program")
    names = request.scope.get("extensions", {}).get("tls", {}).get("client_names", ())
    token = _token(request.headers)
    sender = senders.by_token(token) if token and senders.takes_tokens else None
    sender = sender or (senders.by_certificate(names) if names and not token else None)
    if sender is not None:
        return sender
    if not senders.required:
        return _local(request)
    raise Refusal(401, "this token is not known" if token else "say who you are: Authorization: Bearer TOKEN, or a client certificate")


def addressed(request: Request, senders: Senders) -> Addressed:
    """Read for which cluster, component and platform a body is, and who sends it; Refusal 400, 401 or 403."""
    cluster = request.path_params["cluster"]
    if not LABEL.fullmatch(cluster):
        raise Refusal(400, f"a cluster's label has {LABEL_WORDS}")
    sender = sender_of(request, senders)
    if not sender.may_send(cluster):
        raise Refusal(403, f"{sender.name} may not send for the cluster {cluster}")
    component, platform = (request.query_params.get(name) or request.headers.get(f"x-auditradar-{name}", "") for name in _GIVEN)
    if not _COMPONENT.fullmatch(component):
        raise Refusal(400, "component has up to 64 small letters, digits, dots and dashes, such as kube-apiserver")
    if platform not in PLATFORMS:
        raise Refusal(400, f"platform is one of {', '.join(name for name in PLATFORMS if name)}")
    return Addressed(cluster, sender.name, component, platform)


_GIVEN = ("component", "platform")


async def read_body(request: Request, limit: int, seconds: float, account: Account) -> bytes:
    """Read the body as it was sent; Refusal 400 when it broke off, 408 when it took too long, 413 when it is too long."""
    too_long = Refusal(413, f"the body is longer than {limit} bytes; send less at once, or raise [serve] body_bytes")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_long
    parts, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise too_long
                account.take(len(part))
                parts.append(part)
    except TimeoutError:
        raise Refusal(408, f"the body did not arrive within {seconds:g} s; nothing of it was kept") from None
    except ClientDisconnect:
        raise Refusal(400, "the body broke off; nothing of it was kept") from None
    return b"".join(parts)


def may_look(request: Request, senders: Senders) -> bool:
    """Tell whether somebody may see numbers and states: on this machine, by its own name and not through a proxy, or known."""
    proxied = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via"))
    local = request.client is not None and is_loopback(request.client.host) and _by_own_name(request)
    if local and not proxied:
        return True
    try:
        sender_of(request, senders)
    except Refusal:
        return False
    return senders.required


def _token(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get(FIREHOSE_KEY, "")


def _local(request: Request) -> Sender:
    """Give the nameless sender of a listener without authentication, which is on loopback only.

    The name asked for must be this machine's: a web page whose name was made to point here is refused.
    """
    if not _by_own_name(request):
        raise Refusal(403, "without authentication only requests to this machine by its own name are taken")
    return Sender("local", frozenset({"*"}))


def _by_own_name(request: Request) -> bool:
    """Tell whether this machine was asked by a name of its own, not by one that a web page made to point here."""
    return is_loopback(request.url.hostname or "")
