"""Print the sections of a page: a title and a table each, or one document for programs."""

from collections.abc import Mapping
from typing import TextIO

from rich.console import Console
from rich.text import Text

from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.formats import WRITERS, markdown_writer
from auditradar.ingest.output.table import draw
from auditradar.ingest.reading.result import Page, Stream


def draw_section(console: Console, title: str, layout: Layout, page: Page) -> None:
    """Draw a section of a page, and say how many rows it left out."""
    if title:
        console.print(Text(title, "bold underline"))
    fitted = draw(console, layout, page.records)
    notes = [f"all of {', '.join(fitted.alike)}"] if fitted.alike else []
    if page.total > len(page.rows):
        notes.append(f"{page.total - len(page.rows):,} more")
    if notes:
        console.print(Text(f"({'; '.join(notes)})", "dim"))
    console.print()


def write_sections(fmt: str, sections: Mapping[str, Page], out: TextIO) -> None:
    """Write a page as CSV or Markdown: each section under its name, an empty line between them."""
    for name, page in sections.items():
        out.write(f"## {name}\n\n" if fmt == "markdown" else f"# {name}\n")
        writer = markdown_writer(None) if fmt == "markdown" else WRITERS[fmt]
        writer(Stream(page.columns, iter(page.rows)), out)
        out.write("\n")
