"""Write what happens in the process to standard error: a line of JSON each, or for people when it is a terminal."""

import logging
import sys
from datetime import UTC, datetime

import orjson

log = logging.getLogger("auditradar.serve")
"""The log of all parts; facts go beside the words: `log.info("words", extra={"facts": {…}})`. Never secrets."""


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write one object."""
        entry = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = " ".join(f"{type(record.exc_info[1]).__name__}: {record.exc_info[1]}".split())
        return orjson.dumps(entry, default=str).decode()


class _Words(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write one line for people."""
        facts = " ".join(f"{name}={value}" for name, value in getattr(record, "facts", {}).items())
        return f"{_moment(record)} {record.levelname.lower():<7} {record.getMessage()}{'  ' + facts if facts else ''}"


def begin_log() -> None:
    """Send the log of this process to standard error; the web server's own lines join it, those about single requests do not."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Words() if sys.stderr.isatty() else _JsonLines())
    for name, level in (("auditradar", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
