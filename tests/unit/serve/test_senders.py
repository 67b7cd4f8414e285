"""Who may send: the token file, and what it refuses."""

import os
from pathlib import Path

import pytest

from auditradar.ingest.errors import SettingsError
from auditradar.ingest.serve import senders as module
from auditradar.ingest.serve.senders import Senders, digest_of, read_senders

TOKEN = "0123456789abcdef-token"


def test_tokens_are_known_plain_and_hashed(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(
        f"# who\nprod,stage vector {TOKEN}\n\n* fire sha256:{digest_of('another-long-token').upper().lower()}\nprod node cert:n7\n"
    )
    senders = Senders(file)
    vector, fire = senders.by_token(TOKEN), senders.by_token("another-long-token")
    assert vector is not None
    assert fire is not None
    assert [vector.may_send(cluster) for cluster in ("prod", "stage", "dev", "*")] == [True, True, False, False]
    assert fire.may_send("anything")
    assert senders.by_token("") is None
    assert senders.by_token(digest_of(TOKEN)) is None, "the hash is not the token"
    node = senders.by_certificate(["n7"])
    assert node is not None
    assert (node.name, node.clusters) == ("node", frozenset({"prod"}))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("prod vector", "it has 2 words, not three"),
        ("prod vector short", "shorter than 16 characters"),
        ("prod vector sha256:beef", "64 hexadecimal digits"),
        ("prod ve/ctor 0123456789abcdef", "the name may hold"),
        ("prod;stage vector 0123456789abcdef", "write commas between clusters"),
        ("prod,,stage vector 0123456789abcdef", "write commas between clusters"),
        ("\ufeffprod vector 0123456789abcdef", "write commas between clusters"),
    ],
)
def test_a_bad_line_is_named_and_not_repeated(line: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        read_senders(f"# x\n{line}\n", "tokens")
    assert "line 2" in str(caught.value)
    assert line.rsplit(maxsplit=1)[-1] not in str(caught.value).replace(words, "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"prod a {TOKEN}", f"stage a {TOKEN}"),
        (f"prod a {TOKEN}", f"stage b sha256:{digest_of(TOKEN)}"),
        ("prod a cert:node-7", "stage b cert:node-7"),
    ],
)
def test_two_lines_about_one_token_are_refused_for_only_one_would_count(first: str, second: str) -> None:
    with pytest.raises(SettingsError, match="line 3: it has the token or certificate of line 1; write all its clusters into one line"):
        read_senders(f"{first}\n\n{second}\n", "tokens")
    assert len(read_senders(f"{first}\nprod a 0123456789abcdef-next\n", "tokens")) == 2, "a token is renewed by a second one beside it"


def test_a_file_without_senders_is_refused() -> None:
    with pytest.raises(SettingsError, match="names no sender"):
        read_senders("# nobody\n", "tokens")


def test_a_changed_file_is_read_again_and_a_broken_one_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN_SECONDS", 0.0)
    file = tmp_path / "tokens"
    file.write_text(f"prod a {TOKEN}\n")
    senders = Senders(file)
    file.write_text("prod a 0123456789abcdef-other\n")
    assert senders.by_token(TOKEN) is None
    assert senders.by_token("0123456789abcdef-other") is not None
    file.write_text("prod a\n")
    os.utime(file, ns=(1, 1))
    assert senders.by_token("0123456789abcdef-other") is not None


def test_a_certificate_without_a_line_names_its_own_cluster() -> None:
    sender = Senders(None, certificates=True).by_certificate(["prod", "prod.example.com"])
    assert sender is not None
    assert sender.may_send("prod")
    assert not sender.may_send("stage")


def test_a_certificate_of_a_star_or_of_odd_names_opens_nothing() -> None:
    senders = Senders(None, certificates=True)
    assert senders.by_certificate(["*", "a b", "x\n"]) is None
    sender = senders.by_certificate(["*", "prod"])
    assert sender is not None
    assert (sender.name, sender.may_send("prod"), sender.may_send("stage")) == ("prod", True, False)
