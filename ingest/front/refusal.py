"""Say no as ClickHouse does: a code, a name, one line."""

import re
from dataclasses import dataclass

from auditradar.ingest.errors import AuditRadarError

# ClickHouse ErrorCodes.cpp
NAMES = {
    36: "BAD_ARGUMENTS",
    46: "UNKNOWN_FUNCTION",
    48: "NOT_IMPLEMENTED",
    62: "SYNTAX_ERROR",
    73: "UNKNOWN_FORMAT",
    81: "UNKNOWN_DATABASE",
    115: "UNKNOWN_SETTING",
    164: "READONLY",
    194: "REQUIRED_PASSWORD",
    202: "TOO_MANY_SIMULTANEOUS_QUERIES",
    209: "SOCKET_TIMEOUT",
    210: "NETWORK_ERROR",
    241: "MEMORY_LIMIT_EXCEEDED",
    373: "SESSION_IS_LOCKED",
    452: "SETTING_CONSTRAINT_VIOLATION",
    497: "ACCESS_DENIED",
    516: "AUTHENTICATION_FAILED",
    606: "SERVER_OVERLOADED",
}
# ClickHouse's own mapping, HTTPHandler's exceptionCodeToHTTPStatus; what is not here is 500.
STATUS = {
    **dict.fromkeys((194,), 401),
    **dict.fromkeys((192, 193, 497, 516), 403),
    **dict.fromkeys((6, 25, 26, 27, 36, 38, 41, 42, 43, 44, 53, 62, 63, 70, 72, 73, 131, 164, 452, 456, 457), 400),
    **dict.fromkeys((16, 46, 47, 50, 60, 81, 115), 404),
    **dict.fromkeys((202, 606), 503),
    48: 501,
    209: 408,  # 503 of a server, which would be tried again; here it is always the client that was too slow
}
_CODE = re.compile(r"Code: (\d+)\. ")
_REPEATED = re.compile(r"^(?:Code: \d+\. DB::\w+: )+")
_VERSION = re.compile(r"(?: \(version [^)]*\)\.?)")
_OUR_QUERY = re.compile(r": In scope SELECT (?:parseQueryToJSON|formatQuery\w*)\(.*\) AS \w+", re.DOTALL)
_ENDING = re.compile(r"( \([A-Z_0-9]+\))(?:\1)+$")
UNKNOWN = 1002  # UNKNOWN_EXCEPTION


@dataclass(eq=False)
class Refusal(AuditRadarError):  # noqa: N818 - it is an answer more than an error
    """Be one thing that is refused or failed; `message` is one line."""

    code: int
    message: str
    name: str = ""
    retry_after: int = 0

    @property
    def text(self) -> str:
        """Write it as ClickHouse does."""
        name = self.name or NAMES.get(self.code, "")
        message = " ".join(self.message.split())  # what a client wrote may stand in it
        return f"Code: {self.code}. DB::Exception: {message}{f' ({name})' if name else ''}"

    @property
    def status(self) -> int:
        """Give the HTTP status that ClickHouse would give."""
        return STATUS.get(self.code, 500)

    @property
    def refused(self) -> bool:
        """Whether it was not allowed, rather than failed."""
        return self.code in {48, 81, 115, 164, 194, 202, 452, 497, 516, 606}

    def __str__(self) -> str:
        """Be what is sent."""
        return self.text


def denied(what: str) -> Refusal:
    """Refuse what a reader may not do."""
    return Refusal(497, f"Not enough privileges: {what}")


def failed(error: Exception) -> Refusal:
    """Read what the engine says; in one line, its code once."""
    text = " ".join(str(error).split()).split(" Stack trace", 1)[0]
    text = text[text.find("Code: ") :] if "Code: " in text else text
    match = _CODE.search(text)
    message = _ENDING.sub(r"\1", _OUR_QUERY.sub("", _VERSION.sub("", _REPEATED.sub("", text))))
    name = re.search(r" \(([A-Z_0-9]+)\)$", message)
    plain = message[: name.start()] if name else message
    return Refusal(int(match[1]) if match else UNKNOWN, plain, name[1] if name else "")
