"""Be the ASGI application: ClickHouse's HTTP interface over one engine, for reading."""

import asyncio
import contextlib
import functools
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from auditradar.ingest.engine import Engine
from auditradar.ingest.front.access import AccessLog, Entry, now_text
from auditradar.ingest.front.door import Door, Who
from auditradar.ingest.front.encoding import decoded_body, encoder_of
from auditradar.ingest.front.hello import in_revision
from auditradar.ingest.front.limits import MAX_STATEMENT_BYTES
from auditradar.ingest.front.queue import Places
from auditradar.ingest.front.refusal import Refusal, failed
from auditradar.ingest.front.reply import Reply
from auditradar.ingest.front.request import Asked, Credentials, credentials_of, read_request
from auditradar.ingest.front.run import PIPE_BYTES, Running, prepare
from auditradar.ingest.front.vocabulary import read_vocabulary
from auditradar.ingest.serve.protocol import BrokenOffError

Answer = TypeVar("Answer")

LIVENESS = frozenset({"/", "/ping", "/replicas_status"})
BODY_SECONDS = 30.0
WORKERS = "front-worker"
"""How the names of the threads begin that wait for the engine."""
CANCEL_SECONDS = 1.0
"""After which a statement that did not end is asked again: it may not have begun when it was asked first."""


@dataclass(slots=True)
class Visit:
    """Be one request on its way: what becomes its row in audit_access."""

    entry: Entry
    began: float
    bytes: int = 0

    def ended(self, running: Running | None, refusal: Refusal | None, gone: str = "") -> Entry:
        """Give the row."""
        reason = refusal.text if refusal else gone
        outcome = "success" if not reason else "refused" if refusal and refusal.refused else "error"
        rows = running.read.rows if running and not reason else 0
        took = time.monotonic() - self.began
        return replace(self.entry, outcome=outcome, reason=reason, rows=rows, reply_bytes=self.bytes, duration_seconds=round(took, 6))


