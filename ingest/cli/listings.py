"""Listings of people: logins, logouts, sessions, failed attempts, refused requests."""

from datetime import timedelta
from typing import Any

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import (
    Scope,
    actor_option,
    address_option,
    all_kinds_option,
    answer_options,
    scope_options,
    store_options,
)
from auditradar.ingest.durations import parse_duration
from auditradar.ingest.output import layouts
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.listing import Answer, Listing, show
from auditradar.ingest.output.summaries import say_failures
from auditradar.ingest.reading.filters import CLASSES, AddressRange, glob_pattern
from auditradar.ingest.reading.period import resolve


class GapType(click.ParamType[timedelta]):
    """Read the silence that ends a session."""

    name = "DURATION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Refuse what is shorter than a minute: activity is kept by the minute."""
        try:
            gap = parse_duration(value) if isinstance(value, str) else value
        except ValueError as cause:
            self.fail(str(cause), param, ctx)
        if not timedelta(minutes=1) <= gap <= timedelta(days=3650):
            self.fail(f"{value!r} must be from 1m to 3650d", param, ctx)
        return gap


gap_option = click.option("--gap", type=GapType(), help="Silence that ends a session, such as 30m; default the session_gap of the store.")


@click.command()
@scope_options
@actor_option
@address_option
@all_kinds_option
@gap_option
@answer_options
@store_options
def logins(
    store: Store, scope: Scope, answer: Answer, actor: tuple[str, ...], address: AddressRange, all_kinds: bool, gap: timedelta | None
) -> None:
    """List who logged in, when, from where and how.

    \b
    Example:
      auditradar logins --since 7d --cluster prod
    """
    found = _people("logins", layouts.LOGINS, scope, actor, address, all_kinds, gap)
    _show(store, scope, answer, found)


@click.command()
@scope_options
@actor_option
@all_kinds_option
@answer_options
@store_options
def logouts(store: Store, scope: Scope, answer: Answer, actor: tuple[str, ...], all_kinds: bool) -> None:
    """List whose session ended, when and why.

    \b
    Example:
      auditradar logouts --since 24h
    """
    parameters = {"cluster": scope.cluster, "actor": glob_pattern(actor), "all_kinds": all_kinds}
    _show(store, scope, answer, Listing("listings/logouts", layouts.LOGOUTS, parameters, _words(scope, actor)))


@click.command()
@scope_options
@actor_option
@address_option
@all_kinds_option
@gap_option
@click.option("--open", "open_only", is_flag=True, help="Only sessions that had not ended when the log did.")
@answer_options
@store_options
def sessions(
    store: Store,
    scope: Scope,
    answer: Answer,
    actor: tuple[str, ...],
    address: AddressRange,
    all_kinds: bool,
    gap: timedelta | None,
    open_only: bool,
) -> None:
    """List who worked when, how long, from where, and how it ended.

    \b
    Example:
      auditradar sessions --actor 'alice*' --gap 30m
    """
    found = _people("sessions", layouts.SESSIONS, scope, actor, address, all_kinds, gap, open_only=open_only)
    _show(store, scope, answer, found)


@click.command()
@scope_options
@address_option
@click.option("--class", "classes", type=click.Choice(CLASSES), multiple=True, help="Only this class; may be repeated.")
@click.option("--bursts", is_flag=True, help="Group attempts of one address and program without a pause of five minutes.")
@answer_options
@store_options
def failures(store: Store, scope: Scope, answer: Answer, address: AddressRange, classes: tuple[str, ...], bursts: bool) -> None:
    """List attempts to get in that were refused, before anybody knew who it was.

    \b
    Example:
      auditradar failures --bursts --since 7d
    """
    parameters = {"cluster": scope.cluster, "class": glob_pattern(classes), **address.parameters}
    query, layout = ("listings/bursts", layouts.BURSTS) if bursts else ("listings/failures", layouts.FAILURES)
    with store.reading() as reader:
        period = resolve(reader, scope.asked, scope.cluster)
        show(reader, Listing(query, layout, parameters, _words(scope, (), address)), period, answer)
        say_failures(reader, {**parameters, **period.parameters}, bursts)


@click.command()
@scope_options
@actor_option
@address_option
@all_kinds_option
@answer_options
@store_options
def denied(store: Store, scope: Scope, answer: Answer, actor: tuple[str, ...], address: AddressRange, all_kinds: bool) -> None:
    """List known users who asked for what they may not do.

    \b
    Example:
      auditradar denied --actor dave --since 7d
    """
    everybody = all_kinds or bool(actor)
    parameters = {"cluster": scope.cluster, "actor": glob_pattern(actor), "all_kinds": everybody, **address.parameters}
    advice = () if everybody else ("People only; --all-kinds adds machines.",)
    _show(store, scope, answer, Listing("listings/denied", layouts.DENIED, parameters, _words(scope, actor, address), advice))


def _people(
    query: str,
    layout: Layout,
    scope: Scope,
    actor: tuple[str, ...],
    address: AddressRange,
    all_kinds: bool,
    gap: timedelta | None,
    **others: object,
) -> Listing:
    parameters = {"cluster": scope.cluster, "actor": glob_pattern(actor), "all_kinds": all_kinds, **address.parameters, **others}
    words = _words(scope, actor, address)
    if gap is None:
        return Listing(f"listings/{query}", layout, parameters, words)
    words.append(f"a gap of {int(gap.total_seconds())} s")
    return Listing(f"listings/{query}_with_gap", layout, {**parameters, "gap_seconds": int(gap.total_seconds())}, words)


def _show(store: Store, scope: Scope, answer: Answer, listing: Listing) -> None:
    with store.reading() as reader:
        show(reader, listing, resolve(reader, scope.asked, scope.cluster), answer)


def _words(scope: Scope, actor: tuple[str, ...], address: AddressRange | None = None) -> list[str]:
    words = scope.words + ([f"user {' or '.join(actor)}"] if actor else [])
    return words + ([f"address {address.text}"] if address and address.text else [])
