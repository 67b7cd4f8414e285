"""Describe all controls from their files."""

from collections.abc import Iterator

from auditradar.sql.control import Evidence, Framework, frameworks, shared

HEAD = (
    "# Controls",
    "",
    "Generated from `sql/controls`; `make reference` writes this page anew.",
    "[docs/60-compliance.md](../60-compliance.md) says how to use them.",
    "",
    "Each requirement is served by one query of evidence. A row of evidence has a status, the worst row decides the verdict of a cluster,",
    "and hours of which nothing is known keep it from `pass`; the rule is `sql/controls/verdict.sql`.",
    "",
)


def controls_page() -> str:
    """Write the page about the controls."""
    parts = [*HEAD]
    for one in frameworks():
        parts += _framework(one)
    parts += ["## Evidence", ""]
    for evidence in shared().values():
        parts += _evidence(evidence)
    return "\n".join(parts).rstrip("\n") + "\n"


def _framework(one: Framework) -> Iterator[str]:
    yield from (f"## {one.title}", "", f"`auditradar report {one.slug}`. {one.about}", "")
    yield from ("| requirement | title | asks | evidence |", "|---|---|---|---|")
    for control in one.controls:
        evidence = control.evidence
        values = evidence.key.partition("@")[2].replace(",", ", ")
        link = f"[{evidence.query.title}](#{evidence.name})" + (f" with {values}" if values else "")
        yield f"| {control.requirement} | {_cell(control.title)} | {_cell(control.asks)} | {link} |"
    yield ""


def _evidence(one: Evidence) -> Iterator[str]:
    yield from (f"### {one.name}", "", f"**{one.query.title}.** {one.query.question}", "")
    yield from (f"- **Proves:** {one.header['proves']}", f"- **Cannot prove:** {one.header['cannot']}")
    yield from (f"- **{status}:** {words}" for status, words in one.rule.items())
    yield from (f"- **{name}** = `{value}`: {one.query.parameters[name]}" for name, value in one.values.items())
    yield from ("", "| column | what it is |", "|---|---|")
    yield from (f"| `{name}` | {_cell(words)} |" for name, words in one.columns.items())
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
