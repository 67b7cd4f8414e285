"""Wait for the engine in a way that Ctrl-C can end."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from auditradar.ingest.interrupts import check

Answer = TypeVar("Answer")


def waited_for(call: Callable[[], Answer]) -> Answer:
    """Run a call on a thread of its own and wait for it.

    The embedded engine computes inside one C call, in which the main thread would hear no signal until the answer is there. A call
    that is given up goes on until the process ends.
    """
    check()
    future: Future[Answer] = Future()
    threading.Thread(target=_run, args=(call, future), daemon=True, name="query").start()
    return future.result()


def _run(call: Callable[[], Answer], future: Future[Answer]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001  # it is raised again where the answer is waited for
        future.set_exception(error)