class Front:
    """Answer statements; `places` says how many at once."""

    def __init__(self, engine: Engine, door: Door, log: AccessLog, places: Places) -> None:
        self._engine = engine
        self._door = door
        self._log = log
        self._places = places
        self._workers = ThreadPoolExecutor(places.total + 4, thread_name_prefix=WORKERS)
        self._guards = ThreadPoolExecutor(2, thread_name_prefix="door")
        self._vocabulary = read_vocabulary(engine)
        self._running: dict[tuple[str, str], Running] = {}
        self._version = str(engine.client.server_version)
        self.answered = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        path = scope["path"]
        if path == "/" and (request.method == "POST" or (request.method == "GET" and "query" in request.query_params)):
            await self.statement(request, send)
        elif path in LIVENESS and request.method in {"GET", "HEAD"}:
            await PlainTextResponse("Ok.\n")(scope, receive, send)
        else:
            words = f"There is no handle {request.method} {path[:200]}\n"
            await PlainTextResponse(words, 404 if path not in LIVENESS else 405)(scope, receive, send)

    def close(self) -> None:
        """End the threads; statements that run end by themselves, within their limit of time."""
        self._workers.shutdown(wait=False, cancel_futures=True)
        self._guards.shutdown(wait=False, cancel_futures=True)

    async def statement(self, request: Request, send: Send) -> None:
        """Answer one statement, whatever becomes of it, and write down who asked."""
        query = request.scope.get("query_string", b"").decode("latin-1")
        headers = {name.lower(): value for name, value in request.headers.items()}
        visit = _visit(request, headers)
        reply = Reply(send, self._version)
        running, refusal, gone = None, None, ""
        try:
            who, asked = await self._let_in(request, query, headers, visit)
            async with self._places.of(who.reader):
                running = await self._prepared(asked, who)
                self._running[who.reader, asked.query_id] = running
                await self._end(who.reader, running.ends)
                await self._while_there(request, running, self._answer(running, asked, reply, visit))
        except Refusal as cause:
            refusal = cause
        except (ClientDisconnect, TimeoutError, asyncio.CancelledError):
            gone = "the client went away"
        except Exception as cause:  # noqa: BLE001 - whatever it is, the client gets one line and the read is on record
            refusal = failed(cause)
        finally:
            if running is not None:
                self._forget(running)
                running.close()
            self._log.add(visit.ended(running, refusal, gone))
            self.answered += 1
        if gone:
            raise BrokenOffError(gone)
        if refusal is not None:
            framed = request.query_params.get("compress", "0") in {"1", "true"}
            await reply.refuse(refusal, visit.entry.query_id, framed=framed)

    async def _end(self, reader: str, query_id: str) -> None:
        """End another statement of the same reader, as KILL QUERY asks for; nobody else's can be named."""
        other = self._running.get((reader, query_id)) if query_id else None
        if other is not None:
            await self._in_thread(other.cancel)

    def _forget(self, running: Running) -> None:
        self._running = {key: other for key, other in self._running.items() if other is not running}

    async def _let_in(self, request: Request, query: str, headers: Mapping[str, str], visit: Visit) -> tuple[Who, Asked]:
        """Check who asks before anything is read, then read what is asked."""
        credentials = credentials_of(query, headers)
        visit.entry = replace(visit.entry, on_behalf_of=credentials.user[:200])
        who = self._door.known(credentials, headers) or await self._proved(credentials, headers, visit.entry.client_ip)
        visit.entry = replace(visit.entry, reader=who.reader, on_behalf_of=who.on_behalf_of)
        self._log.check()
        body = await _body(request)
        framed = request.query_params.get("decompress", "0") in {"1", "true"}
        decoded = decoded_body(body, headers.get("content-encoding", ""), framed=framed, most=MAX_STATEMENT_BYTES)
        asked = read_request(query, headers, decoded)
        query_id = asked.query_id[:100] or visit.entry.query_id
        visit.entry = replace(visit.entry, statement=asked.statement, parameters=dict(asked.parameters), query_id=query_id)
        return who, asked

    async def _proved(self, credentials: Credentials, headers: Mapping[str, str], address: str) -> Who:
        """Try a password, few at a time: it is made to be slow, and who guesses must not keep others waiting."""
        if self._door.is_shut(address):
            raise Refusal(516, "Authentication failed too often from this address; wait a minute", retry_after=60)
        call = functools.partial(self._door.enter, credentials, headers, address)
        return await asyncio.get_running_loop().run_in_executor(self._guards, call)

    async def _prepared(self, asked: Asked, who: Who) -> Running:
        return await self._in_thread(functools.partial(prepare, self._engine, self._vocabulary, asked, who.limits, self._workers))

    async def _while_there(self, request: Request, running: Running, answer: Coroutine[Any, Any, None]) -> None:
        """Answer as long as the client is there; a statement that nobody waits for is ended, for it holds a place."""
        answering = asyncio.ensure_future(answer)
        leaving = asyncio.ensure_future(request.receive())
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
                return
            raise ClientDisconnect
        finally:
            leaving.cancel()
            while not answering.done():
                await self._in_thread(running.cancel)
                await asyncio.wait({answering}, timeout=CANCEL_SECONDS)
            with contextlib.suppress(asyncio.CancelledError):
                answering.exception()  # nobody is told of it, but it was looked at

    async def _answer(self, running: Running, asked: Asked, reply: Reply, visit: Visit) -> None:
        """Hold the first mebibyte back: an error in it still has a status of its own, and a short reply its length."""
        encoder = reply.encoder = encoder_of(asked.encoding, framed=asked.framed)
        pieces = running.chunks(asked.parameters)
        async with contextlib.aclosing(pieces):
            first = bytearray()
            async for piece in pieces:
                visit.bytes += len(piece)
                if reply.begun:
                    await reply.more(encoder.encode(piece))
                    continue
                first += piece
                if len(first) >= PIPE_BYTES:
                    await reply.begin(running, asked, visit.entry.query_id, None)
                    await reply.more(encoder.encode(bytes(first)))
        await self._finish(running, asked, reply, visit, bytes(first))

    async def _finish(self, running: Running, asked: Asked, reply: Reply, visit: Visit, first: bytes) -> None:
        if reply.begun:
            await reply.more(reply.encoder.finish(), last=True)
            return
        if running.is_hello:
            first = in_revision(first, asked.revision)
        whole = reply.encoder.encode(first) + reply.encoder.finish() if first or asked.encoding else b""
        await reply.begin(running, asked, visit.entry.query_id, len(whole))
        await reply.more(whole, last=True)

    async def _in_thread(self, call: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._workers, call)


def _visit(request: Request, headers: Mapping[str, str]) -> Visit:
    address = request.client.host if request.client else ""
    entry = Entry(
        reader="", on_behalf_of="", client_ip=address, user_agent=headers.get("user-agent", ""), query_id=str(uuid.uuid4()), at=now_text()
    )
    return Visit(entry, time.monotonic())


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_STATEMENT_BYTES:
                    raise Refusal(62, f"Query is too large: more than {MAX_STATEMENT_BYTES} bytes")
    except TimeoutError:
        raise Refusal(209, f"Timeout exceeded: the statement did not arrive within {BODY_SECONDS:g} s") from None
    return bytes(body)
