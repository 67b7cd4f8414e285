"""Certificates made by openssl, shown by curl: a sender writes as the cluster that its certificate names."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditradar.bench.served import Served, served
from tests.serve.certificates import authority, certify
from tests.serve.events import ask, event_list

if shutil.which("openssl") is None or shutil.which("curl") is None:
    pytest.skip("openssl and curl make and show the certificates", allow_module_level=True)

TOKEN = "token-of-a-shipper-0123456789"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tls")
    authority(made, "ca")
    authority(made, "foreign")
    certify(made, "localhost", "ca", "IP:127.0.0.1")
    certify(made, "prod", "ca", "DNS:prod.example.com")
    certify(made, "node-7", "ca", "DNS:node-7")
    certify(made, "stranger", "foreign", "DNS:prod")
    (made / "tokens").write_text(f"stage shipper {TOKEN}\nstage,prod node cert:node-7\n")
    (made / "tokens").chmod(0o600)
    return made


@pytest.fixture(scope="module")
def process(folder: Path) -> Iterator[Served]:
    tls = ["--tls-cert", str(folder / "localhost.crt"), "--tls-key", str(folder / "localhost.key"), "--client-ca", str(folder / "ca.crt")]
    with served("--dsn", f"chdb://{folder / 'store'}", "--token-file", str(folder / "tokens"), *tls) as running:
        yield running
        assert running.stop() == 0
    found = {(row[0], row[1]) for row in ask(f"chdb://{folder / 'store'}", "SELECT cluster, source FROM batches")}
    assert found == {("prod", "http:prod/prod"), ("prod", "http:prod/node"), ("stage", "http:stage/shipper")}


def send(process: Served, folder: Path, cluster: str, certificate: str = "", token: str = "") -> int:
    """Post an event with curl; 0 when the handshake failed."""
    command = [
        "curl",
        "--silent",
        "--cacert",
        str(folder / "ca.crt"),
        "--output",
        "-",
        "--write-out",
        "\n%{http_code}",
        "--data-binary",
        "@-",
    ]
    if certificate:
        command += ["--cert", str(folder / f"{certificate}.crt"), "--key", str(folder / f"{certificate}.key")]
    if token:
        command += ["--header", f"Authorization: Bearer {token}"]
    body = event_list([f"tls-{cluster}-{certificate}-{token[:5]}"])
    done = subprocess.run([*command, f"{process.url}/v1/audit/{cluster}"], input=body, capture_output=True, check=False)
    answer, _, status = done.stdout.decode().rpartition("\n")
    assert not answer or json.loads(answer)
    return int(status)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (("prod", "prod", ""), 200),
        (("stage", "prod", ""), 403),
        (("prod", "node-7", ""), 200),
        (("dev", "node-7", ""), 403),
        (("stage", "", TOKEN), 200),
        (("prod", "", TOKEN), 403),
        (("prod", "prod", "wrong-token-0123456789"), 401),
        (("prod", "", ""), 401),
        (("prod", "stranger", ""), 0),
    ],
)
def test_a_certificate_or_a_token_says_who_sends(process: Served, folder: Path, who: tuple[str, str, str], status: int) -> None:
    assert send(process, folder, *who) == status
