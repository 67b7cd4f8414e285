"""Options that several commands share, as decorators."""

import functools
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.output.listing import FORMATS, Answer
from auditradar.ingest.reading.filters import AddressRange, address_range, glob_pattern
from auditradar.ingest.reading.period import Asked, Bound, is_empty, parse_bound

Command = Callable[..., Any]


class BoundType(click.ParamType[Bound]):
    """Read a moment or a duration."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Bound:
        """Refuse what is neither, as wrong usage."""
        try:
            return parse_bound(value) if isinstance(value, str) else value
        except ValueError as cause:
            self.fail(str(cause), param, ctx)


class AddressType(click.ParamType[AddressRange]):
    """Read an address or a network."""

    name = "ADDRESS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AddressRange:
        """Refuse what is none, as wrong usage."""
        try:
            return address_range(value) if isinstance(value, str) else value
        except ValueError as cause:
            self.fail(str(cause), param, ctx)


class NetworkType(click.ParamType[str]):
    """Read a network in CIDR notation."""

    name = "CIDR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is none, as wrong usage."""
        try:
            return str(ipaddress.ip_network(value, strict=False))
        except ValueError:
            self.fail(f"{value!r} is no network; write it like 10.0.0.10/32", param, ctx)


@dataclass(frozen=True, slots=True)
class Scope:
    """Be which clusters and which range of time were asked for."""

    clusters: tuple[str, ...]
    asked: Asked

    @property
    def cluster(self) -> str:
        """Give the clusters as a regular expression."""
        return glob_pattern(self.clusters)

    @property
    def words(self) -> list[str]:
        """Say which clusters."""
        return [f"cluster {' or '.join(self.clusters)}"] if self.clusters else []


def store_options(command: Command) -> Command:
    """Add --dsn and --config; the command gets `store`."""

    @click.option("--dsn", metavar="DSN", help="Where the store is: chdb:///path or clickhouse://user:password@host:8123/audit.")
    @click.option("--config", metavar="FILE", help="Configuration file; `auditradar config show` prints what holds.")
    @functools.wraps(command)
    def with_store(*, dsn: str | None, config: str | None, **others: Any) -> Any:
        return command(store=Store(dsn, config), **others)

    return with_store


def scope_options(command: Command) -> Command:
    """Add --cluster, --since and --until; the command gets `scope`."""

    @click.option(
        "--cluster", "clusters", multiple=True, metavar="NAME", help="Only this cluster; may be repeated, `*` stands for any text."
    )
    @click.option("--since", type=BoundType(), help="From this time on: 2026-01-05, 2026-01-05T10:00Z, or 24h, 7d before the newest event.")
    @click.option("--until", type=BoundType(), help="Before this time, written like --since.")
    @functools.wraps(command)
    def with_scope(*, clusters: tuple[str, ...], since: Bound | None, until: Bound | None, **others: Any) -> Any:
        if is_empty(since, until):
            raise click.UsageError("--until must be later than --since")
        return command(scope=Scope(clusters, Asked(since, until)), **others)

    return with_scope


def answer_options(command: Command) -> Command:
    """Add --format and --limit; the command gets `answer`."""

    @click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the answer.")
    @click.option(
        "--limit", type=click.IntRange(min=0), metavar="N", help="Newest rows to show, 0 for all; default 100 in a table, all else."
    )
    @functools.wraps(command)
    def with_answer(*, fmt: str, limit: int | None, **others: Any) -> Any:
        return command(answer=Answer(fmt, limit), **others)

    return with_answer


def actor_option(command: Command) -> Command:
    """Add --actor; the command gets a tuple of names."""
    return click.option("--actor", multiple=True, metavar="NAME", help="Only this user; may be repeated, `*` stands for any text.")(command)


def address_option(command: Command) -> Command:
    """Add --address; the command gets a range, empty without the option."""
    return click.option(
        "--address",
        type=AddressType(),
        default=AddressRange(),
        show_default=False,
        help="Only this client address or network, such as 10.0.0.0/8.",
    )(command)


def all_kinds_option(command: Command) -> Command:
    """Add --all-kinds."""
    return click.option("--all-kinds", is_flag=True, help="Show machines too, not only people.")(command)
