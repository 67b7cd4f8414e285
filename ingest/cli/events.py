"""The command `events`: requests, or every stage of them, by what people ask for."""

from datetime import timedelta
from typing import Any

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import (
    Command,
    Scope,
    actor_option,
    address_option,
    all_kinds_option,
    answer_options,
    scope_options,
    store_options,
)
from auditradar.ingest.output.events import show_events
from auditradar.ingest.output.listing import Answer
from auditradar.ingest.reading.filters import OUTCOMES, EventFilter
from auditradar.ingest.reading.period import Asked, resolve

DEFAULT_RANGE = timedelta(hours=24)

FILTERS = (
    ("--effective-user", "effective_user", "NAME", "Only requests authorized as this user: the impersonated one where there is one."),
    ("--verb", "verb", "VERB", "Only these verbs, such as delete or get,list."),
    ("--resource", "resource", "RESOURCE", "Only these resources, such as secrets or pods/exec; pods means its subresources too."),
    ("--namespace", "namespace", "NAME", "Only these namespaces."),
    ("--name", "name", "NAME", "Only objects with this name."),
    ("--client", "client", "PROGRAM", "Only these programs, such as kubectl."),
    ("--audit-id", "audit_ids", "ID", "Only these requests."),
)


def filter_options(command: Command) -> Command:
    """Add the repeatable filters."""
    for option, name, metavar, words in reversed(FILTERS):
        command = click.option(option, name, multiple=True, metavar=metavar, help=words)(command)
    return command


def _outcomes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for part in (part.strip() for text in value for part in text.split(",")):
        if "*" not in part and part not in OUTCOMES:
            raise click.BadParameter(f"{part!r} is none of {', '.join(OUTCOMES)}", ctx, param)
    return value


def event_filters(command: Command) -> Command:
    """Add all filters of requests; the command gets the fields of EventFilter but the cluster."""
    outcome = click.option(
        "--outcome", multiple=True, metavar="OUTCOME", callback=_outcomes, help="Only these outcomes, such as forbidden,unauthenticated."
    )
    text = click.option(
        "--text", default="", help="Only with this text in URI, name, message, user agent or a user name, in upper or lower case."
    )
    raw_text = click.option("--raw-text", default="", help="Only with this text anywhere in the raw event, in upper or lower case.")
    for decorate in (all_kinds_option, raw_text, text, address_option, outcome, filter_options, actor_option):
        command = decorate(command)
    return command


@click.command()
@scope_options
@event_filters
@click.option("--stages", is_flag=True, help="Show every stage of every request, as it was logged.")
@click.option("--raw", is_flag=True, help="Print the raw events, one JSON object a line.")
@answer_options
@store_options
def events(store: Store, scope: Scope, answer: Answer, **filters: Any) -> None:
    """List requests: who asked for what, from where, and what came of it.

    The last 24 hours of the log unless --since or --until say otherwise. Names are compared whole and `*` stands for any
    text; several values of one option are alternatives, several options narrow.

    \b
    Example:
      auditradar events --resource secrets --verb get,list --namespace payments --since 7d
    """
    wanted = EventFilter(cluster=scope.clusters, **filters)
    asked = scope.asked if wanted.audit_ids or scope.asked != Asked() else Asked(since=DEFAULT_RANGE)
    with store.reading() as reader:
        show_events(reader, wanted, resolve(reader, asked, scope.cluster), answer)
