"""Say how the sections of the page about one identity look."""

from collections.abc import Mapping

from rich.text import Text

from auditradar.ingest.output import fields, values
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.layouts import BURSTS, SESSIONS
from auditradar.ingest.reading.result import Row


def _credential(row: Row) -> Text:
    shown = Text(values.visible(row["credential_id"]))
    ids = int(str(row["distinct_ids"]))
    return (
        shown
        if shown.plain
        else Text(f"{values.plural(ids, 'token id')}, one after the other" if ids else "the platform names no id", "dim")
    )


def _names(row: Row) -> Text:
    shown = values.listed(row["names"], 2)
    more = int(str(row["distinct_names"])) - 2
    return Text(shown.split(" +")[0] + (f" +{more}" if more > 0 else ""))


def _other(row: Row) -> Text:
    return Text(values.visible(row["relation"]), "magenta").append(f" {values.visible(row['other'])}", "default")


def _change(row: Row) -> Text:
    space = values.visible(row["namespace"])
    return Text(f"{row['verb']} {values.visible(row['what'])}{f' in {space}' if space else ''}")


def _remark(row: Row) -> Text:
    return Text(f"⚠ {row['remark']}" if row["remark"] else "", "bold red")


def _sensitive(row: Row) -> Text:
    shown = Text(values.visible(row["target"]))
    other = values.visible(row["impersonated_user"])
    return shown.append(f" as {other}", "magenta") if other else shown


CREDENTIALS = Layout(
    "credential",
    "credentials",
    (
        fields.text("kind", "credential_kind"),
        fields.made("id", _credential, least=24),
        fields.text("cluster", "cluster", drop=6, same=True),
        fields.moment("first (UTC)", "first_seen_at", drop=5),
        fields.moment("last (UTC)", "last_seen_at", drop=3),
        fields.number("requests", "requests", drop=4),
        fields.several("from", "addresses", 6, least=15),
        fields.made("", _remark, least=16),
    ),
)
TOKENS = Layout(
    "service account token",
    "service account tokens",
    (
        fields.text("token", "credential_id", least=20),
        fields.text("cluster", "cluster", drop=6, same=True),
        fields.text("of", "service_account", drop=5),
        fields.text("made by", "issued_by", drop=2),
        fields.moment("made (UTC)", "issued_at", drop=3),
        fields.moment("last used (UTC)", "last_used_at"),
        fields.address(),
        fields.several("programs", "clients", drop=4, least=10),
        fields.made("", _remark, least=16),
    ),
)
ADDRESSES = Layout(
    "address",
    "addresses",
    (
        fields.address(),
        fields.moment("first (UTC)", "first_seen_at", drop=4),
        fields.moment("last (UTC)", "last_seen_at"),
        fields.number("days", "days", drop=3),
        fields.number("requests", "requests"),
        fields.several("programs", "clients", drop=2, least=10),
        fields.number("failed attempts from there", "failed_attempts", alarm=True, drop=1),
    ),
)
CLIENTS = Layout(
    "program",
    "programs",
    (
        fields.text("program", "client"),
        fields.text("user agent", "user_agent", least=20),
        fields.moment("first (UTC)", "first_seen_at", drop=2),
        fields.moment("last (UTC)", "last_seen_at", drop=1),
        fields.number("requests", "requests"),
    ),
)
CHANGES = Layout(
    "change",
    "changes",
    (
        fields.moment("last (UTC)", "last_at"),
        fields.text("cluster", "cluster", drop=3, same=True),
        fields.made("what", _change, least=20),
        fields.made("names", _names, least=14, drop=4),
        fields.number("times", "requests"),
        fields.outcome(drop=1),
    ),
)
SENSITIVE = Layout(
    "sensitive request",
    "sensitive requests",
    (
        fields.moment("last (UTC)", "last_at"),
        fields.text("cluster", "cluster", drop=3, same=True),
        fields.text("kind", "kind", "bold", drop=2),
        fields.made("request", _sensitive, least=20),
        fields.number("times", "requests"),
        fields.several("from", "addresses", 3, drop=2, least=15),
        fields.outcome(drop=1),
    ),
)
REFUSED = Layout(
    "refusal",
    "refusals",
    (
        fields.moment("last (UTC)", "last_at"),
        fields.text("cluster", "cluster", drop=3, same=True),
        fields.text("request", "target", least=20),
        fields.number("times", "requests"),
        fields.several("from", "addresses", 3, drop=2),
        fields.text("answer", "reason", "dim", drop=5, least=24, cut=True),
    ),
)
ACTING = Layout(
    "other identity",
    "other identities",
    (
        fields.made("who", _other, least=20),
        fields.text("cluster", "cluster", drop=3, same=True),
        fields.moment("first (UTC)", "first_seen_at", drop=2),
        fields.moment("last (UTC)", "last_seen_at"),
        fields.number("requests", "requests"),
        fields.number("refused", "denied", alarm=True),
    ),
)
NAMES = Layout(
    "name",
    "names",
    (
        fields.actor("name", "user_name"),
        fields.text("kind", "actor_kind", drop=1),
        fields.moment("first (UTC)", "first_seen_at", drop=2),
        fields.moment("last (UTC)", "last_seen_at"),
        fields.number("requests", "requests"),
    ),
)
OWN_SESSIONS = Layout(SESSIONS.one, SESSIONS.many, tuple(field for field in SESSIONS.fields if field.header != "who"))
OWN_BURSTS = Layout(BURSTS.one, BURSTS.many, tuple(field for field in BURSTS.fields if field.header != "platform"))

SECTION_LAYOUTS: Mapping[str, Layout] = {
    "credentials": CREDENTIALS,
    "tokens": TOKENS,
    "addresses": ADDRESSES,
    "clients": CLIENTS,
    "sessions": OWN_SESSIONS,
    "sensitive": SENSITIVE,
    "changes": CHANGES,
    "refused": REFUSED,
    "acting": ACTING,
    "failures": OWN_BURSTS,
}
"""Sections in the order of the page; the working hours are drawn before the sessions."""
