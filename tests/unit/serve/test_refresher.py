"""The refresher says what is wrong and goes on, whatever it is."""

import time
from typing import Any

import pytest

from auditradar.ingest.serve import refresher as module
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.refresher import Refresher
from auditradar.ingest.settings import Settings


def test_an_error_that_nobody_thought_of_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "Engine", out_of_memory)
    metrics = Metrics()
    part = Refresher(Settings.model_validate({"dsn": "chdb:///unused", "serve": {"refresh": "1s"}}), metrics)
    part.start()
    while part.state().ok:
        time.sleep(0.01)
    assert part.state().words.startswith("MemoryError")
    while b'auditradar_failures_total{part="refresher"} 2.0' not in metrics.page():
        time.sleep(0.05)
    part.stop(5)
