"""Say how each listing looks to people: which columns, in which order, and what gives way on a narrow terminal."""

from rich.text import Text

from auditradar.ingest.output import fields, values
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.reading.result import Row

END_STYLES = {"open": "bold green", "idle": "dim", "logout": "", "revoked": "bold red", "expired": "yellow"}


def _ended(row: Row) -> Text:
    reason, by = str(row["end_reason"]), values.visible(row["ended_by"])
    shown = Text(reason, END_STYLES.get(reason, ""))
    return shown.append(f" by {by}", "default") if reason == "revoked" and by else shown


def _acting(row: Row) -> Text:
    names = values.listed(row["acting_as"], 2)
    return Text(f"as {names}" if names else "", "magenta")


def _credential(row: Row) -> Text:
    shown = Text(str(row["credential_kind"]))
    identity = values.visible(row["credential_id"])
    return shown.append(f" {identity}", "dim") if identity else shown


def _target(row: Row) -> Text:
    shown = Text(values.visible(row["target"]))
    other = str(row["effective_user"])
    return shown.append(f" as {values.visible(other)}", "magenta") if other not in ("", str(row["actor"])) else shown


def _tried(row: Row) -> Text:
    more = int(str(row["distinct_targets"])) - len(targets) if isinstance(targets := row["targets"], list) else 0
    shown = values.listed(targets, 2)
    hidden = more + max(0, len(targets) - 2) if isinstance(targets, list) else 0
    return Text(shown.split(" +")[0] + (f" and {hidden} more" if hidden else ""))


def _lasted(row: Row) -> Text:
    return Text(values.duration(values.seconds_between(row["started_at"], row["ended_at"])))


def _place(row: Row) -> Text:
    return Text(f"{values.visible(row['source'])}:{row['position']}")


