"""Whatever happens to a log, in whatever order: every event, broken line and byte is in the store once."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from tests.follow.following import Following
from tests.follow.writer import Writer


class Rotating(RuleBasedStateMachine):
    """Write a log, rotate it, follow it, stop and crash, in any order; `store` is given by the test."""

    store: ClassVar[Engine]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="follow-"))
        self.writer = Writer(self.folder / "audit.log")
        self.following = Following(self.store, [self.writer.path])
        self.down = False
        # Of a log that was rotated before anything of it came to the ledger, nobody can know which backups were wanted.
        self.writer.append(1)
        self.following.turn()

    @rule(count=st.integers(1, 12))
    def append(self, count: int) -> None:
        self.writer.append(count)

    @rule()
    def append_broken(self) -> None:
        self.writer.append_broken()

    @rule()
    def append_part(self) -> None:
        self.writer.append_part()

    @rule(seconds=st.sampled_from([0.1, 1.0, 40.0, 100.0]))
    @precondition(lambda self: not self.down)
    def follow(self, seconds: float) -> None:
        self.following.turn(seconds)

    @rule(how=st.sampled_from(["lumberjack", "kubelet"]))
    def rename(self, how: str) -> None:
        self.writer.rename(how)

    @rule()
    def copytruncate(self) -> None:
        self.writer.copytruncate()

    @rule()
    @precondition(lambda self: any(backup.suffix != ".gz" for backup in self.writer.backups))
    def compress(self) -> None:
        self.writer.compress(next(backup for backup in self.writer.backups if backup.suffix != ".gz"))

    @rule()
    @precondition(lambda self: not self.down)
    def stop(self) -> None:
        self.following.end()
        self.down = True

    @rule()
    @precondition(lambda self: self.down)
    def start(self) -> None:
        self.following.restart()
        self.down = False

    @rule(after=st.integers(0, 2))
    @precondition(lambda self: not self.down)
    def crash(self, after: int) -> None:
        self.following.crash(after)

    def teardown(self) -> None:
        if not hasattr(self, "writer"):
            return
        self.writer.close()
        if self.down:
            self.following.restart()
        for seconds in (3, 40, 40):
            self.following.turn(seconds)
        try:
            self.following.holds(self.writer)
        finally:
            self.following.end()
            shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def machine(engine: Engine) -> Iterator[type[Rotating]]:
    with Engine(Dsn(path=engine.dsn.path, database="positions")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        Rotating.store = opened
        yield Rotating
        opened.command("DROP DATABASE positions")


def test_no_order_of_rotations_crashes_and_restarts_loses_or_doubles_anything(machine: type[Rotating]) -> None:
    steps = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(machine, settings=steps)  # type: ignore[no-untyped-call]
