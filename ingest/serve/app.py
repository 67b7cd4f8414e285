"""Answer HTTP: the receivers, and what operators look at. `openapi.json` beside this file describes every answer."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.errors import SpoolError, TooLongError
from auditradar.ingest.serve.bodies import plain_body
from auditradar.ingest.serve.intake import Intake
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.part import PartState
from auditradar.ingest.serve.reception import Addressed, firehose_request, is_pubsub, parcel_of
from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.serve.requests import FIREHOSE_KEY, Account, Budget, addressed, may_look, read_body
from auditradar.ingest.serve.senders import Senders
from auditradar.ingest.spool.parcel import Parcel

FIREHOSE_ID = "x-amz-firehose-request-id"
FULL_SECONDS = (3, 10)
"""After which a sender may try again when the spool is full: not all at the same moment, for together they may never fit. The client of an
API server does what the header says, and takes 30 s for all of it before it pauses by itself."""
Endpoint = Callable[[Request], Awaitable[Response]]
States = Callable[[], Mapping[str, PartState]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound one request and all of them."""

    body_bytes: int
    body_seconds: float
    in_flight_bytes: int


@dataclass(frozen=True, slots=True)
class Reception:
    """Be what the receivers work with."""

    intake: Intake
    senders: Senders
    metrics: Metrics
    options: DecodeOptions
    limits: Limits
    states: States


class Receiver:
    """Take bodies in."""

    def __init__(self, parts: Reception) -> None:
        self._parts = parts
        self._budget = Budget(parts.limits.in_flight_bytes)
        self._refused, self._refused_at = 0, 0.0
        # One decodes while the other waits for the disk; more would only share the interpreter's lock.
        self._decoders = ThreadPoolExecutor(2, thread_name_prefix="decode")

    async def probe(self, request: Request) -> Response:
        """Answer a sender that asks whether it may send: nothing is taken."""
        addressed(request, self._parts.senders)
        return Response(status_code=200)

    async def take(self, request: Request) -> Response:
        """Take a body; the answer says yes only when it is on disk."""
        to = addressed(request, self._parts.senders)
        with self._budget.account() as account:
            body = await read_body(request, self._parts.limits.body_bytes, self._parts.limits.body_seconds, account)
            with self._refusing(to.cluster):
                self._parts.intake.check_room(len(body))
            encoding = request.headers.get("content-encoding", "")
            loop = asyncio.get_running_loop()
            parcel, lenient, firehose = await loop.run_in_executor(self._decoders, self._decode, body, encoding, to, account)
            await self._keep(parcel)
        return _answer(parcel, firehose if FIREHOSE_ID in request.headers or FIREHOSE_KEY in request.headers else "", lenient=lenient)

    def _decode(self, body: bytes, encoding: str, to: Addressed, account: Account) -> tuple[Parcel, bool, str]:
        plain = plain_body(body, encoding, self._parts.limits.body_bytes)
        account.take(len(plain))
        firehose = firehose_request(plain) if plain.find(b'"requestId"', 0, 512) >= 0 or plain.rfind(b'"requestId"', -512) >= 0 else ""
        return parcel_of(plain, to, self._parts.options), is_pubsub(plain), firehose

    async def _keep(self, parcel: Parcel) -> None:
        with self._refusing(parcel.cluster):
            written, again = self._parts.intake.put(parcel)
            await asyncio.shield(asyncio.wrap_future(written))
        if self._refused and time.monotonic() - self._refused_at > FULL_SECONDS[1]:
            log.info("bodies are taken again", extra={"facts": {"refused": self._refused}})
            self._refused = 0
        if again:
            self._parts.metrics.duplicates.labels(parcel.cluster).inc()
        else:
            self._parts.metrics.count_parcel(parcel)

    @contextmanager
    def _refusing(self, cluster: str) -> Iterator[None]:
        """Turn what the spool cannot take into a refusal; the first and the end of them are logged, not each body."""
        try:
            yield
        except TooLongError as cause:
            raise Refusal(413, f"the body holds too much: {cause}; send less at once") from None
        except SpoolError as cause:
            self._parts.metrics.failures.labels("spool").inc()
            self._refused, self._refused_at = self._refused + 1, time.monotonic()
            if self._refused == 1:
                log.error("bodies are refused", extra={"facts": {"cluster": cluster, "cause": str(cause)}})
            seconds = random.randint(*FULL_SECONDS)  # noqa: S311  # spreads attempts, keeps no secret
            raise Refusal(503, "neither ClickHouse nor the spool can take more now; try again", seconds) from None


