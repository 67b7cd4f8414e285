"""The API server's webhook sends to `serve`, with the files that `auditradar webhook-config` writes."""

import contextlib
import itertools
import random
import signal
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from auditradar.bench.served import Served, served
from tests.clients.apiserver.conftest import Site, Start
from tests.clients.apiserver.program import compare

pytestmark = pytest.mark.clients

STAGES = {
    "list": ["ResponseComplete"],
    "secret": ["ResponseComplete"],
    "create": ["ResponseComplete"],
    "delete": ["ResponseComplete"],
    "watch": ["ResponseStarted", "ResponseComplete"],
    "forbidden": ["ResponseComplete"],
    "refused": ["ResponseStarted"],
    "refused-probe": ["ResponseStarted"],
    "panic": ["Panic"],
    "unicode": ["ResponseComplete"],
    "version": ["ResponseComplete"],
    "probe-of-a-person": ["ResponseComplete"],
    "probe-of-anonymous": ["ResponseComplete"],
    "probe-of-a-node": [],
    "pods-of-a-node": ["ResponseComplete"],
    "lease-of-a-node": [],
    "lease-of-the-scheduler": [],
    "deleted-lease-of-the-scheduler": ["ResponseComplete"],
    "lease-of-a-person": ["ResponseComplete"],
}
"""What the policy of `webhook-config` records of each request of requests.go."""
SOON = "--audit-webhook-initial-backoff=1s"


@pytest.mark.parametrize(("mode", "who"), [("batch", "token"), ("blocking", "certificate")])
def test_what_the_policy_records_arrives_as_it_was_made(start: Start, site: Site, mode: str, who: str) -> None:
    flags = site.by_token() if who == "token" else site.by_certificate()
    with served(*site.serving):
        server = start("server", *flags, f"--audit-webhook-mode={mode}")
        codes = server.order("requests")
        assert (codes["refused"], codes["forbidden"], codes["list"]) == (401, 403, 200)
        server.order(f"events {2000 if mode == 'batch' else 50} 0")
        assert "apiserver_audit_error_total webhook" not in server.end()
    recorded = {name: [stage for audit_id, stage, _ in server.made() if audit_id == name] for name in codes}
    assert recorded == STAGES
    assert {event["level"] for key, event in server.made().items() if key[0] in STAGES} == {"Metadata"}
    compare(site.dsn, server)


def test_a_process_that_is_killed_again_and_again_loses_nothing(start: Start, site: Site) -> None:
    dice = random.Random(5)  # noqa: S311 - a test that can be repeated
    server = start("server", *site.by_token(), SOON)
    server.begin("events 6000 400")
    for _ in range(5):
        process = Served(*site.serving)
        process.wait_until_serving()
        time.sleep(dice.uniform(0.1, 2))
        assert process.stop(signal.SIGKILL) == -signal.SIGKILL
    with served(*site.serving):
        server.answer()
        assert "apiserver_audit_error_total webhook" not in server.end(), server.log()
    compare(site.dsn, server)


def test_a_full_spool_sends_batches_back_and_takes_them_all_in_the_end(start: Start, site: Site) -> None:
    flags = ["--audit-webhook-batch-buffer-size=20000", SOON]
    with served(*site.serving, "--spool-bytes", str(1 << 20)) as process:
        server = start("server", *site.by_token(), *flags)
        server.order("events 8000 0")
        assert "apiserver_audit_error_total webhook" not in server.end(), server.log()
        assert "bodies are refused" in [entry["message"] for entry in process.log]
    compare(site.dsn, server)


def test_a_renewed_certificate_and_a_changed_token_disturb_nothing(start: Start, site: Site) -> None:
    with served(*site.serving) as process:
        server = start("server", *site.by_token(), SOON)
        server.begin("events 14000 400")
        site.renew()
        time.sleep(2)
        site.believe("another-token-0123456789")
        time.sleep(3)
        site.believe(site.token)
        server.answer()
        assert "certificate read again" in [entry["message"] for entry in process.log]
        late = start("late", *site.by_token(), SOON)  # a new connection, and with it the new certificate
        late.order("events 10 0")
        assert "apiserver_audit_error_total webhook" not in late.end()
        assert "apiserver_audit_error_total webhook" not in server.end(), server.log()
    compare(site.dsn, server, late)


def test_the_log_of_the_api_server_says_why_it_is_refused(start: Start, site: Site) -> None:
    quick = "--audit-webhook-initial-backoff=50ms"
    refused = {
        "this token is not known": site.by_token("0123456789012345678901"),
        "apiserver may not send for the cluster stage": site.by_token(cluster="stage"),
        "prod may not send for the cluster stage": site.by_certificate(cluster="stage"),
        "certificate signed by unknown authority": site.flags("--token", site.token),
    }
    with served(*site.serving):
        for number, (words, flags) in enumerate(refused.items()):
            server = start(f"server-{number}", *flags, quick)
            server.order("events 3 0")
            assert server.end()["apiserver_audit_error_total webhook"] == 3, "events are counted, not batches"
            assert words in server.log()
            assert len(server.lost()) == 3


@contextlib.contextmanager
def answering(statuses: list[tuple[int, int]]) -> Iterator[tuple[str, list[float]]]:
    """Answer each request as told (status, Retry-After), then 200; give the address, and the moments of requests."""
    moments: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, after = statuses[len(moments)] if len(moments) < len(statuses) else (200, 0)
            moments.append(time.monotonic())
            self.send_response(status)
            self.send_header("Content-Length", "0")
            if after:
                self.send_header("Retry-After", str(after))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", moments
        server.shutdown()
        thread.join()


def sent(start: Start, site: Site, url: str, backoff: str) -> dict[str, float]:
    """Send an event to an address; give the metrics."""
    flags = [flag.replace("config-0", "plain") for flag in site.flags()]
    (site.folder / "config-0").rename(site.folder / "plain")
    config = site.folder / "plain" / "audit-webhook.yaml"
    config.write_text(config.read_text().replace(f"https://127.0.0.1:{site.port}", url))
    server = start("server", *flags, f"--audit-webhook-initial-backoff={backoff}")
    server.order("events 1 0")
    return server.end()


@pytest.mark.parametrize("status", [400, 401, 408, 413, 429, 500, 503])
def test_every_answer_but_2xx_is_tried_five_times(start: Start, site: Site, status: int) -> None:
    with answering([(status, 0)] * 9) as (url, moments):
        assert sent(start, site, url, "50ms")["apiserver_audit_error_total webhook"] == 1
        assert len(moments) == 5


def test_retry_after_is_heeded_within_one_try(start: Start, site: Site) -> None:
    with answering([(503, 2), (503, 1)]) as (url, moments):
        assert "apiserver_audit_error_total webhook" not in sent(start, site, url, "1h")
        first, second = (after - before for before, after in itertools.pairwise(moments))
        assert (round(first), round(second)) == (2, 1)
