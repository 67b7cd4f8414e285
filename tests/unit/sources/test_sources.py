"""Naming sources, undoing compression by content, and saying clearly what cannot be read."""

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditradar.ingest.envelopes.framing import open_framer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.errors import SourceError
from auditradar.ingest.sources import Source, expand
from auditradar.ingest.sources.compression import BrokenDataError, decompressed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zstandard": zstd.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}
TEXT = b"".join(b'{"line":%d,"noise":"%x"}\n' % (number, number * 2654435761) for number in range(40_000))


def drained(sources: list[Source]) -> tuple[bytes, SourceError | None]:
    """Read until the end or an error, and return both."""
    got: list[bytes] = []
    try:
        for source in sources:
            got.extend(source.chunks())
    except SourceError as error:
        return b"".join(got), error
    return b"".join(got), None


def read(path: Path) -> bytes:
    return b"".join(expand([str(path)])[0].chunks())


@pytest.mark.parametrize("form", COMPRESS)
def test_compression_is_recognised_by_content_whatever_the_name(form: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(COMPRESS[form](TEXT))
    assert read(path) == TEXT


@pytest.mark.parametrize("form", COMPRESS)
def test_several_members_in_one_file_are_one_stream(form: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(COMPRESS[form](TEXT[:1000]) + COMPRESS[form](b"") + COMPRESS[form](TEXT[1000:]))
    assert read(path) == TEXT


@pytest.mark.parametrize("inner", COMPRESS)
@pytest.mark.parametrize("outer", COMPRESS)
def test_one_compression_inside_another_is_undone(inner: str, outer: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(COMPRESS[outer](COMPRESS[inner](COMPRESS[outer](TEXT))))
    assert read(path) == TEXT


@pytest.mark.parametrize("form", COMPRESS)
def test_a_file_that_ends_early_gives_what_it_has_and_says_so(form: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    whole = COMPRESS[form](TEXT) + COMPRESS[form](TEXT)
    path.write_bytes(whole[: len(whole) - 100])
    got, error = drained(expand([str(path)]))
    assert str(error).startswith(f"cannot read {path}: {form} data ends early; ")
    assert len(got) >= len(TEXT)
    assert (TEXT + TEXT).startswith(got)


@pytest.mark.parametrize("form", COMPRESS)
def test_damage_is_reported_behind_the_good_part(form: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(COMPRESS[form](TEXT) + b"no such format follows here" * 10)
    got, error = drained(expand([str(path)]))
    assert "damaged" in str(error)
    assert got == TEXT


def test_the_framer_gives_the_good_part_before_the_error(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(gzip.compress(TEXT)[:-50])
    framer = open_framer(expand([str(path)])[0].chunks(), DecodeOptions())
    records = 0
    while records < 30_000:
        run = framer.peek(1 << 20)
        assert run is not None
        records += run.data.count(b"\n")
        framer.consume(len(run.data))
    with pytest.raises(SourceError, match="ends early"):
        framer.peek(1 << 20)


def test_zero_padding_behind_gzip_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    path.write_bytes(gzip.compress(TEXT) + b"\0" * 1000)
    assert read(path) == TEXT


@pytest.mark.parametrize("form", COMPRESS)
def test_a_bomb_fills_no_memory(form: str) -> None:
    bomb = COMPRESS[form](COMPRESS[form](bytes(60 << 20)))
    tracemalloc.start()
    size = sum(map(len, decompressed([bomb])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 60 << 20
    assert peak < 24 << 20


MAGICS = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\0")
texts = st.binary(max_size=2000).filter(lambda text: not text.startswith(MAGICS))
"""What is no compressed text itself, which would be decompressed again."""


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(COMPRESS)), texts, st.integers(1, 9), st.data())
def test_any_damage_raises_nothing_else_and_chunks_do_not_matter(form: str, text: bytes, size: int, data: st.DataObject) -> None:
    packed = bytearray(COMPRESS[form](text))
    assert b"".join(decompressed(bytes(packed[at : at + size]) for at in range(0, len(packed), size))) == text
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with suppress(BrokenDataError):
        list(decompressed([bytes(packed)]))


@pytest.mark.parametrize("magic", MAGICS)
def test_what_only_begins_like_a_compressed_text_is_broken(magic: bytes) -> None:
    with pytest.raises(BrokenDataError):
        list(decompressed([gzip.compress(magic)]))


def test_chunks_are_large_and_progress_counts_bytes_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "audit.log.gz"
    path.write_bytes(gzip.compress(TEXT * 4))
    seen: list[int] = []
    source = expand([str(path)])[0]
    sizes = [len(chunk) for chunk in source.chunks(seen.append)]
    assert all(size >= 256 * 1024 for size in sizes[:-1])
    assert sum(seen) == source.size == path.stat().st_size


def test_folders_are_read_recursively_and_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.log", "a/2.log", "a/1.log", ".hidden", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    names = [source.name for source in expand([str(tmp_path)])]
    assert names == [str(tmp_path / name) for name in ("a/1.log", "a/2.log", "b.log")]


def test_patterns_are_expanded_also_deep_and_through_loops(tmp_path: Path) -> None:
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / "y" / "1.log").write_text("{}")
    (tmp_path / "x" / "2.log").write_text("{}")
    (tmp_path / "x" / "loop").symlink_to(tmp_path)
    assert len(expand([str(tmp_path / "**" / "*.log")])) == 2
    assert [source.name for source in expand([str(tmp_path / "x" / "?.log")])] == [str(tmp_path / "x" / "2.log")]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "audit[1].log").write_text("{}")
    assert len(expand([str(tmp_path / "audit[1].log")])) == 1


@pytest.mark.parametrize(
    ("name", "cause"),
    [("missing.log", "no such file or folder"), ("*.nothing", "the pattern matches no files"), ("empty", "the folder holds no files")],
)
def test_what_is_not_there_is_named_before_anything_is_read(name: str, cause: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.log").write_text("{}")
    with pytest.raises(SourceError, match=cause) as raised:
        expand([str(tmp_path / "good.log"), str(tmp_path / name)])
    assert str(tmp_path / name) in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("{}")
    (tmp_path / "a.log").chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        expand([str(tmp_path / "a.log")])


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    source = expand(["-"])[0]
    assert (source.name, source.size) == ("-", None)
    assert b"".join(source.chunks()) == TEXT


def bundle(path: Path, mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in (
            ("must-gather/kube-apiserver/master-0-audit.log.gz", gzip.compress(TEXT)),
            ("must-gather/.hidden", b"x"),
            ("must-gather/oauth-server/audit.log", TEXT[:500]),
            ("must-gather/empty.log", b""),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_members_of_a_tarball_are_sources(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "bundle.bin"
    bundle(path, mode)
    sources = expand([str(path)])
    assert [source.name.removeprefix(f"{path}!must-gather/") for source in sources] == [
        "kube-apiserver/master-0-audit.log.gz",
        "oauth-server/audit.log",
        "empty.log",
    ]
    for order in (sources, sources[::-1], [sources[1], sources[1]]):
        for source in order:
            expected = TEXT if source.name.endswith("gz") else b"" if "empty" in source.name else TEXT[:500]
            assert b"".join(source.chunks()) == expected


def test_a_tarball_that_ends_early_gives_its_good_members_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bundle.tar.gz"
    bundle(path, "w:gz")
    path.write_bytes(path.read_bytes()[:-2000])
    good, error = drained(expand([str(path)]))
    assert str(error).startswith(f"cannot read {path}")
    assert TEXT.startswith(good)
    assert good


def test_members_of_a_zip_file_are_sources(tmp_path: Path) -> None:
    path = tmp_path / "bundle"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("logs/audit.log", TEXT)
        archive.writestr("logs/.hidden", "x")
    sources = expand([str(path)])
    assert [source.name for source in sources] == [f"{path}!logs/audit.log"]
    assert b"".join(sources[0].chunks()) == TEXT
