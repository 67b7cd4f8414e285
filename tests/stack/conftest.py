"""One store for all tests of the stack, made the way the stack makes it: the owner applies the schema, the loader loads."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from auditradar.ingest.simulate import Plan, Truth, simulate
from auditradar.sql import schema
from tests.stack import users

DAYS = 3
HOUR = "2026-01-06T04:"
"""An hour that is missing in the log of the cluster `holed`."""
HOLE = b'"requestReceivedTimestamp":"' + HOUR.encode()
GARBAGE = b"this is no audit event\n" * 50


@dataclass(frozen=True, slots=True)
class Stack:
    """Be the store, the folder beside it, and what truly happened in its cluster `demo`."""

    store: Path
    folder: Path
    truth: Truth

    def ask(self, user: str, *statements: str, readonly: str = "") -> list[users.Answer]:
        """Run statements with the rights of a user."""
        return self.do(user, *(("sql", statement) for statement in statements), readonly=readonly)

    def do(self, user: str, *questions: tuple[str, str], readonly: str = "") -> list[users.Answer]:
        """Do things with the rights of a user."""
        return users.ask(self.store, users.become(user, self.folder, readonly=readonly), list(questions))

    def moment(self, what: str) -> datetime:
        """Say when an incident was over."""
        return next(datetime.fromisoformat(anomaly.until) for anomaly in self.truth.anomalies if anomaly.what == what)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    folder = tmp_path_factory.mktemp("stack")
    truth = simulate(folder / "logs", Plan(days=DAYS, people=8, seed=7, events=9_000))
    made = Stack(folder / "store", folder, truth)
    done(made.do("owner", ("apply", "")))
    done(made.ask(users.EVERYBODY, *(f"ALTER TABLE {feed} MODIFY SQL SECURITY DEFINER DEFINER = owner" for feed in feeds())))
    lines = b"".join(path.read_bytes() for path in sorted((folder / "logs").rglob("audit.log"))).splitlines(keepends=True)
    (folder / "holed.log").write_bytes(b"".join(line for line in lines if HOLE not in line))
    (folder / "garbled.log").write_bytes(b"".join(lines[:200]) + GARBAGE)
    sources = {"demo": folder / "logs" / "logs", "holed": folder / "holed.log", "garbled": folder / "garbled.log"}
    done(made.do("loader", ("rules", ""), *(("load", f"{cluster}={path}") for cluster, path in sources.items())))
    return made


def done(answers: list[users.Answer]) -> None:
    """Fail with the first refusal."""
    assert answers
    assert not [answer for ok, answer in answers if not ok]


def feeds() -> list[str]:
    """List what runs with the rights of its creator on a server, by its default SQL SECURITY DEFINER; embedded there is none."""
    return [made.name for made in schema() if made.kind == "MATERIALIZED VIEW"]
