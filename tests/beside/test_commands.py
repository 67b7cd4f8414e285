"""Commands beside a running process: those that read print the same, those that write say in one line what to do."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import urllib3
import yaml
from click.testing import CliRunner, Result

from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.defaults import UID_PREFIX
from auditradar.ingest.beside import ANNOUNCEMENT
from auditradar.ingest.cli import cli
from auditradar.ingest.front.guide import PLUGIN, PLUGIN_VERSION
from tests.cli.made import lines

READING = (
    "logins",
    "logouts --format json",
    "sessions --gap 1h",
    "failures",
    "failures --bursts --format csv",
    "denied",
    "events --all-kinds --format jsonl",
    "events --raw --limit 1 --format json",
    "who mia",
    "status",
    "coverage",
    "rejected --format jsonl",
    "sql 'SELECT max(stage_at), groupArray(actor) FROM requests'",
    "sql 'SELECT {a:String} AS a' -p 'a=it\\'",
    "sql 'SELECT 1 AS a WHERE 0' --format csv",
    "sql 'SELECT nope'",
    "sql 'DROP TABLE events'",
    "sql 'SELECT 1; SELECT 2'",
    "schema show",
    "config check",
)
WRITING = ("load /etc/hostname", "schema apply", "schema rebuild")


def run(dsn: str, command: str) -> Result:
    return CliRunner().invoke(cli, [*shlex.split(command), "--dsn", dsn], env={"COLUMNS": ""})


def no_process(text: str) -> str:
    """Leave out the bytes on disk, for the reads themselves are stored in audit_access, and what `status` says of the process."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("size ", "process ", "receivers ")))


@pytest.fixture(scope="module")
def dsn(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "audit.log").write_bytes(lines())
    name = f"chdb://{folder}/store"
    assert run(name, f"load {folder}/audit.log --cluster hand").exit_code == 3
    return name


@pytest.fixture(scope="module")
def alone(dsn: str) -> dict[str, Result]:
    return {command: run(dsn, command) for command in READING}


@pytest.fixture(scope="module")
def serving(dsn: str, alone: dict[str, Result]) -> Iterator[str]:
    assert alone
    command = [sys.executable, str(Path(__file__).with_name("serving.py")), dsn]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize("command", READING)
def test_a_command_that_reads_prints_the_same(dsn: str, alone: dict[str, Result], command: str) -> None:
    result = run(dsn, command)
    before = alone[command]
    assert (result.exit_code, no_process(result.stdout), result.stderr) == (before.exit_code, no_process(before.stdout), before.stderr)


@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize("command", WRITING)
def test_a_command_that_writes_says_what_to_do(dsn: str, command: str) -> None:
    result = run(dsn, command)
    assert result.exit_code == 1
    assert "send the records to http://127.0.0.1:8080/v1/audit/CLUSTER, let it follow the files, or end it" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_announcement_is_for_its_user_alone_and_its_reads_are_on_record(dsn: str, serving: str) -> None:
    said = Path(dsn.removeprefix("chdb://")) / ANNOUNCEMENT
    assert said.stat().st_mode & 0o077 == 0
    query = b"SELECT DISTINCT reader, on_behalf_of != '', via FROM audit_access WHERE reader = 'local'"
    answer = urllib3.request("POST", f"http://{serving}/", body=query)
    assert answer.data == b"local\t1\tfront\n"


@pytest.mark.usefixtures("serving")
def test_while_the_process_starts_a_command_says_so(dsn: str) -> None:
    said = Path(dsn.removeprefix("chdb://")) / ANNOUNCEMENT
    before = said.read_bytes()
    said.write_bytes(orjson.dumps({**orjson.loads(before), "port": 0}))
    result = run(dsn, "status")
    said.write_bytes(before)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "is still starting with it; try again in a moment" in result.stderr


def test_without_readers_only_this_machine_by_its_own_name_is_answered(serving: str) -> None:
    assert urllib3.request("POST", f"http://{serving}/", body=b"SELECT 1").data == b"1\n"
    forged = urllib3.request("POST", f"http://{serving}/", body=b"SELECT 1", headers={"Host": "evil.example.com"})
    assert (forged.status, forged.headers["X-ClickHouse-Exception-Code"]) == (403, "516")


def test_up_writes_a_folder_that_is_ready(dsn: str, tmp_path: Path) -> None:
    out = tmp_path / "grafana"
    result = run(dsn, f"up --out {out}")
    assert result.exit_code == 0, result.stderr
    assert f"{out}/start.sh" in result.stdout
    assert run(dsn, f"up --out {out}").stdout == result.stdout
    source = yaml.safe_load((out / "provisioning/datasources/auditradar.yml").read_text())["datasources"][0]
    assert source["jsonData"] | {"host": "127.0.0.1", "port": 8123, "protocol": "http", "username": "grafana"} == source["jsonData"]
    provider = yaml.safe_load((out / "provisioning/dashboards/dashboards.yml").read_text())["providers"][0]
    assert len(list(Path(provider["options"]["path"]).glob("*.json"))) >= 10
    assert (out / "grafana.env").stat().st_mode & 0o077 == (out / "readers").stat().st_mode & 0o077 == 0
    (tmp_path / "other").write_text("x")
    assert run(dsn, f"up --out {tmp_path}").exit_code == 1


def test_the_plugin_is_the_one_of_the_stack() -> None:
    compose = (Path(__file__).parents[2] / "docker-compose.yml").read_text()
    assert f"{PLUGIN}@{PLUGIN_VERSION}" in compose


def test_the_page_that_up_leads_to_is_a_dashboard(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["up", "--dsn", f"chdb://{tmp_path}/store"])
    assert said.exit_code == 0
    [page] = re.findall(r"http://localhost:3000/d/(\S+)", said.output)
    assert page in {f"{UID_PREFIX}{board.slug}" for board in BOARDS}


def test_a_reader_line_holds_no_secret_and_a_bad_name_or_password_is_one_line() -> None:
    made = CliRunner().invoke(cli, ["reader", "alice"], input="correct horse battery\n")
    assert made.stdout.startswith("alice:scrypt:15:8:3:")
    assert "horse" not in made.output
    for arguments, words in ((["reader", "a:b", "--token"], "a name is letters"), (["reader", "bob"], "shorter than 12")):
        refused = CliRunner().invoke(cli, arguments, input="short\n")
        assert refused.exit_code == 1
        assert words in refused.stderr


def test_a_token_is_shown_only_when_it_opens_something(tmp_path: Path) -> None:
    refused = CliRunner().invoke(cli, ["reader", "grafana", "--token", "--file", str(tmp_path / "nowhere" / "readers")])
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    made = CliRunner().invoke(cli, ["reader", "grafana", "--token", "--file", str(tmp_path / "readers")])
    assert (made.exit_code, made.stdout.startswith("ar_")) == (0, True)
