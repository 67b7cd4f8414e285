"""Check a statement that somebody typed, before the engine runs it read-only."""

import contextlib
import re
from collections.abc import Iterator

from auditradar.ingest.errors import QueryError
from auditradar.ingest.reading.reader import Reader

_QUOTED = re.compile(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|\"(?:[^\"\\]|\\.)*\"")
_OUTFILE = re.compile(r"\bINTO\s+OUTFILE\b", re.IGNORECASE)
_FORMAT = re.compile(r"\bFORMAT\s+\w+\s*(?:SETTINGS\b.*)?$", re.IGNORECASE | re.DOTALL)


def check_statement(reader: Reader, text: str) -> str:
    """Give the one statement that a text holds; QueryError for none, for several, and for one that would write a file.

    readonly does not keep the embedded engine from SELECT … INTO OUTFILE.
    """
    statement = text.strip().removesuffix(";").strip()
    if not statement:
        raise QueryError("cannot run the query: it is empty; give it as an argument, with -f FILE or on standard input")
    bare = _QUOTED.sub("''", _written(reader, statement))
    if _OUTFILE.search(bare):
        raise QueryError("cannot run the query: INTO OUTFILE writes a file; use --format and redirect the output")
    if _FORMAT.search(bare) and not bare.startswith("INSERT"):
        raise QueryError("cannot run the query: it names a FORMAT; use --format instead")
    return statement


def _written(reader: Reader, statement: str) -> str:
    """Let the engine write the statement in its own way: without comments, in one line."""
    try:
        return str(reader.records("reading/statement", {"text": statement})[0]["statement"])
    except QueryError as cause:
        if "Multi-statements" in str(cause):
            raise QueryError("cannot run the query: it holds more than one statement; run them one by one") from None
        raise QueryError(f"cannot run the query: {_syntax(str(cause))}") from None


@contextlib.contextmanager
def said_shortly(what: str = "run the query") -> Iterator[None]:
    """Say what the engine refuses about a statement without its code and its list of what could have been written."""
    try:
        yield
    except QueryError as cause:
        words = "this command only reads" if "(READONLY)" in str(cause) else _syntax(str(cause))
        raise QueryError(f"cannot {what}: {words}") from None


def _syntax(message: str) -> str:
    """Keep the part of an error that speaks about the statement, not about the function that checked it."""
    return re.sub(r"^Code: \d+\. (?:default: )?|: In scope SELECT formatQuery.*$|\. Expected one of: .*$| \([A-Z_]+\)$", "", message)
