"""The spool keeps what it was given, in order, whatever happens to its files."""

import errno
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditradar.ingest.envelopes.records import Decoded, Note
from auditradar.ingest.errors import SpoolError, SpoolFullError
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool.frames import OVERHEAD, Damage, Frame, framed, frames
from auditradar.ingest.spool.parcel import Parcel, from_bytes, to_bytes

LIMIT = 1 << 20


def drained(spool: Spool, limit: int = LIMIT) -> list[bytes]:
    found = []
    while spool.waiting_bytes:
        spool.cut(limit)
        found += spool.contents()
        spool.done()
    return found


contents = st.lists(st.binary(max_size=300), min_size=1, max_size=5)
steps = st.lists(
    st.one_of(
        contents.map(lambda some: ("append", some)),
        st.tuples(st.just("deliver"), st.integers(1, 600)),
        st.tuples(st.just("cut only"), st.integers(1, 600)),
        st.just(("reopen", None)),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_what_goes_in_comes_out_once_and_in_order(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, object]]) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder, LIMIT, segment_bytes=500)
    put: list[bytes] = []
    got: list[bytes] = []
    for what, value in steps:
        if what == "append":
            spool.append(value)  # type: ignore[arg-type]
            put += value  # type: ignore[operator]
        elif what == "deliver" and spool.waiting_bytes:
            spool.cut(value)  # type: ignore[arg-type]
            got += spool.contents()
            spool.done()
        elif what == "cut only" and spool.waiting_bytes:
            before = spool.cut(value)  # type: ignore[arg-type]
            assert spool.cut(1) == before, "a part that is on its way keeps its end"
        elif what == "reopen":
            spool.close()
            spool = Spool(folder, LIMIT, segment_bytes=500)
    got += drained(spool)
    spool.close()
    assert got == put


def test_a_part_that_was_cut_has_the_same_end_after_a_restart(tmp_path: Path) -> None:
    spool = Spool(tmp_path, LIMIT)
    spool.append([b"a", b"b", b"c"])
    cut = spool.cut(OVERHEAD + 1)
    spool.close()
    again = Spool(tmp_path, LIMIT)
    again.append([b"d"])
    assert again.cut(LIMIT) == cut
    assert again.contents() == [b"a"]
    again.close()


@pytest.mark.parametrize("lost", range(1, OVERHEAD + 7))
def test_a_torn_write_is_cut_off_and_nothing_before_it(tmp_path: Path, lost: int) -> None:
    spool = Spool(tmp_path, LIMIT)
    spool.append([b"first", b"second"])
    spool.close()
    (segment,) = tmp_path.glob("*.seg")
    with segment.open("r+b") as file:
        file.truncate(segment.stat().st_size - lost)
    again = Spool(tmp_path, LIMIT)
    again.append([b"third"])
    assert again.torn_bytes == OVERHEAD + len(b"second") - lost
    assert drained(again) == [b"first", b"third"]
    assert again.damaged_bytes == 0, "a torn write is no damage"
    again.close()


def test_a_frame_that_stands_where_it_was_not_written_is_damage() -> None:
    """A disk or a file system may give back bytes of another place."""
    assert list(frames(framed(0, b"first"), 0)) == [Frame(0, OVERHEAD + 5, b"first")]
    assert list(frames(framed(0, b"first"), 4096)) == [Damage(4096, 4096 + OVERHEAD + 5)]


def test_a_file_that_could_not_be_brought_to_disk_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path, LIMIT)
    spool.append([b"first"])
    (before,) = tmp_path.glob("*.seg")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing_once(os.fsync))
        with pytest.raises(SpoolError, match="Input/output error"):
            spool.append([b"refused"])
    spool.append([b"third"])
    assert before.read_bytes() == framed(0, b"first")
    assert drained(spool) == [b"first", b"third"]
    spool.close()


def failing_once(really: Callable[[int], None]) -> Callable[[int], None]:
    failures = iter([OSError(errno.EIO, os.strerror(errno.EIO))])

    def fsync(handle: int) -> None:
        for failure in failures:
            raise failure
        really(handle)

    return fsync


@given(st.lists(st.binary(min_size=1, max_size=60), min_size=3, max_size=6), st.data())
def test_a_flipped_bit_costs_one_frame(some: list[bytes], data: st.DataObject) -> None:
    written = b""
    for content in some:
        written += framed(len(written), content)
    at = data.draw(st.integers(0, len(written) - 1))
    broken = bytearray(written)
    broken[at] ^= 1 << data.draw(st.integers(0, 7))
    found = list(frames(bytes(broken), 0))
    good = [one.content for one in found if isinstance(one, Frame)]
    assert sum(one.end - one.begin for one in found) == len(written)
    assert len(good) == len(some) - 1
    assert any(isinstance(one, Damage) for one in found)
    assert any(good == some[:lost] + some[lost + 1 :] for lost in range(len(some)))


