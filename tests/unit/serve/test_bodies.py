"""Compressed bodies: what is read, and where it ends."""

import bz2
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.serve.bodies import plain_body
from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.sources.compression import zstd

LIMIT = 1 << 20
TEXT = b'{"kind":"EventList","items":[]}' * 100


def bare(data: bytes) -> bytes:
    writer = zlib.compressobj(wbits=-15)
    return writer.compress(data) + writer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("", gzip.compress(TEXT)),
        ("zstd", zstd.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("gzip", TEXT),
        ("gzip", gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:])),
    ],
)
def test_a_body_is_read_whatever_it_is_packed_in(encoding: str, body: bytes) -> None:
    assert plain_body(body, encoding, LIMIT) == TEXT


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress), ("deflate", zlib.compress), ("", bz2.compress)]
)
def test_a_bomb_is_refused_at_the_limit(encoding: str, pack: object) -> None:
    with pytest.raises(Refusal) as caught:
        plain_body(pack(b"0" * (LIMIT * 50)), encoding, LIMIT)  # type: ignore[operator]
    assert caught.value.status == 413


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress), ("deflate", zlib.compress)])
def test_a_body_that_breaks_off_is_refused(encoding: str, pack: object) -> None:
    with pytest.raises(Refusal, match="cannot decompress the body") as caught:
        plain_body(pack(TEXT)[:-5], encoding, LIMIT)  # type: ignore[operator]
    assert caught.value.status == 400


def test_an_encoding_that_nobody_reads_is_named() -> None:
    with pytest.raises(Refusal, match="'br'") as caught:
        plain_body(b"x", "br", LIMIT)
    assert caught.value.status == 415


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "zstd", "deflate"]))
def test_any_bytes_are_a_body_or_a_refusal(body: bytes, encoding: str) -> None:
    answered = 200
    try:
        plain_body(body, encoding, LIMIT)
    except Refusal as refusal:
        answered = refusal.status
    assert answered in {200, 400}
