import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Spawn

CONFIG = """
session_gap = "30m"
trusted_proxies = ["10.0.0.10"]

[clusters.prod]
trusted_proxies = ["10.1.0.0/16"]

[[client_rules]]
pattern = "^our-tool/"
client = "our-tool"
method = "kubectl"
interactive = true
"""


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "auditradar.toml"
    path.write_text(CONFIG)
    return str(path)


def test_what_is_shown_can_be_read_again(run: Run, config: str) -> None:
    shown = run("config", "show", "--config", config)
    settings = tomllib.loads(shown.stdout)
    assert settings["session_gap"] == "1800s"
    assert settings["trusted_proxies"] == ["10.0.0.10/32"]
    assert settings["clusters"]["prod"]["trusted_proxies"] == ["10.1.0.0/16"]
    assert settings["client_rules"][0]["client"] == "our-tool"


def test_what_is_shown_says_where_it_comes_from(run: Run, config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITRADAR_WORKERS", "5")
    lines = run("config", "show", "--config", config).stdout.splitlines()
    origin = {after.split(" = ")[0]: before for before, after in pairwise(lines) if before.startswith("#")}
    assert origin["session_gap"].endswith(f"({config})")
    assert origin["workers"].endswith("(AUDITRADAR_WORKERS)")
    assert origin["dsn"].endswith("(--dsn)")
    assert origin["mask_exec"].endswith("(default)")


def test_a_password_is_never_shown(spawn: Spawn) -> None:
    result = spawn("config", "show", "--dsn", "clickhouse://me:secret@host:8123/audit")
    assert result.returncode == 0
    assert "secret" not in result.stdout + result.stderr
    assert 'dsn = "clickhouse://me:***@host:8123/audit"' in result.stdout


def test_the_rules_of_the_store_are_compared(run: Run, config: str) -> None:
    assert "the store has these rules" in run("config", "check").stdout
    assert "the store has other rules" in run("config", "check", "--config", config).stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('nosuch = "x"', "nosuch: there is no such setting"),
        ('session_gap = "10s"', "session_gap"),
        ('trusted_proxies = ["router"]', "'router' is no network"),
        ("[[client_rules]]\npattern = '('\nclient = 'x'", "'(' is no regular expression"),
        ("this is no toml", "cannot use the settings"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_status_1(run: Run, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    result = run("config", "check", "--config", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_a_missing_file_is_status_1(run: Run, tmp_path: Path) -> None:
    result = run("config", "show", "--config", str(tmp_path / "none.toml"))
    assert result.exit_code == 1
    assert "there is no such file" in result.stderr
