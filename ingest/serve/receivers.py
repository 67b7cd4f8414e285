"""Run the receivers: spool, application and web server as one part."""

import threading
import time
from collections.abc import Mapping
from typing import Any

import uvicorn

from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.errors import ReceiverError
from auditradar.ingest.listening import Address, open_socket, parse_address
from auditradar.ingest.serve.app import Limits, Reception, States, make_app
from auditradar.ingest.serve.intake import Intake
from auditradar.ingest.serve.listener import Certificates, check_protection, protection
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.part import PartState
from auditradar.ingest.serve.protocol import ReceiverProtocol
from auditradar.ingest.serve.senders import Senders, readable_by_others
from auditradar.ingest.settings import ServeSettings, Settings
from auditradar.ingest.spool import Spool

KEEP_ALIVE_SECONDS = 75  # shippers come back every few seconds; longer than the 60 s of load balancers before it
MOST_CONNECTIONS = 2000
RENEW_SECONDS = 30
NEARLY_FULL = 0.98
UNPACKED = 4
"""Times as long as a body may be that its records may be: Firehose packs them twice, 5 MiB of it hold about 100."""


class Receivers:
    """Receive over HTTP into the spool."""

    name = "receivers"

    def __init__(self, settings: Settings, spool: Spool, metrics: Metrics, states: States) -> None:
        self._settings, self._spool, self._metrics, self._states = settings, spool, metrics, states
        self._address = parse_address(settings.serve.listen)
        check_protection(settings.serve, self._address)
        self._senders = Senders(settings.serve.token_file, certificates=settings.serve.client_ca is not None)
        self._certificates = _certificates(settings.serve)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._intake: Intake | None = None
        self._socket = open_socket(self._address, "--listen")
        scheme = "https" if self._certificates else "http"
        self.url = f"{scheme}://{Address(self._address.host, self._socket.getsockname()[1])}"

    def start(self) -> None:
        """Receive; the port was taken when this was made, so that others can be told of it."""
        self._intake = Intake(self._spool)
        self._server = uvicorn.Server(self._config(self._intake))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="receivers", daemon=True)
        self._thread.start()
        self._wait_until_started()
        log.info("receivers listen", extra={"facts": {"url": self.url, "protection": protection(self._settings.serve, self._address)}})
        if self._settings.serve.token_file and readable_by_others(self._settings.serve.token_file):
            log.warning("the token file can be read by every user", extra={"facts": {"file": str(self._settings.serve.token_file)}})

    def stop(self, deadline_seconds: float) -> None:
        """Take no new connections, answer what was received, and write it to the spool."""
        ends = time.monotonic() + deadline_seconds
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(max(0.0, ends - time.monotonic()))
            self._server.force_exit = True
        if self._intake is not None:
            self._intake.stop(max(0.1, ends - time.monotonic()))
            self._intake = None

    def state(self) -> PartState:
        """Say whether bodies are taken."""
        used = f"{self._spool.waiting_bytes:,} of {self._spool.limit:,} bytes of the spool used"
        failure = self._intake.failure if self._intake is not None else "not receiving"
        if self._spool.waiting_bytes > NEARLY_FULL * self._spool.limit:
            failure = "the spool is full"
        return PartState(ok=not failure, words=f"{failure}; {used}" if failure else f"receiving at {self.url}; {used}")

    def _config(self, intake: Intake) -> uvicorn.Config:
        own = self._settings.serve
        parts = Reception(
            intake=intake,
            senders=self._senders,
            metrics=self._metrics,
            options=DecodeOptions(
                mask_exec=self._settings.mask_exec,
                max_record_bytes=self._settings.max_record_bytes,
                max_total_bytes=UNPACKED * own.body_bytes,
            ),
            limits=Limits(own.body_bytes, own.body_timeout.total_seconds(), own.in_flight_bytes),
            states=self._states,
        )
        tls: Mapping[str, Any] = {}
        if (certificates := self._certificates) is not None:
            tls = {"ssl_context_factory": lambda *_: certificates.context}
        return uvicorn.Config(
            make_app(parts),
            http=ReceiverProtocol,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            proxy_headers=False,  # what a header says about the sender is nobody's proof
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=max(1, int(own.stop_timeout.total_seconds() / 2)),
            callback_notify=self._certificates.renew if self._certificates else None,
            timeout_notify=RENEW_SECONDS,
            **tls,
        )

    def _wait_until_started(self) -> None:
        while self._server is not None and not self._server.started:
            if self._thread is None or not self._thread.is_alive():
                raise ReceiverError(f"cannot listen on {self._address}: the web server ended; its log says why")
            time.sleep(0.01)


def _certificates(own: ServeSettings) -> Certificates | None:
    if own.tls_cert is None or own.tls_key is None:
        return None
    # With tokens beside it a certificate is one way of two, and the sender chooses.
    return Certificates(own.tls_cert, own.tls_key, own.client_ca, optional=own.token_file is not None)
