"""Real drivers read the SQL front: clickhouse-go, @clickhouse/client and, where its jars are, clickhouse-jdbc.

They need go, npm or javac and, the first time, a registry of packages.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.front.conftest import Running
from tests.front.test_readings import shown

pytestmark = pytest.mark.clients
HERE = Path(__file__).parent
JARS = "AUDITRADAR_JDBC_JARS"
SECONDS = 300


@pytest.fixture(scope="module")
def environment(wide: Running, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    queries = tmp_path_factory.mktemp("clients") / "queries.json"
    queries.write_text(json.dumps(shown()))
    told = {"AUDITRADAR_ADDRESS": str(wide.part.address), "AUDITRADAR_TOKEN": wide.token, "AUDITRADAR_QUERIES": str(queries)}
    return {**os.environ, **told}


def run(command: Sequence[str], where: Path, environment: Mapping[str, str]) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_clickhouse_go(environment: Mapping[str, str]) -> None:
    run(["go", "test", "-count=1", "./..."], HERE, environment)


def test_clickhouse_js(environment: Mapping[str, str], tmp_path: Path) -> None:
    for name in ("package.json", "client.test.mjs"):
        shutil.copy(HERE / name, tmp_path)
    run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], tmp_path, environment)
    run(["node", "--test"], tmp_path, environment)


def test_clickhouse_jdbc(environment: Mapping[str, str], tmp_path: Path) -> None:
    jars = environment.get(JARS, "")
    if not jars:
        pytest.skip(f"{JARS} names no class path with clickhouse-jdbc-all and slf4j-api")
    run(["javac", "-cp", jars, "-d", str(tmp_path), str(HERE / "Read.java")], tmp_path, environment)
    assert run(["java", "-cp", f"{jars}:{tmp_path}", "Read"], tmp_path, environment) == ""
