"""Run in a process of its own: be the embedded engine with somebody's rights, do what standard input asks, and answer as JSON.

The engine takes its users from a file, but only `default` can use it; users.py writes a file in which `default` has another user's rights.
Run: python engine_as.py STORE CONFIG; standard input is a list of [action, argument], standard output a list of [done, answer or error].
"""

import contextlib
import json
import sys
from typing import Any

import clickhouse_connect

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand

WORDS_OF_ROWS = ("SELECT", "SHOW", "WITH", "EXPLAIN", "DESCRIBE")


class Guest(Engine):
    """Be an engine that nobody may steer as a whole: on a server views are not stopped when somebody connects."""

    def command(self, statement: str, parameters: Any = None, settings: Any = None) -> Any:
        """Leave the views alone."""
        return None if statement == "SYSTEM STOP VIEWS" else super().command(statement, parameters, settings)


def act(engine: Engine, action: str, argument: str) -> Any:
    """Do one thing."""
    if action == "apply":
        return len(apply_schema(engine))
    if action == "rules":
        return sync_rules(engine, Settings(dsn="chdb:///unused", trusted_proxies=["10.0.0.10/32"]))
    if action == "load":
        cluster, _, path = argument.partition("=")
        result = load(engine, expand([path]), LoadOptions(cluster=cluster))
        refresh(engine)
        return [result.records, result.rejected]
    if argument.split(maxsplit=1)[0] in WORDS_OF_ROWS:
        return [list(map(str, row)) for row in engine.client.query(argument).result_rows]
    engine.client.command(argument)
    return []


def main(store: str, config: str) -> None:
    """Answer every question, whatever became of the one before."""
    # The engine module has no option for this: rights of the embedded engine are a matter of these tests alone.
    connect = clickhouse_connect.get_client
    clickhouse_connect.get_client = lambda **options: connect(**options | {"chdb_options": {"config-file": config}})
    answers = []
    with Guest(Dsn(path=store)) as engine:
        for action, argument in json.load(sys.stdin):
            try:
                answers.append([True, act(engine, action, argument)])
            except Exception as error:  # noqa: BLE001  # whatever was refused is the answer
                answers.append([False, str(error)])
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(answers))  # noqa: T201 - this is how the test hears


if __name__ == "__main__":
    main(*sys.argv[1:])
