"""Run one statement on the embedded engine, its reply through a pipe.

The engine writes the reply into the pipe in the format that was asked for and waits where nobody reads, so a reply of any size needs little
memory. Every statement that runs ends with a mark of its own, by which it is found when its client goes away.
"""

import asyncio
import contextlib
import fcntl
import functools
import os
import uuid
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from auditradar.ingest.embedded import Connection
from auditradar.ingest.engine import Engine
from auditradar.ingest.front.limits import Limits, chosen, timely
from auditradar.ingest.front.outline import Outline, read_outline
from auditradar.ingest.front.parse import checked, written
from auditradar.ingest.front.refusal import Refusal, failed
from auditradar.ingest.front.request import DEFAULT_DATABASES, NO_STATEMENT, Asked, needs_expression_check
from auditradar.ingest.front.statement import Statement
from auditradar.ingest.front.vocabulary import FORMATS, Vocabulary
from auditradar.sql import query

PIPE_BYTES = 1 << 20
HELD_BYTES = 16
"""What is kept back of a reply until its statement has ended well: the engine writes the end of a format also where it fails, and with that
an ArrowStream, a Parquet file or a JSON object would look whole."""
SET_PIPE_SIZE = getattr(fcntl, "F_SETPIPE_SZ", None)  # Linux; elsewhere pipes keep their size
INLINE_DATA = "INSERT with inline data"
NOTHING = "Null"
NO_TREE = "does not support JSON serialization"


@dataclass(frozen=True, slots=True)
class Read:
    """Be what a statement took: rows and bytes that the engine read for it, and the rows of its answer."""

    rows: int = 0
    read_rows: int = 0
    read_bytes: int = 0


class Running:
    """Hold one statement that is being answered; `format` is known before the first byte, `read` after the last."""

    def __init__(self, engine: Engine, session: Connection, statement: Statement | Outline, fmt: str, executor: Executor) -> None:
        self.format = fmt
        self.read = Read()
        self._engine = engine
        self._mark = f" -- {uuid.uuid4().hex}"
        self._session = session
        self._statement = statement
        self._executor = executor

    @property
    def is_hello(self) -> bool:
        """Whether a driver asks by which revision it should read."""
        return self.format == "Native" and isinstance(self._statement, Statement) and self._statement.is_hello

    @property
    def ends(self) -> str:
        """Give the query_id of the statement that this one is to end; empty for none."""
        return self._statement.ends if isinstance(self._statement, Statement) else ""

    async def chunks(self, parameters: Mapping[str, str]) -> AsyncGenerator[bytes, None]:
        """Give the reply piece by piece; Refusal where the engine gives up, also after the first piece, and then without its last bytes."""
        source, target = os.pipe()
        os.set_blocking(source, False)
        if SET_PIPE_SIZE is not None:
            with contextlib.suppress(OSError):
                fcntl.fcntl(target, SET_PIPE_SIZE, PIPE_BYTES)
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._executor, functools.partial(self._run, target, parameters))
        held = b""
        try:
            async for piece in _read(source):
                whole = held + piece
                held = whole[-HELD_BYTES:]
                if len(whole) > HELD_BYTES:
                    yield whole[:-HELD_BYTES]
        finally:
            os.close(source)
            outcome = await asyncio.shield(done)
        if isinstance(outcome, Refusal):
            raise outcome
        self.read = outcome
        if held:
            yield held

    def cancel(self) -> None:
        """Ask the engine to end the statement, which it does between two blocks of rows."""
        with contextlib.closing(self._engine.session()) as session:
            session.query(query("front/cancel").text, "Null", {"mark": self._mark})

    def close(self) -> None:
        """End the session."""
        self._session.close()

    def _run(self, target: int, parameters: Mapping[str, str]) -> Read | Refusal:
        try:
            text, is_whole = self._text(target)
            # SHOW runs a statement of its own inside, which knows only this format.
            answer = self._session.query(text + self._mark, self.format, parameters)
            if is_whole:
                _write_all(target, answer.bytes() or b"")
            return Read(answer.rows_read(), answer.storage_rows_read(), answer.storage_bytes_read())
        except RuntimeError as error:
            return failed(error)
        finally:
            os.close(target)

    def _text(self, target: int) -> tuple[str, bool]:
        """Write what is run; True with it where the reply comes as a whole, and not through the pipe."""
        if isinstance(self._statement, Outline):
            return self._statement.text, True
        if self._statement.is_silent:
            return query("front/nothing").text, True
        if self._statement.is_outline:
            return written(self._session, self._statement.inner), True
        # The engine opens the pipe anew by its number; our own end is closed with the statement.
        return written(self._session, self._statement.into(f"/dev/fd/{target}", self.format)), False


def prepare(engine: Engine, vocabulary: Vocabulary, asked: Asked, limits: Limits, executor: Executor) -> Running:
    """Open a session with the limits, parse and check the statement; Refusal says what is wrong with it."""
    if asked.database not in DEFAULT_DATABASES | {vocabulary.database}:
        raise Refusal(81, f"Database {asked.database} is not answered here: there is {vocabulary.database}")
    if not asked.statement.strip():
        raise Refusal(62, NO_STATEMENT)
    if needs_expression_check(asked.settings):
        raise Refusal(164, "Cannot modify filters by a parameter: write them into the SETTINGS of the statement")
    session = engine.session()
    try:
        _configure(session, vocabulary.database, {**limits.session, **chosen(timely(asked.settings, limits).items(), limits)})
        statement = _understood(session, vocabulary, asked, limits)
        silent = isinstance(statement, Statement) and statement.is_silent
        return Running(engine, session, statement, NOTHING if silent else _known_format(statement.format or asked.format), executor)
    except RuntimeError as error:
        session.close()
        raise failed(error) from None
    except BaseException:
        session.close()
        raise


def _known_format(name: str) -> str:
    if name not in FORMATS:
        raise Refusal(73, f"Unknown format {name}, or one that needs a file beside it")
    return name


def _understood(session: Connection, vocabulary: Vocabulary, asked: Asked, limits: Limits) -> Statement | Outline:
    try:
        return checked(session, vocabulary, asked.statement, asked.parameters, limits)
    except RuntimeError as error:
        if INLINE_DATA in str(error):
            raise Refusal(164, "Cannot execute query in readonly mode: only reading statements are answered here, not INSERT") from None
        if NO_TREE not in str(error):
            raise
        return read_outline(session, vocabulary, asked, limits)


def _configure(session: Connection, database: str, settings: Mapping[str, str]) -> None:
    """Set what the session begins with; the last setting makes it read-only, for good."""
    quoted = database.replace("\\", "\\\\").replace("`", "\\`")
    session.query(f"USE `{quoted}`")
    pairs = [f"{name} = '{_escaped(value)}'" for name, value in settings.items()]
    session.query(f"SET {', '.join([*pairs, 'readonly = 2'])}")


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _write_all(target: int, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), open(target, "wb", closefd=False) as file:
        file.write(data)


async def _read(source: int) -> AsyncGenerator[bytes, None]:
    while True:
        try:
            piece = os.read(source, PIPE_BYTES)
        except BlockingIOError:
            await _readable(source)
            continue
        if not piece:
            return
        yield piece


async def _readable(source: int) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(source, _settle, ready)
    try:
        await ready
    finally:
        loop.remove_reader(source)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
