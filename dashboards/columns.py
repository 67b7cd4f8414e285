"""How a column looks in every table: its heading, unit, width, colours and where a click on it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from auditradar.dashboards import mappings
from auditradar.dashboards.links import field, to_event, to_person, to_requests
from auditradar.dashboards.mappings import Colors, override

EMPTY = "-"
"""What an empty cell shows."""
TIME_WIDTH = 165
"""Pixels that `2026-01-05 09:30:00` needs in a table cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """Be the look of a column; `paint` says whether its colours fill the cell or only the text."""

    heading: str
    width: int = 0
    unit: str = ""
    colors: Colors | None = None
    paint: str = "color-text"
    links: tuple[dict[str, Any], ...] = ()
    decimals: int | None = None
    cell: str = ""

    def properties(self) -> dict[str, Any]:
        """Give what an override sets; an empty cell shows a dash, whatever the panel says when it is empty."""
        given: dict[str, Any] = {"displayName": self.heading, "noValue": EMPTY}
        given |= {"unit": self.unit} if self.unit else {}
        given |= {"decimals": self.decimals} if self.decimals is not None else {}
        given |= {"custom__width": self.width} if self.width else {}
        given |= {"mappings": mappings.value_mappings(self.colors)} if self.colors else {}
        given |= {"links": list(self.links)} if self.links else {}
        look = self.cell or (self.paint if self.colors else "")
        return given | ({"custom__cellOptions": {"type": look} | ({"mode": "basic"} if look == "color-background" else {})} if look else {})


def _when(heading: str) -> Column:
    return Column(heading, TIME_WIDTH, "dateTimeAsIso")


def _number(heading: str, unit: str = "short", width: int = 100, links: tuple[dict[str, Any], ...] = ()) -> Column:
    return Column(heading, width, unit, links=links, decimals=0 if unit == "short" else None)


def _person(heading: str, column: str) -> Column:
    return Column(heading, 190, links=(to_person(column), to_requests(actor=field(column))))


def _proof(heading: str, column: str) -> Column:
    return Column(heading, 130, links=(to_event(column),))


def _coloured(heading: str, colors: Colors, width: int = 130) -> Column:
    return Column(heading, width, colors=colors)


