"""Run in a process of its own: hold a store open and answer SQL, as `auditradar serve` does. Prints its address; ends with its input."""

import sys

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.front.part import SqlFront
from auditradar.ingest.settings import FrontSettings

with Engine(parse_dsn(sys.argv[1]), guarded=True) as engine:
    front = SqlFront(engine, FrontSettings(listen="127.0.0.1:0"), receivers="http://127.0.0.1:8080")
    front.start()
    print(front.address, flush=True)  # noqa: T201 - this is how the test learns the address
    sys.stdin.read()
    front.stop(10)
