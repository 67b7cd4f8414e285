"""What comes together is kept together, and where that does not fit, what fits of it."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from auditradar.ingest.envelopes.records import Decoded
from auditradar.ingest.errors import SpoolError, SpoolFullError
from auditradar.ingest.serve import intake as module
from auditradar.ingest.serve.intake import Intake
from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool.parcel import Parcel

LIMIT = 1 << 20


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    opened = Spool(tmp_path / "spool", LIMIT)
    yield opened
    opened.close()


def parcel(name: str, size: int) -> Parcel:
    return Parcel("prod", "kube-apiserver", "", "http:prod/x", name, size, 0, Decoded([b"x" * size], range(1, 2), {}, 0))


def put_together(intake: Intake, spool: Spool, parcels: list[Parcel]) -> list[bool]:
    """Put parcels so that they are one group: while the first is being written, the others come."""
    written: list[Future[None]] = []
    inner = spool.append

    def slow(contents: list[bytes]) -> None:
        spool.append = inner  # type: ignore[method-assign]
        written.extend(intake.put(one)[0] for one in parcels)
        inner(contents)

    spool.append = slow  # type: ignore[assignment, method-assign]
    intake.put(parcel("first", 10))[0].result(10)
    return [one.exception(10) is None for one in written]


def drain(spool: Spool) -> None:
    while spool.waiting_bytes:
        spool.cut(LIMIT)
        spool.contents()
        spool.done()


def test_of_many_bodies_that_do_not_fit_together_those_are_taken_that_fit(spool: Spool) -> None:
    intake = Intake(spool)
    taken = put_together(intake, spool, [parcel(f"body-{number}", 400_000) for number in range(5)])
    assert sorted(taken) == [False, False, False, True, True], "senders that come back together would else never get in"
    assert "cannot spool" in intake.failure
    drain(spool)
    assert intake.failure == "", "there is room again: a readiness probe lets senders come back"
    assert intake.put(parcel("body-4", 400_000))[0].exception(10) is None, "a body that was refused is no repetition"
    intake.stop(5)


def test_a_body_that_cannot_fit_is_refused_before_it_is_decoded(spool: Spool) -> None:
    intake = Intake(spool)
    intake.check_room(2 * LIMIT)  # nothing waits: it is tried
    intake.put(parcel("first", 800_000))[0].result(10)
    with pytest.raises(SpoolFullError, match="cannot spool 400000 bytes: 800"):
        intake.check_room(400_000)
    intake.stop(5)


def test_a_body_longer_than_the_spool_is_never_asked_for_again(spool: Spool) -> None:
    intake = Intake(spool)
    with pytest.raises(Refusal, match="raise \\[serve\\] spool_bytes") as refused:
        intake.put(parcel("long", LIMIT))
    assert (refused.value.status, refused.value.retry_after) == (413, 0)
    intake.stop(5)


def test_a_failing_disk_is_told_for_a_minute_and_then_tried_again(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise SpoolError("cannot write to the spool")

    intake = Intake(spool)
    monkeypatch.setattr(spool, "append", broken)
    assert intake.put(parcel("first", 10))[0].exception(10) is not None
    assert intake.failure == "cannot write to the spool"
    monkeypatch.setattr(module, "FORGET_SECONDS", 0.0)
    assert intake.failure == "", "who is sent nothing because of it would never know"
    intake.stop(5)
