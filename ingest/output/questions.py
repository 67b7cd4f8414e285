"""Show named queries and their answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from auditradar.ingest.output import fields
from auditradar.ingest.output.adhoc import show_answer
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.listing import Answer, data_output, show_rows
from auditradar.ingest.output.values import plural
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.questions import Question, all_questions
from auditradar.ingest.reading.reader import Reader

LIST = Layout(
    "query",
    "queries",
    (
        fields.text("name", "name"),
        fields.made("question", lambda row: Text(str(row["question"])), least=30),
        fields.text("tags", "tags", "dim", drop=1),
    ),
)


def show_questions(found: Sequence[Question], fmt: str) -> None:
    """Print a list of questions."""
    rows = [{"name": one.name, "question": one.query.question, "tags": ", ".join(one.tags)} for one in found]
    show_rows(LIST, rows, fmt)
    say(f"{plural(len(rows), 'query', 'queries')}; ask one with: auditradar queries run NAME")


def show_question(one: Question) -> None:
    """Print what a question asks, its parameters, and its SQL."""
    out = data_output()
    out.write("\n".join(f"-- {line}" for line in described(one)) + f"\n{one.query.text}\n")


def described(one: Question) -> list[str]:
    """Describe a question in lines."""
    lines = [f"{one.query.title}: {one.query.question}"]
    lines += [f"MITRE ATT&CK: {one.attack}"] if one.attack else []
    for parameter in one.parameters:
        default = "must be given" if parameter.default is None else f"default {parameter.default or 'empty'}"
        lines.append(f"--param {parameter.name}=…  {parameter.words} ({default})")
    return lines + ([f"Next: {one.next}"] if one.next else [])


def ask(reader: Reader, one: Question, parameters: Mapping[str, Any], period: Period, answer: Answer) -> None:
    """Run a question and print its answer."""
    say(f"{one.query.question} {period.words[:1].upper()}{period.words[1:]}.")
    show_answer(reader, one.query.text, parameters, answer)
    if one.next and answer.fmt == "table":
        say(f"Next: {one.next}")


def questions_page() -> str:
    """Write the page of the reference about named queries."""
    parts = [
        "# Named queries",
        "",
        "Generated from `sql/queries/auditor`; `make reference` writes this page anew. Run one with `auditradar queries run NAME`,",
        "print its SQL with `auditradar queries show NAME`. All take `--since`, `--until` and `--cluster`.",
        "",
    ]
    for tag in sorted({one.tags[0] for one in all_questions()}):
        parts += [f"## {tag}", "", "| query | question | parameters | ATT&CK |", "|---|---|---|---|"]
        parts += [_row(one) for one in all_questions() if one.tags[0] == tag] + [""]
    return "\n".join(parts)


def _row(one: Question) -> str:
    names = ", ".join(f"`{each.name}`" + ("" if each.default is None else f" = `{each.default or chr(39) * 2}`") for each in one.parameters)
    return f"| [`{one.name}`](../../sql/queries/auditor/{one.name}.sql) | {one.query.question} | {names} | {one.attack} |"
