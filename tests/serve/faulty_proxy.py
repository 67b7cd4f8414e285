"""Stand between `serve` and ClickHouse and fail on purpose, as the file of moods says at each request.

well: pass on; refuse: close at once; before: break off before the request arrives; after: let ClickHouse do it and break off before its
answer; fail: answer with an error of ClickHouse; slow: pass on after a while; poison: refuse for good what holds that word and is no
rejected record; kill PID TABLE before|after N: end a process when the N-th insert into a table comes, or was done; `poison kill …` is both.
Run: python faulty_proxy.py PORT MOOD; prints its port.
"""

import http.client
import os
import re
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote_plus

FAILURE = b"Code: 252. DB::Exception: Too many parts (300). (TOO_MANY_PARTS)"
POISONED = b"Code: 6. DB::Exception: Cannot parse string 'x' as UInt8. (CANNOT_PARSE_TEXT)"


class Handler(BaseHTTPRequestHandler):
    """Pass one request on, or not."""

    protocol_version = "HTTP/1.1"
    port: ClassVar[int]
    mood: ClassVar[Path]
    seen: ClassVar[int] = 0

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def _handle(self, method: str) -> None:  # noqa: PLR0911 - a mood each
        mood = self.mood.read_text()
        if mood == "refuse":
            return self._break()
        body = self._body()
        if mood == "before":
            return self._break()
        if mood == "fail":
            return self._reply(500, {"X-ClickHouse-Exception-Code": "252"}, FAILURE)
        if mood.startswith("poison") and b"-poison-" in body and b"\x08rejected" not in body:
            return self._reply(400, {"X-ClickHouse-Exception-Code": "6"}, POISONED)
        before, kill, words = mood.partition("kill ")
        if kill and self._is_meant(*words.split()[1:], body=body):
            return self._kill(method, body, words.split(), before.strip() or "well")
        if mood == "slow":
            time.sleep(0.3)
        status, kept, content = self._passed_on(method, body)
        if mood == "after":
            return self._break()
        return self._reply(status, kept, content)

    def _passed_on(self, method: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"transfer-encoding", "content-length"}}
        connection.request(method, self.path, body, headers)
        answer = connection.getresponse()
        return answer.status, {name: value for name, value in answer.getheaders() if name.lower().startswith("x-")}, answer.read()

    def _is_meant(self, table: str, _: str, number: str, *, body: bytes) -> bool:
        words = (unquote_plus(self.path) + body[:300].decode("latin-1")).lower()
        if not re.search(rf"insert into `?(?:audit`?\.`?)?{table}\b", words):
            return False
        type(self).seen += 1
        return type(self).seen >= int(number)

    def _kill(self, method: str, body: bytes, words: list[str], then: str) -> None:
        if words[2] == "after":
            self._passed_on(method, body)
        type(self).seen = 0
        self.mood.write_text(then)
        os.kill(int(words[0]), signal.SIGKILL)
        return self._break()

    def _break(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> bytes:
        if "chunked" not in str(self.headers.get("Transfer-Encoding")):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().strip() or b"0", 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)


def main(port: str, mood: str) -> None:
    Handler.port, Handler.mood = int(port), Path(mood)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[assignment,method-assign]  # broken connections are its work
    print(server.server_address[1], flush=True)  # noqa: T201 - this is how the test learns the port
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
