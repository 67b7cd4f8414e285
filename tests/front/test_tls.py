"""The front behind a certificate made by openssl."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.front.part import SqlFront
from auditradar.ingest.front.readers import token_line
from auditradar.ingest.settings import FrontSettings

if shutil.which("openssl") is None:
    pytest.skip("openssl makes the certificate", allow_module_level=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tls")
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=front"]
    files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "front.key", "-out", "front.crt"]
    subprocess.run([*new, *files], cwd=made, check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def secured(engine: Engine, folder: Path) -> Iterator[tuple[str, str]]:
    """Give the address and a token."""
    token, line = token_line("grafana")
    (folder / "readers").write_text(f"{line}\n")
    files = {"readers": str(folder / "readers"), "tls_cert": str(folder / "front.crt"), "tls_key": str(folder / "front.key")}
    part = SqlFront(engine, FrontSettings(listen="127.0.0.1:0", **files))
    part.start()
    yield str(part.address), token
    part.stop(5)


def test_statements_are_answered_over_tls(secured: tuple[str, str], folder: Path) -> None:
    address, token = secured
    with urllib3.PoolManager(ca_certs=str(folder / "front.crt"), retries=False) as pool:
        answer = pool.request("POST", f"https://{address}/", body=b"SELECT 1", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status, answer.data) == (200, b"1\n")
        assert pool.request("POST", f"https://{address}/", body=b"SELECT 1").status == 401


def test_nothing_is_answered_without_tls(secured: tuple[str, str]) -> None:
    address, token = secured
    with pytest.raises(urllib3.exceptions.HTTPError):
        urllib3.request("POST", f"http://{address}/", body=b"SELECT 1", headers={"Authorization": f"Bearer {token}"}, retries=False)


@pytest.mark.parametrize(
    ("cert", "key", "words"),
    [("front.crt", "", "belong together"), ("front.key", "front.crt", "it is no PEM, or the two"), ("none", "front.key", "No such file")],
)
def test_a_certificate_that_cannot_be_used_is_one_line(engine: Engine, folder: Path, cert: str, key: str, words: str) -> None:
    files = {"tls_cert": str(folder / cert), "tls_key": str(folder / key) if key else ""}
    with pytest.raises(AuditRadarError, match=words) as raised:
        SqlFront(engine, FrontSettings(listen="127.0.0.1:0", **files)).start()
    assert "\n" not in str(raised.value)
