"""What `webhook-config` prints can be used by an API server."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from auditradar.ingest.cli import cli
from auditradar.ingest.serve.webhook_config import KUBECONFIG_NAME, POLICY_NAME

SERVER = ("--server", "https://auditradar.example.com:8080/", "--cluster", "prod")


def test_the_files_hold_what_the_api_server_reads(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef\n")
    options = ["--token-file", str(tmp_path / "token"), "--ca", "/etc/kubernetes/pki/auditradar.crt", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER, *options])
    assert done.exit_code == 0, done.output
    config = yaml.safe_load((tmp_path / "out" / KUBECONFIG_NAME).read_text())
    assert config["clusters"][0]["cluster"] == {
        "server": "https://auditradar.example.com:8080/v1/audit/prod",
        "certificate-authority": "/etc/kubernetes/pki/auditradar.crt",
    }
    assert config["users"][0]["user"] == {"token": "0123456789abcdef"}
    context = next(one for one in config["contexts"] if one["name"] == config["current-context"])["context"]
    assert {context["cluster"], context["user"]} == {config["clusters"][0]["name"], config["users"][0]["name"]}
    assert (tmp_path / "out" / KUBECONFIG_NAME).stat().st_mode & 0o077 == 0
    policy = yaml.safe_load((tmp_path / "out" / POLICY_NAME).read_text())
    assert (policy["apiVersion"], policy["kind"], policy["omitStages"]) == ("audit.k8s.io/v1", "Policy", ["RequestReceived"])
    assert policy["rules"][-1] == {"level": "Metadata"}, "whatever no rule names is recorded"
    assert {rule["level"] for rule in policy["rules"]} == {"None", "Metadata"}, "no body is ever recorded"
    assert all("users" in rule or "userGroups" in rule for rule in policy["rules"][:-1]), "an unknown caller is always recorded"
    assert "--audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml" in done.stdout
    assert "0123456789abcdef" not in done.stdout


def test_everything_is_printed_as_yaml_documents() -> None:
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER, "--client-cert", "/a.crt", "--client-key", "/a.key"])
    documents = list(yaml.safe_load_all(done.stdout.split("# kubeadm")[0]))
    assert [document["kind"] for document in documents if document] == ["Config", "Policy"]
    forwarder = yaml.safe_load(done.stdout[done.stdout.index("apiVersion: observability") :])
    assert forwarder["spec"]["outputs"][0]["http"]["url"].endswith("/v1/audit/prod?platform=openshift")


@pytest.mark.parametrize("token", ["0123456789012345678901", "12345678901234567e10", "1_000_000_000_000_000", "0o17171717171717171"])
def test_a_token_is_text_for_every_reader_of_yaml(token: str) -> None:
    """An API server reads YAML 1.2 mixed with 1.1: with a number for a token it does not start."""
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER, "--token", token])
    assert f"    token: '{token}'\n" in done.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--server", "http://a.example.com", "--token", "0123456789abcdef"), "shows its token or certificate over TLS only"),
        (
            ("--server", "http://a.example.com", "--client-cert", "/a.crt", "--client-key", "/a.key"),
            "shows its token or certificate over TLS",
        ),
        (("--token", "prod apiserver 0123456789abcdef"), "not the file of tokens that"),
        (("--token", "sha256:" + 64 * "a"), "not the file of tokens that"),
        (("--cluster", "prod west"), "its label has up to 128 letters"),
        (("--token-file", "/dev/null"), "the file is empty"),
    ],
)
def test_what_no_api_server_could_use_is_refused(options: tuple[str, ...], words: str) -> None:
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER, *options])
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert "0123456789abcdef" not in done.stderr


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("auditradar:8080", "write it like https://"),
        ("https://a.example.com:99999", "write it like https://"),
        ("https://[::1", "write it like https://"),
        ("https://user:secret-word@a.example.com", "a name or password in it reaches nobody"),
        ("https://a.example.com/v1/audit/x", "the path is added here"),
    ],
)
def test_a_server_that_cannot_be_meant_is_refused(server: str, words: str) -> None:
    done = CliRunner().invoke(cli, ["webhook-config", "--server", server, "--cluster", "prod"])
    assert done.exit_code == 1
    assert words in done.stderr
    assert "secret-word" not in done.stderr


@pytest.mark.parametrize("cluster", ["a b", "prod/eu", "", "x" * 200])
def test_a_cluster_that_the_receivers_would_refuse_is_refused(cluster: str) -> None:
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER[:2], "--cluster", cluster])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "its label has up to 128 letters" in done.stderr


@pytest.mark.parametrize("content", [b"prod apiserver sha256:0123456789abcdef\n", b"one\ntwo\n", b"\xff\xfe0123456789abcdef"])
def test_a_file_that_holds_more_than_a_token_is_refused_and_not_repeated(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tokens").write_bytes(content)
    done = CliRunner().invoke(cli, ["webhook-config", *SERVER, "--token-file", str(tmp_path / "tokens")])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(("auditradar: cannot use the token: it is no single word", "auditradar: cannot read the token"))
    assert "0123456789abcdef" not in done.stderr
