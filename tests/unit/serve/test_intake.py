"""What the intake promises to senders: an answer to each, and no yes to what the spool cannot give back."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from auditradar.ingest.envelopes.records import Decoded
from auditradar.ingest.errors import SpoolError, TooLongError
from auditradar.ingest.serve.intake import Intake
from auditradar.ingest.spool import Spool, parcel
from auditradar.ingest.spool.parcel import Parcel, from_bytes


def body(record: bytes) -> Parcel:
    return Parcel("prod", "", "", "http:prod/local", record.hex(), len(record), 1, Decoded([record], range(1, 2), {}, 0))


def kept(spool: Spool) -> list[bytes]:
    spool.cut(1 << 20)
    return [record for content in spool.contents() for record in from_bytes(content).decoded.records]


def test_a_body_that_the_spool_could_not_give_back_is_not_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "LONGEST", 1000)
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