def test_damage_within_is_passed_over_and_its_file_kept(tmp_path: Path) -> None:
    spool = Spool(tmp_path, LIMIT, segment_bytes=100)
    spool.append([b"a" * 50])
    spool.append([b"b" * 50])
    spool.append([b"c" * 50])
    spool.close()
    first = min(tmp_path.glob("*.seg"))
    data = bytearray(first.read_bytes())
    data[30] ^= 1
    first.write_bytes(data)
    again = Spool(tmp_path, LIMIT, segment_bytes=100)
    again.cut(LIMIT)
    assert again.contents() == again.contents(), "a delivery that failed reads the same part again"
    assert drained(again) == [b"b" * 50, b"c" * 50]
    assert again.damaged_bytes == OVERHEAD + 50
    assert [path.name for path in tmp_path.glob("*.damaged")] == [first.with_suffix(".damaged").name]
    again.close()


def test_a_full_spool_refuses_and_takes_again_when_there_is_room(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 1000)
    spool.append([b"x" * 900])
    with pytest.raises(SpoolFullError):
        spool.append([b"y" * 100])
    assert drained(spool) == [b"x" * 900]
    spool.append([b"y" * 100])
    assert drained(spool) == [b"y" * 100]
    spool.close()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    spool = Spool(tmp_path, LIMIT)
    with pytest.raises(SpoolError, match="another process uses it"):
        Spool(tmp_path, LIMIT)
    spool.close()
    Spool(tmp_path, LIMIT).close()


@pytest.mark.parametrize(
    "cursor", ['{"done": "x", "cut": 3}', '{"done": 9, "cut": 3}', '{"done": 9}', "[]", "rubbish", '{"done": -1, "cut": 3}']
)
def test_a_cursor_that_nobody_wrote_is_named(tmp_path: Path, cursor: str) -> None:
    (tmp_path / "cursor.json").write_text(cursor)
    with pytest.raises(SpoolError, match=r"cannot read .*cursor\.json: .*; remove it to deliver the spool once more"):
        Spool(tmp_path, LIMIT)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.seg").write_text("mine")
    spool = Spool(tmp_path, LIMIT)
    spool.append([b"a"])
    assert drained(spool) == [b"a"]
    assert (tmp_path / "notes.seg").read_text() == "mine"
    spool.close()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes | list[str]]]:
    """Note what is brought to disk, in its order: a file with its content, a folder with the names in it."""
    noted: list[tuple[str, bytes | list[str]]] = []
    really = os.fsync

    def fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        noted.append((path.name, sorted(inner.name for inner in path.iterdir()) if path.is_dir() else path.read_bytes()))
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return noted


def test_what_was_appended_is_on_disk_with_its_name_and_those_of_its_folders(
    tmp_path: Path, synced: list[tuple[str, bytes | list[str]]]
) -> None:
    spool = Spool(tmp_path / "state" / "spool", LIMIT)
    segment = f"{0:020d}.seg"
    assert synced == [(tmp_path.name, ["state"]), ("state", ["spool"]), ("spool", [segment, "lock"])]
    synced.clear()
    spool.append([b"a", b"b"])
    assert synced == [(segment, framed(0, b"a") + framed(OVERHEAD + 1, b"b"))]
    spool.close()


def test_a_cursor_is_on_disk_before_it_replaces_the_old_one_and_its_name_after(
    tmp_path: Path, synced: list[tuple[str, bytes | list[str]]]
) -> None:
    spool = Spool(tmp_path, LIMIT)
    spool.append([b"a"])
    synced.clear()
    spool.cut(LIMIT)
    assert [name for name, _ in synced] == ["cursor.json.new", tmp_path.name]
    assert synced[0][1] == b'{"done":0,"cut":%d}' % (OVERHEAD + 1)
    assert "cursor.json" in synced[1][1]
    assert "cursor.json.new" not in synced[1][1]
    spool.close()


def test_a_full_disk_loses_nothing_that_was_said_to_be_kept(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the write stops in the middle, as it would there."""
    program = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        from auditradar.ingest.errors import SpoolError
        from auditradar.ingest.spool import Spool
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        spool = Spool(Path(sys.argv[1]), 1 << 20)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        kept = []
        for number in range(30):
            content = b"%03d" % number * 20
            try:
                spool.append([content])
                kept.append(number)
            except SpoolError:
                resource.setrlimit(resource.RLIMIT_FSIZE, (1000 + 200 * number, resource.RLIM_INFINITY))
        print(*kept)
    """)
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    kept = [int(word) for word in done.stdout.split()]
    assert 10 < len(kept) < 30
    spool = Spool(tmp_path, LIMIT)
    assert [int(content[:3]) for content in drained(spool)] == kept
    spool.close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


@given(
    st.lists(st.binary(max_size=40), max_size=6),
    st.sampled_from(["prod", "a b", "été"]),
    st.integers(0, 1 << 50),
)
def test_a_parcel_is_read_as_it_was_written(records: list[bytes], cluster: str, received_at: int) -> None:
    notes = {index: Note("rejected", "broken\nJSON", ("token",), "oauth-server") for index in range(0, len(records), 2)}
    decoded = Decoded(records, range(1, len(records) + 1), notes, 3)
    parcel = Parcel(cluster, "kube-apiserver", "", f"http:{cluster}/local", "00" * 32, 77, received_at, decoded)
    assert from_bytes(to_bytes(parcel)) == parcel
