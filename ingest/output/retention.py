"""Show what is kept, what goes when, and what is held."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from auditradar.ingest.engine import Engine
from auditradar.ingest.output import fields, values
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.listing import Answer, data_output, writer_of
from auditradar.ingest.output.table import draw
from auditradar.ingest.reading.reader import ALL, Reader
from auditradar.ingest.reading.result import Row, Stream
from auditradar.ingest.retention.policy import Change
from auditradar.sql import query


def _days(row: Row) -> Text:
    days = int(str(row["keep_days"]))
    return Text(f"{days} days" if days else "for ever")


def _goes(row: Row) -> Text:
    return Text("now", "bold red") if row["due"] else Text(str(row["expires_on"]))


def _stands(row: Row) -> Text:
    return Text("held", "bold green") if row["active"] else Text(f"released by {values.visible(row['released_by'])}", "dim")


STATE = Layout(
    "table",
    "tables",
    (
        fields.text("class", "class"),
        fields.text("table", "table", "bold"),
        fields.cluster(drop=0, same=False),
        fields.number("rows", "rows"),
        fields.number("bytes", "bytes", drop=2),
        fields.moment("oldest (UTC)", "oldest_at"),
        fields.made("kept", _days),
        fields.number("held", "held", drop=1),
        fields.number("past due", "past_due", alarm=True),
    ),
)
PLAN = Layout(
    "month",
    "months",
    (
        fields.made("goes on", _goes),
        fields.text("class", "class"),
        fields.text("table", "table", "bold"),
        fields.cluster(drop=0, same=False),
        fields.text("month", "month"),
        fields.number("rows", "rows"),
        fields.number("bytes", "bytes", drop=2),
        fields.number("held", "held", drop=1),
    ),
)
HOLDS = Layout(
    "hold",
    "holds",
    (
        fields.text("hold", "hold_id", "bold"),
        fields.made("state", _stands),
        fields.text("incident", "incident", drop=2),
        fields.text("who", "actor", least=10),
        fields.text("cluster", "cluster"),
        fields.moment("since (UTC)", "since"),
        fields.moment("until (UTC)", "until"),
        fields.number("events", "rows"),
        fields.text("by", "added_by", drop=1),
        fields.text("why", "why", least=16),
    ),
)


def say_changes(changes: Sequence[Change]) -> None:
    """Say what of the policy changes."""
    for change in changes:
        say(f"{change.words}{' (shorter)' if change.shorter else ''}")
    if not changes:
        say("The policy of the configuration is in force.")


def show_plan(reader: Reader, policy: Mapping[tuple[str, str], int], answer: Answer) -> None:
    """Print what goes when under a policy."""
    rules = [(name, cluster, days) for (name, cluster), days in policy.items()]
    rows = reader.records("retention/plan", {"policy": rules})
    _show(PLAN, rows, answer)
    now = [row for row in rows if row["due"]]
    size = sum(int(str(row["bytes"])) for row in now)
    count = sum(int(str(row["rows"])) for row in now)
    say(f"{values.plural(count, 'row')} ({size:,} bytes) are due now; auditradar retention apply removes them.")


def show_state(reader: Reader, answer: Answer) -> int:
    """Print what is kept; give the number of rows that are past due."""
    rows = reader.records("retention/state", {})
    _show(STATE, rows, answer)
    return sum(int(str(row["past_due"])) for row in rows)


def show_holds(reader: Reader, answer: Answer) -> None:
    """Print all holds."""
    rows = reader.records("retention/hold_list", {})
    _show(HOLDS, rows, answer)
    say(f"{values.plural(len(rows), 'hold')}, {sum(bool(row['active']) for row in rows)} standing.")


def say_applied(engine: Engine) -> None:
    """Say what is left that should have gone."""
    late = sum(int(rows) for _, rows in engine.rows(query("retention/past_due").text))
    say("The policy is in force; nothing is past due." if not late else f"The policy is in force; {late:,} rows are being removed.")


def say_held(name: str, covered: int) -> None:
    """Say what is held."""
    say(f"{name} holds {values.plural(covered, 'event')} and what belongs to them; auditradar hold release {name} releases it")


def say_released(names: Sequence[str]) -> None:
    """Say what was released."""
    say(f"Released {', '.join(names)}; what was held goes by its retention again.")


def _show(layout: Layout, rows: list[Row], answer: Answer) -> None:
    shown = rows[: min(answer.rows, ALL)]
    if answer.fmt == "table":
        if shown:
            draw(data_console(), layout, shown)
        return
    columns = tuple(shown[0]) if shown else ()
    writer_of(answer.fmt, layout)(Stream(columns, (list(row.values()) for row in shown)), data_output())
