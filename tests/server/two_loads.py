"""Load a file into a server, again and again under other names of its batches: run in a process of its own, beside another.

Run: python two_loads.py DSN FILE VARIANT...; a variant is the size of a batch in bytes.
"""

import sys

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.sources import expand


def main(dsn: str, path: str, *sizes: str) -> None:
    """Wait for the signal to begin on standard input, so that both begin at once."""
    with Engine(parse_dsn(dsn)) as engine:
        print("ready", flush=True)  # noqa: T201 - this is how the test learns that the other may begin
        sys.stdin.readline()
        for size in sizes:
            load(engine, expand([path]), LoadOptions(cluster="both", batch_bytes=int(size)))


if __name__ == "__main__":
    main(*sys.argv[1:])