class Desk:
    """Answer operators."""

    def __init__(self, parts: Reception) -> None:
        self._parts = parts

    async def alive(self, _: Request) -> Response:
        """Say that the process answers."""
        return _json(200, {"alive": True})

    async def ready(self, request: Request) -> Response:
        """Say whether bodies are taken; how every part is, to those who may know."""
        states = self._parts.states()
        ready = all(state.ok for name, state in states.items() if name == "receivers")
        words = {name: {"ok": state.ok, "words": state.words} for name, state in states.items()}
        shown = {"parts": words} if may_look(request, self._parts.senders) else {}
        return _json(200 if ready else 503, {"ready": ready, **shown})

    async def metrics(self, request: Request) -> Response:
        """Give the numbers."""
        if not may_look(request, self._parts.senders):
            raise Refusal(401, "metrics are for this machine and for known senders: Authorization: Bearer TOKEN")
        for name, state in self._parts.states().items():
            self._parts.metrics.part_ok.labels(name).set(state.ok)
        return Response(self._parts.metrics.page(), media_type="text/plain; version=0.0.4")

    async def openapi(self, _: Request) -> Response:
        """Give the description of this interface."""
        return Response(openapi(), media_type="application/json")


def make_app(parts: Reception) -> Starlette:
    """Make the application."""
    receiver, desk = Receiver(parts), Desk(parts)
    routes = [
        Route("/v1/audit/{cluster}", _timed(receiver.take, parts.metrics), methods=["POST"]),
        Route("/v1/audit/{cluster}", _told(receiver.probe), methods=["GET", "HEAD"]),
        Route("/healthz", _told(desk.alive), methods=["GET", "HEAD"]),
        Route("/readyz", _told(desk.ready), methods=["GET", "HEAD"]),
        Route("/metrics", _told(desk.metrics), methods=["GET", "HEAD"]),
        Route("/openapi.json", _told(desk.openapi), methods=["GET", "HEAD"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _no_such, Exception: _failed})
    app.router.redirect_slashes = False  # a sender that does not follow would lose its events, and one that does may be led to plain HTTP
    return app


@cache
def openapi() -> bytes:
    """Read the description of the interface."""
    return files("auditradar.ingest.serve").joinpath("openapi.json").read_bytes()


def _told(endpoint: Endpoint) -> Endpoint:
    """Turn a refusal into its answer."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return _refused(refusal, request)

    return answer


def _timed(endpoint: Endpoint, metrics: Metrics) -> Endpoint:
    """Count answers and the time they took; only clusters that a known sender may write get a label."""
    told = _told(endpoint)

    async def answer(request: Request) -> Response:
        began = time.perf_counter()
        response = await told(request)
        metrics.answer_seconds.observe(time.perf_counter() - began)
        label = "" if response.status_code in {400, 401, 403} else request.path_params["cluster"]
        metrics.answers.labels(label, str(response.status_code)).inc()
        return response

    return answer


def _answer(parcel: Parcel, firehose: str, *, lenient: bool) -> Response:
    """Say what was kept; 400 where no record of the body could be read, though all are kept as rejected."""
    decoded, rejected = parcel.decoded, parcel.rejected
    unreadable = rejected == len(decoded.records) > 0 and not decoded.excluded
    if firehose:
        return _json(200, {"requestId": firehose, "timestamp": parcel.received_at // 1000})
    body: dict[str, Any] = {"accepted": len(decoded.records) - rejected, "rejected": rejected, "excluded": decoded.excluded}
    if rejected:
        body["reason"] = parcel.reasons()[0]
    if not unreadable or lenient:
        return _json(200, body)
    words = f"nothing in the body is an audit event: {body['reason']}; it is kept in `rejected`, do not send it again"
    return _json(400, {**_status(words), **body})


def _refused(refusal: Refusal, request: Request) -> Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.status in {400, 408, 413}:
        headers["Connection"] = "close"  # the rest of the body is not read
    body = _status(refusal.words)
    if (identity := request.headers.get(FIREHOSE_ID)) is not None:
        return _json(
            refusal.status, {"requestId": identity, "timestamp": time.time_ns() // 1_000_000, "errorMessage": refusal.words}, headers
        )
    return _json(refusal.status, body, headers)


def _status(words: str) -> dict[str, Any]:
    """Say what was wrong, also as a Status of Kubernetes: an API server repeats its message in its log, and would say "unknown" without."""
    return {"error": words, "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": words}


async def _no_such(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return _json(
        status, _status("there is no such path; see /openapi.json" if status == 404 else "this method is not served here"), headers
    )


async def _failed(_: Request, error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return _json(500, _status("the request could not be handled; the log of the process says why"), {"Retry-After": "10"})


def _json(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body) + b"\n", status, headers, "application/json")
