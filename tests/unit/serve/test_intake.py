"""What the intake promises to senders: an answer to each, what fits is kept, and no yes to what the spool cannot give back."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

from auditradar.ingest.envelopes.records import Decoded
from auditradar.ingest.errors import SpoolError, SpoolFullError, TooLongError
from auditradar.ingest.serve import intake as module
from auditradar.ingest.serve.intake import Intake
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool import parcel as parcels
from auditradar.ingest.spool.parcel import Parcel, from_bytes

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
    with pytest.raises(TooLongError, match="of a spool of 1,048,576 \\(\\[serve\\] spool_bytes\\)"):
        intake.put(parcel("long", LIMIT))
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


def body(record: bytes) -> Parcel:
    return Parcel("prod", "", "", "http:prod/local", record.hex(), len(record), 1, Decoded([record], range(1, 2), {}, 0))


def kept(spool: Spool) -> list[bytes]:
    spool.cut(1 << 20)
    return [record for content in spool.contents() for record in from_bytes(content).decoded.records]


def test_a_body_that_the_spool_could_not_give_back_is_not_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "LONGEST", 1000)
    spool = Spool(tmp_path, 1 << 20)
    intake = Intake(spool)
    with pytest.raises(TooLongError, match="in the spool"):
        intake.put(body(b"x" * 1000))
    intake.put(body(b"short"))[0].result(10)
    intake.stop(10)
    assert kept(spool) == [b"short"]
    spool.close()


class OutOfMemory(Spool):
    """Be a spool on a machine that has no memory left, once."""

    once = True

    def append(self, contents: Sequence[bytes]) -> None:
        """Fail the first time."""
        if self.once:
            self.once = False
            raise MemoryError
        super().append(contents)


def test_whatever_fails_senders_are_answered_and_what_comes_again_is_taken(tmp_path: Path) -> None:
    spool = OutOfMemory(tmp_path, 1 << 20)
    intake = Intake(spool)
    written, again = intake.put(body(b"first"))
    with pytest.raises(SpoolError, match="cannot write to the spool: MemoryError"):
        written.result(10)
    assert (again, "MemoryError" in intake.failure) == (False, True)
    written, again = intake.put(body(b"first"))
    written.result(10)
    assert (again, intake.failure) == (False, "")
    intake.stop(10)
    assert kept(spool) == [b"first"]
    spool.close()
