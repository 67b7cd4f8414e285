"""Read the lines of programs that know who logged in, or who stood before a proxy: identity providers, IAM, access logs.

Each module reads one program: `read_line` a line of text, `read_object` a JSON object. Both give None for what is not its program's,
and decide nothing: what a line means is said in SQL.
"""

from auditradar.ingest.envelopes.canonical import TOO_DEEP
from auditradar.ingest.envelopes.pieces import Event, Excluded, Json, Rejected
from auditradar.ingest.envelopes.programs import dex, eks_authenticator, haproxy, keycloak, nginx

Found = Event | Rejected | Excluded

_LINE_READERS = (haproxy.read_line, nginx.read_line, eks_authenticator.read_line, dex.read_line, keycloak.read_line)
_OBJECT_READERS = (keycloak.read_object, dex.read_object, eks_authenticator.read_object)


def read_line(line: bytes, at: str) -> Found | None:
    """Give what a line of one of the programs says; `at` is the time its wrapping gives, for lines without a date."""
    text = line.decode("utf-8", "replace")
    return next((found for reader in _LINE_READERS if (found := reader(text, at)) is not None), None)


def read_object(record: Json, at: str) -> Found | None:
    """Give what a program said in JSON."""
    try:
        return next((found for reader in _OBJECT_READERS if (found := reader(record, at)) is not None), None)
    except TypeError:
        # orjson reads 1024 levels and writes 254.
        return Rejected(TOO_DEEP)
