"""What is generated equals what is committed, and every command explains itself."""

from pathlib import Path

import click
import pytest

from auditradar.ingest.cli import cli
from auditradar.ingest.cli.reference import pages, shown_commands

DOCS = Path(__file__).parents[2] / "docs" / "reference"
COMMANDS = shown_commands(cli, "auditradar")


@pytest.mark.parametrize("name", pages())
def test_the_reference_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: make reference"


@pytest.mark.parametrize(("path", "command"), COMMANDS)
def test_every_command_has_a_sentence_and_an_example(path: str, command: click.Command) -> None:
    words = (command.help or "").split("\n")
    assert words[0].rstrip().endswith(".")
    assert path.split()[1] in (command.help or "") if len(path.split()) > 1 else "auditradar demo" in (command.help or "")
    if len(path.split()) > 1:
        assert "Example:" in (command.help or "")


@pytest.mark.parametrize(("path", "command"), COMMANDS)
def test_every_option_says_what_it_is(path: str, command: click.Command) -> None:
    silent = [parameter.name for parameter in command.params if isinstance(parameter, click.Option) and not parameter.help]
    assert silent == [], path
