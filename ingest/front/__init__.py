"""Answer read-only SQL on ClickHouse's HTTP protocol: Grafana, clickhouse-connect, curl and drivers read the embedded engine unchanged.

| module | what |
|---|---|
| `refusal` | what is refused, as ClickHouse would say it |
| `request` | what a client asked: credentials, statement, parameters, settings |
| `encoding` | compression of requests and replies |
| `readers`, `door` | who may read, and who is asking |
| `vocabulary`, `statement`, `limits` | what may be asked: the statement as the engine parsed it, never its text |
| `run` | one statement on the engine, its reply through a pipe |
| `reply` | one HTTP reply, whole or broken off |
| `access` | who read what: the table audit_access |
| `app`, `part` | the ASGI application, and the part of `serve` that runs it |
"""