LOGINS = Layout(
    "login",
    "logins",
    (
        fields.moment("login (UTC)", "login_at"),
        fields.cluster(),
        fields.platform(),
        fields.actor(),
        fields.text("how", "method", drop=3),
        fields.text("provider", "provider", drop=9, least=8),
        fields.text("OAuth client", "client_name", "dim", drop=10, least=12, cut=True),
        fields.address(),
        fields.made("credential", _credential, drop=7, least=30, cut=True),
        fields.text("user agent", "user_agent", "dim", drop=8, least=20, cut=True),
        fields.evidence(),
    ),
)
LOGOUTS = Layout(
    "logout",
    "logouts",
    (
        fields.moment("logout (UTC)", "logout_at"),
        fields.cluster(),
        fields.platform(),
        fields.actor(),
        fields.text("kind", "kind"),
        fields.text("by", "by", drop=4, least=12),
        fields.text("evidence", "evidence", "dim", drop=5),
        fields.text("session", "session_id", "dim", drop=7),
    ),
)
SESSIONS = Layout(
    "session",
    "sessions",
    (
        fields.moment("started (UTC)", "started_at"),
        fields.moment("last seen (UTC)", "last_seen_at", drop=7),
        fields.duration("for", "duration_seconds"),
        fields.cluster(),
        fields.platform(),
        fields.actor(),
        fields.text("how", "method", drop=3),
        fields.address(drop=1),
        fields.number("requests", "requests", drop=4),
        fields.number("changes", "writes", drop=5),
        fields.number("refused", "denied", alarm=True, drop=5),
        fields.made("acting as", _acting, drop=8, least=12),
        fields.made("ended", _ended),
        fields.evidence(drop=6),
    ),
)
FAILURES = Layout(
    "failed attempt",
    "failed attempts",
    (
        fields.moment("attempt (UTC)", "attempted_at"),
        fields.cluster(),
        fields.platform(),
        fields.address(),
        fields.text("program", "client", least=12, drop=4),
        fields.text("class", "class", drop=2),
        fields.actor("name tried", drop=5),
        fields.text("target", "target", least=16),
        fields.text("answer", "reason", "dim", drop=7, least=20, cut=True),
    ),
)
BURSTS = Layout(
    "burst",
    "bursts",
    (
        fields.moment("began (UTC)", "started_at"),
        fields.made("lasted", _lasted, right=True, drop=4),
        fields.cluster(),
        fields.platform(),
        fields.made("name", lambda row: Text(values.listed(row["names_tried"], 2)), drop=2),
        fields.text("from", "client_ip"),
        fields.text("program", "client", least=12, drop=5),
        fields.text("class", "class", drop=3),
        fields.number("attempts", "attempts", alarm=True),
        fields.number("targets", "distinct_targets", drop=5),
        fields.made("such as", _tried, drop=7, least=20),
    ),
)
DENIED = Layout(
    "refused request",
    "refused requests",
    (
        fields.moment("refused (UTC)", "denied_at"),
        fields.cluster(),
        fields.platform(),
        fields.actor(),
        fields.made("target", _target, least=20),
        fields.address(drop=1),
        fields.text("program", "client", drop=4),
        fields.text("answer", "reason", "dim", drop=7, least=30, cut=True),
    ),
)
REQUESTS = Layout(
    "request",
    "requests",
    (
        fields.moment("received (UTC)", "requested_at"),
        fields.cluster(),
        fields.platform(),
        fields.actor(),
        fields.made("request", _target, least=20),
        fields.outcome(),
        fields.number("code", "code", drop=7),
        fields.address(drop=1),
        fields.text("program", "client", drop=4),
        fields.text("audit id", "audit_id", "dim", drop=8),
    ),
)
STAGES = Layout(
    "stage",
    "stages",
    (
        fields.moment("received (UTC)", "requested_at"),
        fields.moment("stage (UTC)", "stage_at", drop=3),
        fields.text("stage", "stage"),
        *REQUESTS.fields[1:],
    ),
)
REJECTED = Layout(
    "rejected record",
    "rejected records",
    (
        fields.moment("delivered (UTC)", "received_at", drop=3),
        fields.text("cluster", "cluster", drop=2, same=True),
        fields.made("source:position", _place, least=20),
        fields.text("why", "reason", least=20),
        fields.text("record", "raw", "dim", drop=5, least=20, cut=True),
    ),
)
HOLES = Layout(
    "hole",
    "holes",
    (
        fields.text("cluster", "cluster", same=True),
        fields.text("API server", "component"),
        fields.hour("nothing known from (UTC)", "hole_from"),
        fields.hour("until (UTC)", "hole_until"),
        fields.number("hours", "hours", alarm=True),
    ),
)
TOTALS = Layout(
    "API server",
    "API servers",
    (
        fields.cluster(drop=0, same=False),
        fields.platform(same=False),
        fields.text("API server", "component", least=10),
        fields.hour("from (UTC)", "from_hour"),
        fields.hour("until (UTC)", "until_hour"),
        fields.number("hours", "hours", drop=3),
        fields.number("empty hours", "hours_without_events", alarm=True),
        fields.number("events", "events"),
        fields.number("silent minutes", "silent_minutes", drop=7),
        fields.duration("median lag", "median_lag_seconds", drop=8),
        fields.number("rejected", "rejected", alarm=True, drop=4),
        fields.number("excluded", "excluded", drop=9),
    ),
)
HOURS = Layout(
    "hour",
    "hours",
    (
        fields.hour("hour (UTC)", "hour"),
        fields.text("cluster", "cluster", same=True),
        fields.text("API server", "component", same=True),
        fields.number("events", "events"),
        fields.number("silent minutes", "silent_minutes"),
        fields.made("", lambda row: Text("nothing known" if row["gap"] else "", "bold red")),
        fields.duration("median lag", "lag_seconds", drop=5),
        fields.number("rejected", "rejected", alarm=True, drop=4),
        fields.number("excluded", "excluded", drop=6),
    ),
)
CLUSTERS = Layout(
    "cluster",
    "clusters",
    (
        fields.cluster(drop=0, same=False),
        fields.platform(drop=5, same=False),
        fields.moment("first event (UTC)", "first_event_at", drop=4),
        fields.moment("last event (UTC)", "last_event_at"),
        fields.number("events", "events"),
        fields.number("requests", "requests", drop=6),
        fields.number("sessions", "sessions", drop=2),
        fields.number("open", "open_sessions", drop=7),
        fields.number("failed attempts", "failed_attempts", alarm=True, drop=3),
        fields.number("rejected", "rejected", alarm=True, drop=1),
    ),
)
ODD = Layout(
    "oddity",
    "oddities",
    (
        fields.moment("when (UTC)", "at"),
        fields.cluster(),
        fields.text("what", "what", "bold", least=14),
        fields.text("story", "story", least=34),
    ),
)
