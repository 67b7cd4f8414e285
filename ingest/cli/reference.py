"""The hidden command `reference`: write docs/reference from the code."""

from pathlib import Path

import click

from auditradar.ingest.cli.root import cli
from auditradar.ingest.output.generated import write_pages
from auditradar.ingest.output.questions import questions_page
from auditradar.ingest.reading.reference import schema_page, settings_page
from auditradar.ingest.report.reference import controls_page

WIDTH = 110  # columns of the help in the reference


@click.group(hidden=True)
def reference() -> None:
    """Work on the generated pages of the documentation."""


@reference.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs/reference"))
def build(folder: Path) -> None:
    """Write the pages into FOLDER, docs/reference unless given.

    \b
    Example:
      auditradar reference build
    """
    write_pages(folder, pages())


def pages() -> dict[str, str]:
    """Generate all pages of the reference, by file name."""
    return {
        "commands.md": commands_page(cli),
        "controls.md": controls_page(),
        "queries.md": questions_page(),
        "schema.md": schema_page(),
        "settings.md": settings_page(),
    }


def commands_page(root: click.Group) -> str:
    """Describe every command that the help shows."""
    parts = ["# Commands\n", "Generated from the command itself; `make reference` writes this page anew.\n"]
    for path, command in shown_commands(root, "auditradar"):
        context = click.Context(command, info_name=path, terminal_width=WIDTH, **cli.context_settings)
        parts.append(f"{'#' * (1 + len(path.split()))} {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def shown_commands(group: click.Group, path: str) -> list[tuple[str, click.Command]]:
    """List a group and all its visible commands in the order of the help."""
    found: list[tuple[str, click.Command]] = [(path, group)]
    for name in group.list_commands(click.Context(group)):
        command = group.commands[name]
        if isinstance(command, click.Group) and not command.hidden:
            found += shown_commands(command, f"{path} {name}")
        elif not command.hidden:
            found.append((f"{path} {name}", command))
    return found
