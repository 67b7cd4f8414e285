"""Every way in which a log is rotated, while it is followed and while nobody follows it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.follow.tail import Tail
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from tests.follow.following import Following
from tests.follow.writer import Writer


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="rotations")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE rotations")


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "audit.log")


@pytest.fixture
def following(store: Engine, writer: Writer) -> Iterator[Following]:
    made = Following(store, [writer.path])
    yield made
    made.end()


@pytest.mark.parametrize("how", ["lumberjack", "kubelet", "numbered"])
def test_a_renamed_log_is_read_to_its_end_and_then_the_new_one(following: Following, writer: Writer, how: str) -> None:
    writer.append(20)
    following.turn()
    writer.append(5)
    writer.rename(how)
    writer.append(7)
    following.turn()
    following.holds(writer)


def test_what_was_rotated_is_not_gathered_any_more_so_that_nothing_newer_comes_before_it(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    for _ in range(2):
        writer.append(1)
        writer.rename()
    writer.append(1)
    following.look()
    following.holds(writer)


def test_nobody_says_that_everything_is_delivered_while_records_are_gathered(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    assert [words.partition(" that")[0] for words in following.told] == ["everything"]
    following._followers._caught_up = False  # as after an outage
    writer.append(1)
    following.look()
    assert len(following.told) == 1, "one record waits for more"
    following.turn()
    assert len(following.told) == 2
    following.holds(writer)


def test_a_clock_that_is_set_back_delays_nothing(following: Following, writer: Writer) -> None:
    writer.append(1)
    following.turn()
    writer.append(2)
    following.look()
    following._later -= 3600
    following.look()
    following.context.deliverer.finish()
    following.holds(writer)


def test_a_rotation_while_nobody_follows_loses_nothing(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    following.end()
    writer.append(5)
    writer.rename()
    writer.append(30)
    writer.rename()
    writer.append(2)
    following.restart()
    following.turn()
    following.holds(writer)


def test_backups_that_were_compressed_while_nobody_followed_are_recognised_by_content(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    following.end()
    writer.append(5)
    for backup in (writer.rename(), writer.rename()):
        writer.append(30)
        writer.compress(backup)
    writer.append(2)
    following.restart()
    following.turn(3)
    following.holds(writer)


@pytest.mark.parametrize("compressed", [False, True])
def test_backups_that_were_deleted_before_they_were_read_are_said_once(following: Following, writer: Writer, compressed: bool) -> None:
    writer.append(20)
    following.turn()
    following.end()
    writer.append(5)
    gone = writer.rename()
    writer.append(6)
    kept = writer.rename()
    if compressed:
        writer.compress(kept)
    writer.append(7)
    gone.unlink()
    following._begin()
    following.turn(5)
    following.turn(5)
    assert [words for words in following.said if "is gone" in words] == [
        f"{writer.path}: the file that was read last is gone; what was written to it since, and to what was rotated away, was not read"
    ]
    following.said.clear()
    following.restart()
    following.turn(5)
    assert not any("is gone" in words for words in following.said)


@pytest.mark.parametrize("compressed", [False, True])
def test_nothing_is_said_to_be_gone_that_is_there(following: Following, writer: Writer, compressed: bool) -> None:
    writer.append(20)
    following.turn()
    following.end()
    kept = writer.rename()
    if compressed:
        writer.compress(kept)
    writer.append(7)
    following._begin()
    following.turn(5)
    following.turn(5)
    following.holds(writer)
    assert not any("is gone" in words for words in following.said)


def test_a_compressed_file_that_is_still_being_written_is_not_read(store: Engine, tmp_path: Path) -> None:
    writer = Writer(tmp_path / "audit.log")
    writer.append(20)
    packed = writer.compress(writer.rename())
    whole = packed.read_bytes()
    packed.write_bytes(whole[: len(whole) // 2])
    following = Following(store, [tmp_path])
    following.look()
    assert [words for words in following.said if packed.name in words] == []
    packed.write_bytes(whole)
    following.look()
    following.turn(3)
    following.holds(writer)
    writer.close()
    following.end()


def test_what_is_truncated_and_written_anew_between_a_look_and_a_read_is_not_taken_for_the_rest(
    following: Following, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.append(20)
    following.turn()
    writer.append(5)
    look = Tail._look

    def look_too_early(tail: Tail) -> bool:
        holds = look(tail)
        monkeypatch.setattr(Tail, "_look", look)
        writer.copytruncate()
        writer.append(60)
        return holds

    monkeypatch.setattr(Tail, "_look", look_too_early)
    following.turn()
    following.turn(5)
    following.holds(writer)


def test_copytruncate_reads_the_rest_from_the_copy(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    writer.append(6)
    writer.copytruncate()
    following.turn()
    writer.append(40)
    following.turn()
    following.holds(writer)


def test_a_file_that_was_truncated_and_has_grown_beyond_its_old_size_is_noticed(following: Following, writer: Writer) -> None:
    writer.append(3)
    following.turn()
    writer.copytruncate()
    writer.append(30)
    following.turn()
    following.holds(writer)


def test_copytruncate_while_nobody_follows(following: Following, writer: Writer) -> None:
    writer.append(20)
    following.turn()
    following.end()
    writer.append(6)
    writer.copytruncate()
    writer.append(50)
    following.restart()
    following.turn()
    following.holds(writer)


def test_an_unfinished_line_waits_for_its_end(following: Following, writer: Writer) -> None:
    writer.append(2)
    writer.append_part()
    following.turn(100)
    assert following._rows("SELECT count() FROM events WHERE cluster = {cluster:String}") == [(2,)]
    writer.append(1)
    following.turn()
    following.holds(writer)


def test_the_torn_end_of_a_rotated_log_is_kept_as_rejected(following: Following, writer: Writer) -> None:
    writer.append(2)
    writer.append_part()
    following.turn()
    writer.rename()
    writer.append(3)
    following.turn(31)
    following.holds(writer)
    assert writer.broken == 1


def test_late_writers_of_a_rotated_log_are_heard(following: Following, writer: Writer) -> None:
    writer.append(2)
    following.turn()
    late = os.open(writer.path, os.O_WRONLY | os.O_APPEND)
    writer.rename()
    writer.append(1)
    following.turn()
    writer._file, late = late, writer._file
    writer.append(4)
    writer._file, late = late, writer._file
    following.turn(5)
    following.holds(writer)
    os.close(late)


def test_a_log_that_appears_later_and_one_that_goes(store: Engine, tmp_path: Path) -> None:
    following = Following(store, [tmp_path / "later.log"])
    following.turn()
    assert following.said == [f"{tmp_path / 'later.log'}: not there yet; waiting for it"]
    writer = Writer(tmp_path / "later.log")
    writer.append(3)
    following.turn()
    writer.append(3)
    writer.path.unlink()
    following.turn()
    writer.reopen()
    writer.append(3)
    following.turn()
    following.holds(writer)
    following.end()


def test_a_log_that_may_not_be_read_for_a_while_is_said_once(following: Following, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.append(3)
    real = os.open

    def refuse(path: object, *how: int) -> int:
        if path == writer.path:
            raise PermissionError(13, "Permission denied")
        return real(path, *how)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)  # root, whom the tests may run as, may read everything
        following.turn()
        following.turn()
    following.turn()
    following.holds(writer)
    assert following.said == [
        f"cannot read {writer.path}: Permission denied; it is tried again",
        f"following {writer.path} from its beginning",
        f"{writer.path}: can be read again",
    ]


def test_links_to_container_logs_are_followed_through_the_kubelets_rotation(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "pods").mkdir()
    writer = Writer(tmp_path / "pods" / "0.log")
    link = tmp_path / "container.log"
    link.symlink_to(writer.path)
    following = Following(store, [link, writer.path])
    writer.append(4)
    following.turn()
    writer.append(1)
    following.end()
    writer.rename("kubelet")
    writer.append(2)
    following.restart()
    following.turn()
    following.holds(writer)
    following.end()


def test_a_folder_is_followed_with_its_backups_and_what_appears_in_it(store: Engine, tmp_path: Path) -> None:
    writers = [Writer(tmp_path / f"master-{number}-audit.log", 1000 * number) for number in range(12)]
    for writer in writers:
        writer.append(10)
        writer.compress(writer.rename())
        writer.append(3)
    following = Following(store, [tmp_path])
    following.turn(3)
    following.holds(*writers)
    late = Writer(tmp_path / "late-audit.log", 50_000)
    late.append(5)
    writers[0].append(2)
    writers[0].compress(writers[0].rename())
    writers[0].append(1)
    following.turn(100)
    following.turn(3)
    following.holds(*writers, late)
    following.restart()
    writers[5].append(4)
    following.turn(3)
    following.holds(*writers, late)
    following.end()


def test_files_that_are_idle_are_closed_and_read_again_when_they_grow(following: Following, writer: Writer) -> None:
    writer.append(3)
    following.turn()
    following.turn(100)
    [log] = following._followers._logs.values()
    assert not log.busy
    writer.append(2)
    following.turn()
    following.turn(100)
    writer.append(2)
    writer.rename()
    writer.append(1)
    following.turn()
    following.holds(writer)


def test_from_the_end_only_what_comes_is_read(store: Engine, writer: Writer) -> None:
    writer.append(50)
    following = Following(store, [writer.path], from_end=True)
    following.turn()
    writer.events.clear()
    writer.bytes = 0
    writer.append(3)
    following.turn()
    following.holds(writer)
    assert following._rows("SELECT min(first_position) FROM batches WHERE cluster = {cluster:String}") == [(51,)]
    following.restart()
    writer.append(2)
    following.turn()
    following.holds(writer)
    following.end()


def test_a_loaded_log_is_followed_on_and_a_followed_log_is_not_loaded_again(following: Following, writer: Writer) -> None:
    from auditradar.ingest.load import load  # noqa: PLC0415 - only here
    from auditradar.ingest.sources import expand  # noqa: PLC0415 - as above

    writer.append(30)
    load(following.engine, expand([str(writer.path)]), following.loading)
    following.turn()
    writer.append(5)
    following.turn()
    following.holds(writer)
    packed = writer.compress(writer.rename())
    again = load(following.engine, expand([str(packed)]), following.loading)
    assert (again.batches, again.bytes) == (0, 0)


def test_json_documents_are_not_followed(following: Following, writer: Writer) -> None:
    os.write(writer._file, b'{\n  "kind": "EventList",\n  "items": [\n')
    following.turn()
    assert "holds JSON documents instead of lines" in following.said[0]
    assert len(following.said) == 1


def test_a_pipe_is_not_waited_for(store: Engine, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    following = Following(store, [tmp_path / "pipe"])
    following.turn()
    following.turn()
    assert following.said == [
        f"cannot follow {tmp_path / 'pipe'}: it is no file but a pipe or a device; load it with: auditradar load {tmp_path / 'pipe'}"
    ]
    following.end()


def test_a_folder_that_appears_later_is_followed_without_a_word_of_trouble(store: Engine, tmp_path: Path) -> None:
    following = Following(store, [tmp_path / "audit"])
    following.turn()
    (tmp_path / "audit").mkdir()
    following._followers._turns(following.context)
    writer = Writer(tmp_path / "audit" / "audit.log")
    writer.append(3)
    following.turn()
    following.holds(writer)
    assert [words for words in following.said if "cannot" in words] == []
    writer.close()
    following.end()


def test_a_line_over_the_limit_is_rejected_once(store: Engine, writer: Writer) -> None:
    following = Following(store, [writer.path])
    following.loading = following.context.loading = type(following.loading)(following.cluster, max_record_bytes=5_000, batch_bytes=2_000)
    writer.append(2)
    writer._write(b"x" * 30_000 + b"\n")
    writer.broken += 1
    writer.append(2)
    following.turn()
    following.holds(writer)
    following.restart()
    following.turn()
    following.holds(writer)
    following.end()


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_crash_between_insert_and_ledger_keeps_rejected_records_once(following: Following, writer: Writer, after: int) -> None:
    writer.append(4 * after)
    writer.append_broken()
    following.crash(after)
    writer.append_broken()
    writer.append(1)
    following.crash(0)
    writer.append(9)
    writer.append_broken()
    following.turn()
    following.holds(writer)
