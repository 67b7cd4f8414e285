"""docker-compose.yml, the Dockerfile and what Grafana is provisioned with: their shape, and that they fit together."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from jsonschema import Draft7Validator

from auditradar.dashboards.defaults import DATASOURCE_TYPE, DATASOURCE_UID, PLUGIN_VERSION
from auditradar.ingest.cli import cli
from tests.stack import users

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("compose-spec.json").read_text(encoding="utf-8"))
COMPOSE = ROOT / "docker-compose.yml"
PROVISIONING = ROOT / "dashboards/provisioning"
PAGES = (ROOT / "docs/30-stack.md", ROOT / "docs/20-streams.md", *sorted((ROOT / "docs/runbooks").glob("*.md")))
OPTIONAL = "GF_SMTP_PASSWORD"  # not every mail server asks for one
OURS = ("schema", "auditradar", "serve", "demo")
VARIABLE = re.compile(r"\$\{(\w+)(:?[-?][^}]*)?\}")
# The plugin's own reader: grafana/clickhouse-datasource, pkg/plugin/settings.go.
PLUGIN_KEYS = {"host", "port", "protocol", "secure", "username", "defaultDatabase", "dialTimeout", "queryTimeout", "validateSql"}


def read(path: Path) -> Any:
    """Read a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(COMPOSE)["services"]
    return found


def test_the_file_keeps_to_the_compose_specification() -> None:
    problems = list(Draft7Validator(SCHEMA).iter_errors(read(COMPOSE)))
    assert [f"{problem.json_path}: {problem.message}" for problem in problems] == []


def test_docker_understands_the_file(tmp_path: Path) -> None:
    if shutil.which("docker") is None or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode:  # noqa: S607 - the docker of this machine
        pytest.skip("docker compose is not installed; the specification's schema is checked above")
    write_env(tmp_path)
    command = ["docker", "compose", "--file", str(COMPOSE), "--env-file", str(tmp_path / ".env"), "--profile", "*", "config", "--quiet"]
    assert subprocess.run(command, check=False).returncode == 0


def test_every_version_is_pinned_and_written_once(services: dict[str, dict[str, Any]]) -> None:
    versions = read(COMPOSE)["x-versions"]
    assert versions["grafana-plugin"] == f"{DATASOURCE_TYPE}@{PLUGIN_VERSION}"
    text = COMPOSE.read_text(encoding="utf-8")
    for version in versions.values():
        assert re.search(r"[:@]\d+\.\d+(\.\d+)?$", version), version
        assert text.count(version) == 1
    images = {name: service["image"] for name, service in services.items() if name not in OURS}
    assert set(images.values()) == {versions["clickhouse"], versions["grafana"]}
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:\d+\.\d+-slim", bases[0])