COLUMNS: dict[str, Column] = {
    "at": _when("When"),
    "login_at": _when("Logged in"),
    "started_at": _when("Started"),
    "ended_at": _when("Ended"),
    "first_at": _when("First"),
    "last_at": _when("Last"),
    "last_seen_at": _when("Last seen"),
    "first_seen_at": _when("First seen"),
    "loaded_at": _when("Loaded"),
    "stage_at": _when("Reached"),
    "requested_at": _when("Requested"),
    "last_event_at": _when("Newest event"),
    "hole_from": _when("From"),
    "hole_until": _when("Until"),
    "cluster": Column("Cluster", 120),
    "platform": Column("Platform", 110, colors=mappings.PLATFORM, paint="color-background"),
    "component": Column("API server", 150),
    "actor": _person("Who", "actor"),
    "effective_user": _person("Authorized as", "effective_user"),
    "acting_as": Column("Acting as", 150),
    "impersonated_user": _person("Acted as", "impersonated_user"),
    "other": _person("Whom", "other"),
    "actor_kind": _coloured("Kind", mappings.ACTOR_KIND, 125),
    "client_ip": Column("Address", 140, links=(to_requests("Requests from this address", client_ip=field("client_ip")),)),
    "client_ip_evidence": Column("Address by", 110),
    "addresses": Column("Addresses", 200),
    "client": Column("Program", 130, links=(to_requests("Requests of this program", client=field("client")),)),
    "clients": Column("Programs", 160),
    "user_agent": Column("User agent"),
    "method": Column("Method", 110),
    "credential_kind": Column("Credential", 170),
    "credential_id": Column("Credential id", 260),
    "evidence": _coloured("Evidence", mappings.EVIDENCE, 115),
    "confidence": Column("Known how", 105, colors=mappings.CONFIDENCE, paint="color-background"),
    "end_known": Column("End known how", 125, colors=mappings.CONFIDENCE, paint="color-background"),
    "ended_by": _person("Ended by", "ended_by"),
    "provider": Column("Provider", 110),
    "client_name": Column("OAuth client", 200),
    "end_reason": _coloured("End", mappings.END, 90),
    "duration_seconds": Column("Duration", 105, "s"),
    "requests": _number("Requests"),
    "writes": _number("Changes", width=90),
    "denied": _number("Refused", width=90),
    "verb": Column("Verb", 90),
    "target": Column("What"),
    "what": Column("What", 200),
    "resource": Column("Resource", 190, links=(to_requests("Requests for this resource", resource=field("resource")),)),
    "namespace": Column("Namespace", 140, links=(to_requests("Requests in this namespace", namespace=field("namespace")),)),
    "name": Column("Object", 200),
    "names": Column("Objects", 240),
    "outcome": _coloured("Outcome", mappings.OUTCOME, 120),
    "code": Column("Code", 70),
    "class": _coloured("Class", mappings.CLASS, 170),
    "origin": Column("Looks like", 105, colors=mappings.ORIGIN, paint="color-background"),
    "attempts": _number("Attempts"),
    "distinct_targets": _number("Targets", width=90),
    "targets": Column("Wanted"),
    "reason": Column("Answer", 260),
    "reasons": Column("Answers"),
    "service_account": _person("Token of", "service_account"),
    "issued_by": _person("Made for", "issued_by"),
    "issuer_kind": _coloured("Kind", mappings.ACTOR_KIND, 125),
    "issued_at": _when("Made"),
    "issued_from": Column("Made from", 140),
    "first_used_at": _when("First used"),
    "last_used_at": _when("Last used"),
    "minutes_used": _number("Minutes used", width=120),
    "tokens": _number("Tokens", width=90),
    "tokens_used": _number("Used", width=80),
    "topic": Column("About", 110),
    "blind_spot": Column("What cannot be known", 330),
    "why": Column("Why"),
    "since": _when("Since"),
    "remedy": Column("What would help", 360),
    "reader": Column("Reader", 130),
    "on_behalf_of": Column("For whom", 130),
    "people_behind": Column("For whom", 200),
    "statement": Column("Statement"),
    "statements": _number("Statements", width=105),
    "refused": _number("Refused", width=90),
    "rows": _number("Rows", width=100),
    "metric": Column("Counter"),
    "labels": Column("Labels", 190),
    "kind": _coloured("Kind", mappings.SENSITIVE, 170),
    "signal": Column("Signal", 190),
    "story": Column("What happened"),
    "remark": _coloured("Remark", mappings.REMARK, 150),
    "days": _number("Days", width=80),
    "hours": _number("Hours", width=80),
    "bytes": _number("Bytes", "bytes", 110),
    "average_bytes": _number("Bytes an event", "bytes", 120),
    "share": Column("Share of bytes", 150, "percentunit", cell="gauge"),
    "events": _number("Events"),
    "source": Column("Source"),
    "batches": _number("Batches", width=90),
    "records": _number("Records"),
    "rejected": _number("Rejected", width=95),
    "redacted": _number("Redacted", width=95),
    "duplicates": _number("Duplicates", width=105),
    "age_seconds": Column("Age", 105, "s"),
    "lifetime_seconds": Column("Lifetime seen", 120, "s"),
    "audit_id": _proof("Proof", "audit_id"),
    "stage": Column("Stage", 150),
    "level": Column("Level", 130),
    "field": Column("Field", 220),
    "value": Column("Value"),
    "people": _number("People", width=90),
    "logins": _number("Logins", width=90),
    "sessions": _number("Sessions", width=95),
    "sensitive": _number("Sensitive", width=100),
    "named": _number("Named secrets", width=125),
    "lists": _number("Lists", width=80),
    "addresses_count": _number("Addresses", width=100),
    "classes": Column("Classes", 190),
    "names_tried": Column("Names tried", 150),
    "groups": Column("Groups"),
    "clusters": Column("Clusters", 150),
    "namespaces": Column("Namespaces", 180),
    "credential_kinds": Column("Credentials", 180),
    "request_uri": Column("Request", 320),
    "relation": Column("Relation", 150),
    "asked": Column("Asked for", 240),
    "role": Column("Role", 170),
    "given_to": Column("Given to", 240),
    "other_ip": Column("And at", 140),
    "example": Column("Latest example"),
}

WITNESS = {"evidence": _coloured("Known from", mappings.WITNESS, 120)}
"""How `evidence` looks where it says which log tells of a failed attempt."""


def overrides(names: Sequence[str], extra: dict[str, Column] | None = None) -> list[dict[str, Any]]:
    """Give the overrides of a table with these columns; a column without an entry is an error, so that none is forgotten."""
    known = COLUMNS | (extra or {})
    return [override(name, **known[name].properties()) for name in names]
