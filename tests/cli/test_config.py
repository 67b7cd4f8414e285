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
    assert settings["session_gap"] == "30m"
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
        ("[follow]\npoll = 2", "follow.poll: '2' is no duration"),
        ("[front]\nstatement_timeout = '0s'", "front.statement_timeout"),
        ("[serve]\nlisten = '8080'", "serve.listen: cannot listen on '8080'"),
        ("[front]\nlisten = 'localhost'", "front.listen: cannot listen on 'localhost'"),
        ("[serve]\ntoken_file = '/no/such/tokens'", "serve.token_file: there is no file /no/such/tokens"),
        ("this is no toml", "cannot use the settings"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_status_1(run: Run, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    result = run("config", "check", "--config", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


@pytest.mark.parametrize("name", ["AUDITRADAR_SERVE__FOLLOW", "AUDITRADAR_TRUSTED_PROXIES"])
def test_a_list_in_the_environment_that_is_no_json_says_how_to_write_it(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "first-value,second-value")
    done = run("config", "check")
    assert done.stderr.startswith("auditradar: cannot use the environment: AUDITRADAR_")
    assert """lists and tables are written as JSON there, such as AUDITRADAR_SERVE__FOLLOW='["/var/log/audit.log"]'""" in done.stderr
    assert (done.exit_code, "first-value" in done.stderr, done.stderr.count("\n")) == (1, False, 1)


def test_a_missing_file_is_status_1(run: Run, tmp_path: Path) -> None:
    result = run("config", "show", "--config", str(tmp_path / "none.toml"))
    assert result.exit_code == 1
    assert "there is no such file" in result.stderr


def test_durations_are_written_as_they_are_read_and_empty_paths_are_not_given(
    spawn: Spawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITRADAR_FRONT__READERS", "")
    monkeypatch.setenv("AUDITRADAR_SERVE__TOKEN_FILE", "~/tokens")
    path = tmp_path / "auditradar.toml"
    path.write_text("[follow]\npoll = '500ms'\nlinger = '1h30m'\n[front]\nstatement_timeout = '2.5s'\n")
    first = spawn("config", "show", "--config", str(path))
    settings = tomllib.loads(first.stdout)
    assert settings["follow"] == {"poll": "500ms", "flush": "500ms", "linger": "1h30m", "refresh": "10s"}
    assert (settings["front"]["statement_timeout"], settings["front"]["queue_timeout"]) == ("2s500ms", "30s")
    assert "readers" not in settings["front"]
    assert settings["serve"]["token_file"] == str(Path("~/tokens").expanduser())
    path.write_text(first.stdout)
    assert tomllib.loads(spawn("config", "show", "--config", str(path)).stdout) == settings


def test_a_misspelt_variable_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITRADAR_SESION_GAP", "30m")
    monkeypatch.setenv("AUDITRADAR_ALERT_EMAIL", "of Grafana, no setting")
    result = run("config", "check")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "Nobody reads" in line] == [
        "Nobody reads the variable AUDITRADAR_SESION_GAP; AUDITRADAR_SESSION_GAP is one."
    ]
