"""How an oauth-server answers: real lines have neither status nor reason where the login was refused (docs, measured records)."""

from dataclasses import dataclass

from auditradar.ingest.simulate.api import Answer
from auditradar.ingest.simulate.text import quoted


@dataclass(frozen=True, slots=True)
class LoginAnswer(Answer):
    """Answer a login: the code, and words only where a password was refused."""

    @property
    def status(self) -> str:
        """Write responseStatus without the Failure that API servers add."""
        words = f',"message":{quoted(self.message)}' if self.message else ""
        return f'{{"metadata":{{}}{words},"code":{self.code}}}'


@dataclass(frozen=True, slots=True)
class PathRefused(Answer):
    """Refuse a path to nobody in particular, as an API server does: with empty details."""

    @property
    def status(self) -> str:
        """Write responseStatus with its empty details."""
        return f'{{"metadata":{{}},"status":"Failure","message":{quoted(self.message)},"reason":"Forbidden","details":{{}},"code":403}}'


FOUND = LoginAnswer(302)
CHALLENGED = LoginAnswer(401, "unauthenticated")
BASIC_REFUSED = LoginAnswer(401, "unauthenticated", message="Authentication failed, attempted: basic")
PROBED = PathRefused(403, "forbidden", message='forbidden: User "system:anonymous" cannot head path "/"', decision="forbid")
