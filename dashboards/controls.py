"""Turn controls into queries of panels: the one place where a control's parameters become what Grafana sends.

A control's file stays as it is. `since` and `until` become the macros of the time range, the condition on `cluster` becomes the one that
all panels use, and every other parameter its value.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from auditradar.sql import Query
from auditradar.sql.control import Control, Evidence, Framework, framework, frameworks, included, template

MOST = 7
"""Requirements that one panel lists: each part is one query, and a query costs what all its evidence costs."""
_SCOPE = re.compile(r"^( *)(WHERE |AND )\(\{cluster:String\} = '' OR match\(([\w.]+), \{cluster:String\}\)\)$", re.MULTILINE)
_MACROS = {"{since:DateTime64(6, 'UTC')}": "$__fromTime_ms", "{until:DateTime64(6, 'UTC')}": "$__toTime_ms"}
_PARAMETER = re.compile(r"(?<!\$)\{(\w+):(\w+(?:\([^{}]*\))?)\}")
_CONDITIONS = (
    "$__conditionalAll({0} IN (chosen('${{cluster:percentencode}}')), $cluster)",
    "$__conditionalAll({0} IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${{platform:percentencode}}'))), $platform)",
)


def control_panel(name: str) -> Query:
    """Make the query of a panel: `controls/<framework>/<part>` lists requirements, `evidence/<key>` the rows of one evidence."""
    kind, _, key = name.partition("/")
    return _requirements(name, *key.split("/")) if kind == "controls" else _rows(name, evidences()[key])


def parts(one: Framework) -> dict[str, tuple[Control, ...]]:
    """Divide the requirements of a framework into panels of about the same length, by the name of the panel's query."""
    number = math.ceil(len(one.controls) / MOST)
    cuts = [len(one.controls) * part // number for part in range(number + 1)]
    return {f"controls/{one.slug}/{part}": one.controls[cuts[part - 1] : cuts[part]] for part in range(1, number + 1)}


@cache
def evidences() -> dict[str, Evidence]:
    """List every evidence that a framework uses, by its key."""
    found = {one.key: one for folder in frameworks() for one in folder.evidences}
    return dict(sorted(found.items()))


def for_grafana(text: str, values: Mapping[str, object], *, scoped: bool = True) -> str:
    """Write a statement with Grafana's macros and variables in the place of parameters; KeyError for a parameter without a value.

    Where there is no dashboard to choose clusters on, nothing is `scoped`: the parameter `cluster` has a value like all others.
    """
    for parameter, macro in _MACROS.items():
        text = text.replace(parameter, macro)
    text = _SCOPE.sub(_scope, text) if scoped else text
    return _PARAMETER.sub(lambda match: _literal(values[match[1]]), text)


def _scope(match: re.Match[str]) -> str:
    indent, word, column = match.groups()
    first, second = (condition.format(column) for condition in _CONDITIONS)
    deeper = indent + ("    " if word == "WHERE " else "")
    return f"{indent}{word}{first}\n{deeper}AND {second}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if value.isdigit() else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, tuple | list):
        opened, closed = "[]" if isinstance(value, list) else "()"
        return f"{opened}{', '.join(map(_literal, value))}{closed}"
    return str(value)


def _requirements(name: str, slug: str, part: str) -> Query:
    wanted = framework(slug)
    if wanted is None:
        raise KeyError(slug)
    shown = parts(wanted)[f"controls/{slug}/{part}"]
    numbers = {control.requirement for control in shown}
    asked = {control.evidence: None for control in shown}
    served = {one: {**one.verdict_values, "requirements": [each for each in wanted.served(one) if each[1] in numbers]} for one in asked}
    rules = _all(for_grafana(template("rule").text, values) for values in served.values())
    tallies = _all(for_grafana(one.tally, values) for one, values in served.items())
    verdict = included(for_grafana(template("verdict").text, {}), rules=rules, tallies=tallies)
    board = template("board")
    title = f"{board.title} {shown[0].requirement} to {shown[-1].requirement}"
    return Query(name, title, board.question, {}, included(board.text, verdict=verdict), board.header)


def _all(statements: Iterable[str]) -> str:
    """Put the rows of several statements together."""
    return "\nUNION ALL\n".join(statements)


def _rows(name: str, evidence: Evidence) -> Query:
    status, words = evidence.none
    header = {"empty": f"No row ({status}): {words}.", "next": evidence.header["next"]}
    return Query(name, _title(evidence), evidence.question, {}, for_grafana(evidence.worst_rows, evidence.values), header)


def _title(evidence: Evidence) -> str:
    """Tell apart the same evidence with other values."""
    values: Sequence[str] = [part.partition("=")[2] for part in evidence.key.partition("@")[2].split(",")]
    return f"{evidence.query.title} ({', '.join(values)})" if evidence.key != evidence.name else evidence.query.title
