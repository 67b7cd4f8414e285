"""What is generated equals what is committed, and every command explains itself."""

import re
from pathlib import Path

import click
import pytest

from auditradar.ingest import settings
from auditradar.ingest.cli import cli
from auditradar.ingest.cli.reference import pages, shown_commands
from auditradar.ingest.reading.reference import MODELS
from auditradar.ingest.settings import Settings

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


def test_the_reference_knows_every_table_of_settings() -> None:
    shown, waiting = {model for _, model in MODELS}, [Settings]
    while waiting:
        model = waiting.pop()
        assert model in shown
        found = re.findall(r"auditradar\.ingest\.settings\.(\w+)", str([field.annotation for field in model.model_fields.values()]))
        waiting += [getattr(settings, name) for name in found if name[0].isupper() and hasattr(getattr(settings, name), "model_fields")]
    assert len(shown) > 5
