"""The commands verify, retention, hold and access on a store, as people run them."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auditradar.ingest.cli import cli
from auditradar.ingest.engine import Engine
from tests.proof.conftest import Load


def write_keys(folder: Path) -> None:
    """Write a pair of keys as openssl does."""
    key, pem = Ed25519PrivateKey.generate(), serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "audit.pem").write_bytes(private)
    (folder / "audit.pub").write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))


@pytest.fixture
def run(store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.chdir(tmp_path)
    dsn = f"chdb://{store.dsn.path}?database={store.dsn.database}"

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--dsn", dsn])

    return invoke


def test_a_head_is_signed_and_compared(run, bring: Load, store: Engine, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write_keys(tmp_path)
    bring()
    made = run("verify", "--export-head", "head.json", "--sign", "audit.pem")
    assert (made.exit_code, made.stdout) == (0, "")
    assert "Proven: 15 records" in made.stderr
    assert run("verify", "--against", "head.json", "--key", "audit.pub").exit_code == 0
    head = orjson.loads((tmp_path / "head.json").read_bytes())
    (tmp_path / "forged.json").write_bytes(orjson.dumps(head | {"chains": []}))
    forged = run("verify", "--against", "forged.json", "--key", "audit.pub")
    assert (forged.exit_code, forged.stderr.count("\n")) == (1, 1)
    assert "cannot verify the signature" in forged.stderr
    store.command("ALTER TABLE events DELETE WHERE actor = 'mia'", settings={"mutations_sync": 2})
    found = run("verify", "--format", "json")
    assert found.exit_code == 1
    said = orjson.loads(found.stdout)
    assert said["ok"] is False
    assert {one["problem"] for one in said["mismatches"]} == {"missing"}
    assert sum(one["records"] for one in said["mismatches"]) == 5
    assert "cannot prove the store" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("verify", "--sign", "k"), 2, "give --export-head too"),
        (("verify", "--key", "k"), 2, "give --against or a pack too"),
        (("verify", "--against", "nowhere.json"), 1, "cannot read the head nowhere.json"),
        (("verify", "nowhere"), 1, "cannot verify the pack nowhere"),
        (("hold", "add", "--why", "x"), 2, "say what to hold"),
        (("hold", "release", "--why", "x"), 2, "say which"),
        (("hold", "release", "H-9", "--why", "x"), 1, "no such hold stands"),
        (("retention", "apply"), 1, "it must be confirmed"),
        (("access", "apply"), 1, "the embedded engine has no users"),
    ],
)
def test_bad_input_is_one_clear_line(run, arguments: tuple[str, ...], status: int, words: str) -> None:  # type: ignore[no-untyped-def]
    done = run(*arguments)
    assert done.exit_code == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hold_is_added_kept_and_released(run, bring: Load) -> None:  # type: ignore[no-untyped-def]
    bring()
    assert "H-1 holds 8 events" in run("hold", "add", "--actor", "mia", "--incident", "INC-7", "--why", "lawsuit", "--by", "carol").stderr
    plan = run("retention", "plan", "--format", "json")
    assert plan.exit_code == 0
    assert all(int(row["rows"]) > 0 and int(row["bytes"]) < 1_000_000 for row in orjson.loads(plan.stdout))
    applied = run("retention", "apply", "--yes", "--by", "alice")
    assert (applied.exit_code, applied.stdout) == (0, ""), applied.stderr
    assert "nothing is past due" in applied.stderr
    state = orjson.loads(run("retention", "verify", "--format", "json").stdout)
    assert {row["held"] for row in state if row["table"] == "events"} == {8}
    assert run("hold", "release", "--incident", "INC-7", "--why", "over").exit_code == 0
    assert "1 hold, 0 standing." in run("hold", "list").stderr


def test_the_access_plan_is_printed_without_a_server(run) -> None:  # type: ignore[no-untyped-def]
    done = run("access", "plan")
    assert done.exit_code == 0
    assert "CREATE ROLE IF NOT EXISTS auditradar_auditor" in done.stdout
