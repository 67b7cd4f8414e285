"""Write one HTTP reply in ClickHouse's words, also where it fails in its middle."""

import asyncio
import secrets
import string
from collections.abc import Mapping

import orjson
from starlette.types import Send

from auditradar.ingest.front.encoding import Encoder, Identity, stored_block
from auditradar.ingest.front.refusal import Refusal
from auditradar.ingest.front.request import Asked
from auditradar.ingest.front.run import Running
from auditradar.ingest.serve.protocol import BrokenOffError

SERVER_NAME = "auditradar"
SEND_SECONDS = 60.0
"""How long a client may take for one piece of a reply."""
BINARY = ("Arrow", "Avro", "BSON", "MsgPack", "Native", "Npy", "ORC", "Parquet", "RowBinary")
TAG_LETTERS = 16
"""Of ClickHouse's X-ClickHouse-Exception-Tag, since 25.11; clickhouse-connect and clickhouse-js count them."""
LONGEST_LATE_ERROR = 15 << 10
"""Drivers look for an error in the middle of a reply in its last 16 KiB."""


class Reply:
    """Write one HTTP reply in ClickHouse's words."""

    def __init__(self, send: Send, version: str) -> None:
        self._send = send
        self._version = version
        self._tag = "".join(secrets.choice(string.ascii_lowercase) for _ in range(TAG_LETTERS))
        self.begun = False
        self.encoder: Encoder = Identity()

    async def begin(self, running: Running, asked: Asked, query_id: str, length: int | None) -> None:
        """Send the head; `length` is known when the whole reply is."""
        read = running.read
        summary = {"read_rows": read.read_rows, "read_bytes": read.read_bytes, "result_rows": read.rows, "total_rows_to_read": 0}
        headers = {
            **_identity(query_id),
            "content-type": _content_type(running.format),
            "x-clickhouse-format": running.format,
            "x-clickhouse-summary": orjson.dumps({name: str(value) for name, value in summary.items()}).decode(),
        }
        if asked.encoding and not asked.framed:
            headers["content-encoding"] = asked.encoding
        if length is not None:
            headers["content-length"] = str(length)
        await self._start(200, headers)

    async def more(self, data: bytes, *, last: bool = False) -> None:
        """Send a piece; TimeoutError when the client does not take it."""
        if data or last:
            await asyncio.wait_for(self._send({"type": "http.response.body", "body": data, "more_body": not last}), SEND_SECONDS)

    async def refuse(self, refusal: Refusal, query_id: str, *, framed: bool) -> None:
        """Send an error, in ClickHouse's own blocks where the reply would be in them.

        In the middle of a reply the only way is to break it off, so that nobody takes a part for the whole.
        """
        text = f"{refusal.text} (version {self._version})\n".encode()
        if self.begun:
            await self.more(self._late(text, framed=framed))
            raise BrokenOffError(refusal.text)
        text = stored_block(text) if framed else text
        headers = {**_identity(query_id), "content-type": "text/plain; charset=UTF-8", "content-length": str(len(text))}
        headers["x-clickhouse-exception-code"] = str(refusal.code)
        if refusal.retry_after:
            headers["retry-after"] = str(refusal.retry_after)
        if refusal.status == 401:
            headers["www-authenticate"] = 'Basic realm="auditradar"'
        await self._start(refusal.status, headers)
        await self.more(text, last=True)

    def _late(self, text: bytes, *, framed: bool) -> bytes:
        """Write an error as ClickHouse ends a reply with it: drivers know it by the tag that the head has told, and data cannot hold it."""
        tag, mark = self._tag.encode(), b"__exception__"
        text = text if len(text) <= LONGEST_LATE_ERROR else text[: LONGEST_LATE_ERROR - 1] + b"\n"
        block = b"\r\n".join([b"", mark, tag, text + b"%d %b" % (len(text), tag), mark, b""])
        if framed:
            return self.encoder.finish() + stored_block(block)
        return self.encoder.encode(block) + self.encoder.finish()

    async def _start(self, status: int, headers: Mapping[str, str]) -> None:
        self.begun = True
        headers = {**headers, "x-clickhouse-exception-tag": self._tag}
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})


def _identity(query_id: str) -> dict[str, str]:
    return {"x-clickhouse-query-id": query_id, "x-clickhouse-server-display-name": SERVER_NAME, "x-clickhouse-timezone": "UTC"}


def _content_type(fmt: str) -> str:
    if fmt.startswith("JSON"):
        return "application/json; charset=UTF-8"
    if fmt.startswith(("TabSeparated", "TSV")):
        return "text/tab-separated-values; charset=UTF-8"
    if fmt.startswith("CSV"):
        return "text/csv; charset=UTF-8"
    return "application/octet-stream" if fmt.startswith(BINARY) else "text/plain; charset=UTF-8"
