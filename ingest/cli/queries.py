"""The command `queries`: what auditors and investigators ask by name."""

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import Scope, answer_options, scope_options, store_options
from auditradar.ingest.cli.sql import name_and_value
from auditradar.ingest.output.listing import FORMATS, Answer
from auditradar.ingest.output.questions import ask, show_question, show_questions
from auditradar.ingest.reading.period import resolve
from auditradar.ingest.reading.questions import all_questions, question, questions_about


@click.group()
def queries() -> None:
    """Ask named questions: who logged in at night, who read which secret, what did X do.

    \b
    Example:
      auditradar queries run secret-reads --param namespace=payments --since 7d
    """


@queries.command(name="list")
@click.option("--tag", default="", metavar="TAG", help="Only queries about this, such as logins, failures, privileges, secrets, exec.")
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the list.")
def list_(tag: str, fmt: str) -> None:
    """List the queries and what each asks.

    \b
    Example:
      auditradar queries list --tag secrets
    """
    show_questions(questions_about(tag) if tag else all_questions(), fmt)


@queries.command()
@click.argument("name")
def show(name: str) -> None:
    """Print what a query asks, its parameters, and its SQL.

    \b
    Example:
      auditradar queries show secret-reads
    """
    show_question(question(name))


@queries.command()
@click.argument("name")
@click.option(
    "-p", "--param", "given", multiple=True, metavar="NAME=VALUE", callback=name_and_value, help="Value of a parameter; may be repeated."
)
@scope_options
@answer_options
@store_options
def run(store: Store, scope: Scope, answer: Answer, name: str, given: dict[str, str]) -> None:
    """Run a query; everything that is known unless --since or --until say otherwise.

    \b
    Example:
      auditradar queries run timeline --param actor=alice --since 24h --format csv
    """
    one = question(name)
    values = one.values(given)
    with store.reading() as reader:
        period = resolve(reader, scope.asked, scope.cluster)
        ask(reader, one, {**values, **period.parameters, "cluster": scope.cluster}, period, answer)
