"""Gather the page about one identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditradar.ingest.errors import QueryError
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Page, Row

SECTIONS: Mapping[str, bool] = {
    "credentials": False,
    "tokens": True,
    "addresses": False,
    "clients": False,
    "sessions": True,
    "changes": True,
    "sensitive": True,
    "refused": True,
    "acting": False,
    "hours": False,
    "failures": True,
}
"""Sections of the page, in order, and whether each may be cut by a limit."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Be the page about one identity: what it is, and its sections by name."""

    identity: Row
    sections: Mapping[str, Page]

    @property
    def record(self) -> dict[str, object]:
        """Give the whole page as one object."""
        return {**self.identity, **{name: page.records for name, page in self.sections.items()}}


def names_like(reader: Reader, name: str, period: Period, cluster: str, limit: int) -> Page:
    """List the identities that a name or pattern means; QueryError suggests similar ones when there is none."""
    parameters = {"pattern": glob_pattern([name]), "cluster": cluster, "limit": limit, **period.parameters}
    page = reader.page("who/names", parameters)
    if not page.rows:
        raise QueryError(f"cannot find {name!r}: no such user in {_where(period, cluster)}; {_hint(reader, name)}")
    return page


def profile(reader: Reader, name: str, period: Period, cluster: str, limit: int) -> Profile:
    """Gather all sections about an identity that exists."""
    parameters = {"name": name, "cluster": cluster, **period.parameters}
    identity = reader.records("who/identity", parameters)[0]
    sections = {
        section: reader.page(f"who/{section}", {**parameters, **({"limit": limit} if cut else {})}) for section, cut in SECTIONS.items()
    }
    return Profile(identity, sections)


def _where(period: Period, cluster: str) -> str:
    return f"{period.words}{', in the clusters asked for' if cluster else ''}"


def _hint(reader: Reader, name: str) -> str:
    similar: Sequence[str] = [str(row["user_name"]) for row in reader.records("who/similar", {"name": name.strip("*"), "limit": 5})]
    return f"did you mean {', '.join(map(repr, similar))}?" if similar else "see who there is with: auditradar sessions"
