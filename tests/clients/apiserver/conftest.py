"""The program, built once; certificates, tokens and the kubeconfigs that `auditradar webhook-config` writes."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.apiserver.program import ApiServer, built
from tests.serve.certificates import authority, certify
from tests.serve.events import PROGRAM


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("go") is None:
        pytest.skip("Go builds the audit side of an API server")
    return built(tmp_path_factory.mktemp("apiserver"))


Start = Callable[..., ApiServer]


@dataclass(frozen=True, slots=True)
class Site:
    """Be a folder with an authority, a token, and what `serve` and API servers need of them."""

    folder: Path
    port: int
    token: str = "token-of-the-apiserver-0123456789"

    @property
    def dsn(self) -> str:
        """Name the store."""
        return f"chdb://{self.folder / 'store'}"

    @property
    def serving(self) -> tuple[str, ...]:
        """Give the options of `serve`."""
        files = {"token-file": "tokens", "tls-cert": "localhost.crt", "tls-key": "localhost.key", "client-ca": "ca.crt"}
        named = [word for option, name in files.items() for word in (f"--{option}", str(self.folder / name))]
        return ("--dsn", self.dsn, "--listen", f"127.0.0.1:{self.port}", *named)

    def flags(self, *options: str, cluster: str = "prod") -> list[str]:
        """Let `auditradar webhook-config` write the files and give the flags that it prints for kubeadm, with their paths here."""
        out = self.folder / f"config-{len(list(self.folder.glob('config-*')))}"
        config = ["webhook-config", "--server", f"https://127.0.0.1:{self.port}", "--cluster", cluster, *options, "--out", str(out)]
        done = subprocess.run([*PROGRAM, *config], check=True, capture_output=True, text=True)
        lines = [line.removeprefix("    - ") for line in done.stdout.split("# k3s")[0].splitlines() if line.startswith("    - --")]
        assert lines
        return [line.replace("/etc/kubernetes", str(out)) for line in lines]

    def by_token(self, token: str = "", cluster: str = "prod") -> list[str]:
        """Give the flags of an API server with a token."""
        (self.folder / "token").write_text(f"{token or self.token}\n")
        return self.flags("--token-file", str(self.folder / "token"), "--ca", str(self.folder / "ca.crt"), cluster=cluster)

    def by_certificate(self, name: str = "prod", cluster: str = "prod") -> list[str]:
        """Give the flags of an API server with a client certificate."""
        shown = ["--client-cert", str(self.folder / f"{name}.crt"), "--client-key", str(self.folder / f"{name}.key")]
        return self.flags(*shown, "--ca", str(self.folder / "ca.crt"), cluster=cluster)

    def renew(self) -> None:
        """Make another certificate for the receivers."""
        certify(self.folder, "localhost", "ca", "IP:127.0.0.1")

    def believe(self, token: str) -> None:
        """Change the token that `serve` knows."""
        (self.folder / "tokens").write_text(f"prod apiserver {token}\n")
        (self.folder / "tokens").chmod(0o600)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    with socket.create_server(("127.0.0.1", 0)) as free:
        made = Site(tmp_path, free.getsockname()[1])
    authority(tmp_path, "ca")
    certify(tmp_path, "prod", "ca", "DNS:prod.example.com")
    made.renew()
    made.believe(made.token)
    return made


@pytest.fixture
def start(program: Path, site: Site) -> Iterator[Start]:
    """Start API servers: a name and flags."""
    with contextlib.ExitStack() as ending:

        def started(name: str, *flags: str) -> ApiServer:
            server = ApiServer(program, site.folder / name, *flags)
            ending.callback(server.kill)
            return server

        yield started
