"""The commands of `retention`: what goes when, bring the policy into force, and whether anything is past due."""

import sys

import click

from auditradar.ingest.cli.edge import Store, changing
from auditradar.ingest.cli.options import answer_options, store_options
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.output.listing import Answer
from auditradar.ingest.output.retention import say_applied, say_changes, show_plan, show_state
from auditradar.ingest.proof.logbook import whoever
from auditradar.ingest.retention.apply import apply_retention, check_volumes
from auditradar.ingest.retention.policy import changes_between, policy_in_force, wanted_policy


@click.group()
def retention() -> None:
    """Say what is removed when, bring the policy of the configuration into force, or show what is kept.

    \b
    Example:
      auditradar retention plan
    """


@retention.command()
@answer_options
@store_options
def plan(store: Store, answer: Answer) -> None:
    """Show what `retention apply` would change and remove, and what goes later; nothing is changed.

    \b
    Example:
      auditradar retention plan --config auditradar.toml
    """
    settings = store.settings()
    with store.reading() as reader:
        wanted = wanted_policy(settings)
        say_changes(changes_between(policy_in_force(reader.engine), wanted))
        show_plan(reader, wanted, answer)


@retention.command()
@click.option("--yes", is_flag=True, help="Keep something for a shorter time than before without being asked.")
@click.option("--by", metavar="NAME", help="Who decided; the user of the operating system unless given.")
@click.option("--why", default="", metavar="TEXT", help="Reason, for the log.")
@store_options
def apply(store: Store, yes: bool, by: str | None, why: str) -> None:
    """Bring the policy of the configuration into force and remove what is due; safe to repeat, so a timer may.

    \b
    Example:
      auditradar retention apply --why "policy of 2026"
    """
    settings = store.settings()
    with changing(settings) as engine:
        check_volumes(engine, settings.retention)
        changes = changes_between(policy_in_force(engine), wanted_policy(settings))
        say_changes(changes)
        if any(change.shorter for change in changes) and not yes:
            _ask()
        apply_retention(engine, settings, whoever(by), why)
        say_applied(engine)


@retention.command("verify")
@answer_options
@store_options
def verify_(store: Store, answer: Answer) -> None:
    """Show what is kept of each class and since when; exit status 1 when anything is past due.

    \b
    Example:
      auditradar retention verify --format json
    """
    with store.reading() as reader:
        late = show_state(reader, answer)
    if late:
        raise RetentionError(f"cannot confirm the retention: {late} rows are past due; remove them with: auditradar retention apply")


def _ask() -> None:
    """Ask on the terminal; without one the answer is no."""
    if not sys.stdin.isatty():
        raise RetentionError("cannot shorten the retention: it must be confirmed; look at auditradar retention plan, then give --yes")
    click.confirm("Rows that are older are removed for good. Go on?", abort=True, err=True)
