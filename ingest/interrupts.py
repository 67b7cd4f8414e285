"""Remember that somebody pressed Ctrl-C.

Python raises KeyboardInterrupt wherever the main thread happens to be, and where that is a destructor or a callback the exception is
dropped, or wrapped into another one: while modules are loaded and the embedded engine opens that is likely enough to be met.
"""

import signal
import threading
from types import FrameType

_asked = threading.Event()


def listen() -> None:
    """Take Ctrl-C from now on; for the main thread, by commands that have no handler of their own."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _take)


def was_asked() -> bool:
    """Tell whether Ctrl-C was pressed."""
    return _asked.is_set()


def check() -> None:
    """Raise KeyboardInterrupt if one was dropped; for the places where a command would wait long."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _take(_: int, __: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