def test_nothing_listens_beyond_this_machine(services: dict[str, dict[str, Any]]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert len(ports) == 4
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_has_a_default() -> None:
    found = VARIABLE.findall(COMPOSE.read_text(encoding="utf-8"))
    secrets = {name: rule for name, rule in found if name.endswith("_PASSWORD") and name != OPTIONAL}
    assert set(secrets) == users.password_variables() | {"GRAFANA_ADMIN_PASSWORD"}
    assert all(rule.startswith(":?") for rule in secrets.values())


def write_env(folder: Path) -> dict[str, str]:
    """Run the command of the documentation that writes .env."""
    page = PAGES[0].read_text(encoding="utf-8")
    (command,) = re.findall(r"^    (.*openssl.*)$", page, re.MULTILINE)
    subprocess.run(["/bin/sh", "-c", command], cwd=folder, check=True)
    return dict(line.split("=", 1) for line in (folder / ".env").read_text(encoding="utf-8").splitlines())


def test_the_command_of_the_documentation_writes_every_secret(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed; the documented command needs it")
    written = write_env(tmp_path)
    assert set(written) == users.password_variables() | {"GRAFANA_ADMIN_PASSWORD"}
    assert len(set(written.values())) == len(written)
    assert all(re.fullmatch(r"[0-9a-f]{48}", value) for value in written.values()), "nothing in it needs quoting in a DSN"
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_every_container_of_ours_is_read_only_and_without_privileges(services: dict[str, dict[str, Any]]) -> None:
    for name in OURS:
        service = services[name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert [mount.split(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert all(service["security_opt"] == ["no-new-privileges:true"] for service in services.values())
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER (\d+):\1$", dockerfile, re.MULTILINE)
    assert dockerfile.index("\nUSER ") > dockerfile.rindex("\nRUN "), "nothing is installed by the user that runs it"


def test_everything_waits_for_what_it_needs(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            healthy = how["condition"] == "service_healthy"
            assert how["condition"] in {"service_healthy", "service_completed_successfully"}
            assert not healthy or services[needed]["healthcheck"]["test"], f"{name} waits for the health of {needed}"
    assert set(services["grafana"]["depends_on"]) == {"clickhouse", "schema"}


def test_every_mounted_file_is_there(services: dict[str, dict[str, Any]]) -> None:
    volumes = [volume for service in services.values() for volume in service.get("volumes", [])]
    mounts = [VARIABLE.sub("nobody", volume).split(":", 1)[0] for volume in volumes]
    files = [mount for mount in mounts if mount.startswith("./")]
    assert len(files) >= 8
    assert [file for file in files if not (ROOT / file).exists()] == []
    assert {mount for mount in mounts if not mount.startswith("./")} == set(read(COMPOSE)["volumes"])


def test_every_variable_of_a_mounted_file_reaches_its_container(services: dict[str, dict[str, Any]]) -> None:
    assert users.password_variables() <= set(services["clickhouse"]["environment"])
    files = [path for folder in ("datasources", "notify") for path in (PROVISIONING / folder).glob("*.yml")]
    asked = {name for path in files for name, _ in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert asked >= {"CLICKHOUSE_HOST", "CLICKHOUSE_GRAFANA_PASSWORD", "AUDITRADAR_ALERT_WEBHOOK", "AUDITRADAR_ALERT_EMAIL"}
    assert asked <= set(services["grafana"]["environment"])


def test_provisioning_expands_variables_and_nothing_else() -> None:
    """Grafana takes every dollar sign for the beginning of a variable; `$$` would be one."""
    files = [path for folder in ("datasources", "dashboards", "notify") for path in sorted((PROVISIONING / folder).glob("*.yml"))]
    assert len(files) == 5
    for path in files:
        rest = VARIABLE.sub("", re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert "$" not in rest, path


def test_the_data_source_is_the_one_that_rules_name() -> None:
    (source,) = read(PROVISIONING / "datasources/auditradar.yml")["datasources"]
    assert (source["uid"], source["type"]) == (DATASOURCE_UID, DATASOURCE_TYPE)
    assert set(source["jsonData"]) <= PLUGIN_KEYS
    assert set(source["secureJsonData"]) == {"password"}
    assert source["jsonData"]["username"] in users.names()
    assert source["jsonData"]["defaultDatabase"] == "audit"


def test_dashboards_are_read_from_where_they_are_mounted(services: dict[str, dict[str, Any]]) -> None:
    (provider,) = read(PROVISIONING / "dashboards/dashboards.yml")["providers"]
    mounts = dict(volume.split(":")[:2] for volume in services["grafana"]["volumes"])
    assert mounts["./dashboards/provisioning/dashboards"] == provider["options"]["path"]
    assert provider["folder"] == read(PROVISIONING / "alerting/rules.yml")["groups"][0]["folder"]
    home = Path(services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert home.parent == Path(provider["options"]["path"])
    assert (PROVISIONING / "dashboards" / home.name).exists()


@pytest.mark.parametrize("way", ["webhook", "email"])
def test_a_way_to_notify_names_only_receivers_that_it_makes(way: str) -> None:
    found = read(PROVISIONING / "notify" / f"{way}.yml")
    (point,) = found["contactPoints"]
    (policy,) = found["policies"]
    (receiver,) = point["receivers"]
    assert receiver["type"] == way
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,40}", receiver["uid"])
    assert {policy["receiver"], *(route["receiver"] for route in policy["routes"])} == {point["name"]}


def test_nobody_takes_the_policies_back() -> None:
    assert read(PROVISIONING / "notify/nobody.yml") == {"apiVersion": 1, "resetPolicies": [1]}


def commands() -> list[str]:
    """List the auditradar commands of the pages, those in containers among them."""
    lines = [line for page in PAGES for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
    found = [re.search(r"(?:^ {4}|/audit |run --rm .*?)(?:auditradar|schema) (\w.*)$", line) for line in lines]
    return sorted({match[1] for match in found if match})


def test_the_documentation_shows_commands() -> None:
    assert {"schema diff", "load /logs --cluster prod", "status", "logins"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_documentation_exists(command: str) -> None:
    group: click.Command = cli
    words = shlex.split(command)
    while isinstance(group, click.Group):
        assert words[0] in group.commands, command
        group = group.commands[words.pop(0)]
    group.make_parser(click.Context(group)).parse_args(words)


def test_every_command_runs_without_what_the_image_leaves_out() -> None:
    (removed,) = re.findall(r"pip uninstall --yes (chdb .*);", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    absent = {"python-dateutil": "dateutil"}
    names = {absent.get(name, name.split("-")[0]) for name in removed.split()}
    assert names == {"chdb", "numpy", "pandas", "dateutil"}
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({names!r}))\n"
        "from pyarrow import parquet\nimport typst\nfrom auditradar.ingest.cli import cli\n"
        "print(*(cli.commands[name].name for name in cli.commands))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"serve", "report", "verify"} <= set(done.stdout.split())
