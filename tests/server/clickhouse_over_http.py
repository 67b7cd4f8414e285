"""Serve the embedded engine over ClickHouse's HTTP protocol, reads and writes, for tests of the server DSN.

No ClickHouse server can be installed where the tests run. This is the real engine behind the real protocol, with real clients in
front; what it cannot show is a server's own access control and replication.
Run: python clickhouse_over_http.py PATH USER PASSWORD [PORT]; prints its port.
"""

import base64
import re
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import chdb

INSERT = re.compile(rb"^\s*(INSERT INTO\s+[^\n]*?)\s+FORMAT\s+(\w+)\s*\n", re.DOTALL)
NOT_SETTINGS = {"query", "database", "query_id", "default_format", "client_protocol_version", "session_id", "wait_end_of_query", "compress"}
CODE = re.compile(r"Code: (\d+)")


class Handler(BaseHTTPRequestHandler):
    """Answer one request with one connection to the engine, so that settings and the database never leak."""

    protocol_version = "HTTP/1.1"
    path_of_store: ClassVar[str]
    secret: ClassVar[str]

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests read this process's output."""

    def do_GET(self) -> None:
        self._reply(200, b"Ok.\n")

    def do_POST(self) -> None:
        body = (
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if "chunked" not in str(self.headers.get("Transfer-Encoding"))
            else self._chunks()
        )
        if self.headers.get("Authorization") != f"Basic {self.secret}":
            return self._fail("Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)", 403)
        try:
            asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
            return self._reply(200, self._run({name: values[0] for name, values in asked.items()}, body))
        except RuntimeError as error:
            return self._fail(str(error), 500)

    def _run(self, options: dict[str, str], body: bytes) -> bytes:
        connection = chdb.connect(self.path_of_store)
        try:
            if options.get("database"):
                connection.query(f"USE `{options['database']}`")
            for name, value in options.items():
                if name not in NOT_SETTINGS and not name.startswith("param_"):
                    connection.query(f"SET {name} = '{value}'")
            statement = options.get("query", "").encode() + (b"\n" if options.get("query") else b"") + body
            if (match := INSERT.match(statement)) and len(statement) > match.end():
                return self._insert(connection, match, statement[match.end() :])
            parameters = {name.removeprefix("param_"): value for name, value in options.items() if name.startswith("param_")}
            return bytes(connection.query(statement, options.get("default_format", "TabSeparated"), params=parameters).bytes() or b"")
        finally:
            connection.close()

    @staticmethod
    def _insert(connection: Any, match: re.Match[bytes], data: bytes) -> bytes:
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            connection.query(f"{match[1].decode()} FROM INFILE '{file.name}' FORMAT {match[2].decode()}")
        return b""

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self.rfile.readline().strip() or b"0", 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _fail(self, message: str, status: int) -> None:
        match = CODE.search(message)
        self._reply(status, message[match.start() if match else 0 :].encode(), {"X-ClickHouse-Exception-Code": match[1] if match else "1"})

    def _reply(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "X-ClickHouse-Format": "Native", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main(path: str, user: str, password: str, port: str = "0") -> None:
    keep = chdb.connect(path)  # the engine ends with its last connection
    Handler.path_of_store = path
    Handler.secret = base64.b64encode(f"{user}:{password}".encode()).decode()
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    print(server.server_address[1], flush=True)  # noqa: T201 - this is how the test learns the port
    server.serve_forever()
    keep.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
