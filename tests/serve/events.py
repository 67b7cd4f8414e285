"""Make audit events with names of their own, and ask a store for them."""

import subprocess
import sys
from collections.abc import Sequence

import orjson

PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")


def event(name: str, second: int = 0) -> bytes:
    """Give one event as an API server writes it; `name` is its audit id."""
    at = f"2026-01-05T10:{second // 60 % 60:02d}:{second % 60:02d}.000000Z"
    return orjson.dumps(
        {
            "kind": "Event",
            "apiVersion": "audit.k8s.io/v1",
            "level": "Metadata",
            "auditID": name,
            "stage": "ResponseComplete",
            "requestURI": "/api/v1/namespaces/x/pods",
            "verb": "list",
            "user": {"username": "alice", "groups": ["system:authenticated"]},
            "sourceIPs": ["10.1.2.3"],
            "userAgent": "kubectl/v1.31.0",
            "objectRef": {"resource": "pods", "namespace": "x", "apiVersion": "v1"},
            "responseStatus": {"metadata": {}, "code": 200},
            "requestReceivedTimestamp": at,
            "stageTimestamp": at,
        }
    )


def event_list(names: Sequence[str]) -> bytes:
    """Wrap events as the webhook sends them."""
    items = b",".join(event(name, number) for number, name in enumerate(names))
    return b'{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[' + items + b"]}\n"


def ask(dsn: str, statement: str) -> list[list[object]]:
    """Run a statement in a process of its own, and give its rows."""
    done = subprocess.run([*PROGRAM, "sql", statement, "--dsn", dsn, "--format", "jsonl", "--limit", "0"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [list(orjson.loads(line).values()) for line in done.stdout.splitlines()]
