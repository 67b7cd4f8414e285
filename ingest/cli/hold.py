"""The commands of `hold`: keep rows whatever the retention says."""

import click

from auditradar.ingest.cli.edge import Store, changing
from auditradar.ingest.cli.options import BoundType, answer_options, store_options
from auditradar.ingest.output.listing import Answer
from auditradar.ingest.output.retention import say_held, say_released, show_holds
from auditradar.ingest.proof.logbook import whoever
from auditradar.ingest.reading.period import Asked, Bound, is_empty, resolve
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.retention.holds import Decision, Hold, add_hold, release_holds


@click.group()
def hold() -> None:
    """Keep rows of an actor, a cluster or a period whatever the retention says; every hold is recorded for ever.

    \b
    Example:
      auditradar hold list
    """


@hold.command()
@click.option("--actor", default="", metavar="NAME", help="Hold the rows of this user, and those that name nobody.")
@click.option("--cluster", default="", metavar="NAME", help="Hold the rows of this cluster only.")
@click.option("--since", type=BoundType(), help="Hold from this time on.")
@click.option("--until", type=BoundType(), help="Hold before this time.")
@click.option("--incident", default="", metavar="LABEL", help="Incident or matter that the hold belongs to.")
@click.option("--why", required=True, metavar="TEXT", help="Reason, for the log.")
@click.option("--by", metavar="NAME", help="Who decided; the user of the operating system unless given.")
@store_options
def add(store: Store, actor: str, cluster: str, since: Bound | None, until: Bound | None, incident: str, why: str, by: str | None) -> None:
    """Hold what is given; rows that are covered survive every retention until the hold is released.

    \b
    Example:
      auditradar hold add --actor alice --since 2026-01-01 --until 2026-04-01 --incident INC-7 --why "lawsuit"
    """
    if not (actor or cluster or since or until):
        raise click.UsageError("say what to hold: --actor, --cluster, --since or --until")
    if is_empty(since, until):
        raise click.UsageError("--until must be later than --since")
    settings = store.settings()
    with changing(settings) as engine:
        period = resolve(Reader(engine), Asked(since, until))
        what = Hold(actor, cluster, period.since if since else None, period.until if until else None, incident)
        name, covered = add_hold(engine, what, Decision(whoever(by), why), settings.retention)
    say_held(name, covered)


@hold.command("list")
@answer_options
@store_options
def list_(store: Store, answer: Answer) -> None:
    """List all holds, the released ones too.

    \b
    Example:
      auditradar hold list --format csv
    """
    with store.reading() as reader:
        show_holds(reader, answer)


@hold.command()
@click.argument("names", nargs=-1, metavar="[HOLD]...")
@click.option("--incident", default="", metavar="LABEL", help="Release all holds of this incident.")
@click.option("--why", required=True, metavar="TEXT", help="Reason, for the log.")
@click.option("--by", metavar="NAME", help="Who decided; the user of the operating system unless given.")
@store_options
def release(store: Store, names: tuple[str, ...], incident: str, why: str, by: str | None) -> None:
    """Release holds; what they covered goes by its retention again.

    \b
    Example:
      auditradar hold release H-1 --why "settled"
    """
    if not names and not incident:
        raise click.UsageError("say which: the name of a hold, or --incident")
    settings = store.settings()
    with changing(settings) as engine:
        released = release_holds(engine, names, incident, Decision(whoever(by), why), settings.retention)
    say_released(released)
