"""Read the compliance controls: frameworks are folders of sql/controls, requirements are files in them, evidence is one query.

A requirement's file holds its own query, or names one of `shared` that serves several (`-- uses: shared/<name>`). The verdict is one
rule for all of them, sql/controls/verdict.sql, into which the rows of evidence are put.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from auditradar.sql import Query, parsed

ABOUT = "framework.sql"
SHARED = "shared"
STATUSES = ("fail", "no-data", "attention", "pass", "not-applicable")
"""What a verdict can be, the worst first."""
NONE_STATUSES = ("pass", "attention", "no-data", "not-applicable")
SCOPE = frozenset({"since", "until", "cluster"})
"""Parameters that every evidence has and that the report fills."""
Served = tuple[int, str, str, str]
"""A requirement that an evidence serves: its position, number and title, and the key of the evidence."""
_INCLUDE = re.compile(r"^( *)/\* (\w+) \*/$", re.MULTILINE)
_NUMBER = re.compile(r"\d+")


class ControlError(ValueError):
    """Say that a control's file cannot be used."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Be one query of evidence: what it proves and cannot prove, its rules in words, and its parameters with their values."""

    name: str
    query: Query
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Tell evidences apart by query and values: two requirements with the same need one run."""
        return hash((self.name, tuple(sorted(self.values.items()))))

    @property
    def key(self) -> str:
        """Name it together with the values that differ from the shared ones."""
        base = _values(self.header)
        other = [f"{name}={value}" for name, value in sorted(self.values.items()) if base.get(name) != value]
        return f"{self.name}@{','.join(other)}" if other else self.name

    @property
    def header(self) -> Mapping[str, str]:
        """Give the header of its file."""
        return self.query.header

    @property
    def none(self) -> tuple[str, str]:
        """Give the status of a cluster without any row, and the words for it."""
        status, _, words = self.header["none"].partition("; ")
        return status, words

    @property
    def columns(self) -> dict[str, str]:
        """Give its columns with what each is."""
        return {key.removeprefix("column "): words for key, words in self.header.items() if key.startswith("column ")}

    @property
    def question(self) -> str:
        """Say in one text what it answers, proves, and cannot prove."""
        return f"{self.query.question} {self.header['proves']} It cannot show: {self.header['cannot']}"

    @property
    def rule(self) -> dict[str, str]:
        """Give the rule in words, by status."""
        status, words = self.none
        said = {name: self.header[name] for name in ("pass", "attention", "fail") if name in self.header}
        return said | {f"no row: {status}": words}

    @property
    def text(self) -> str:
        """Give the statement that lists all rows in one order."""
        return included(_template("evidence"), evidence=self.query.text)

    @property
    def described(self) -> str:
        """Give the statement that names its columns with their types."""
        return included(_template("structure"), evidence=self.query.text)

    @property
    def worst_rows(self) -> str:
        """Give the statement that lists some rows, the worst first, for a screen."""
        return included(_template("rows"), evidence=self.query.text)

    @property
    def verdict(self) -> str:
        """Give the statement of the verdict per cluster."""
        return included(_template("verdict"), rules=_template("rule"), tallies=self.tally)

    @property
    def tally(self) -> str:
        """Give the statement that counts the rows by cluster, status and words."""
        worded = self.query.text if "finding" in self.columns else included(_template("unworded"), evidence=self.query.text)
        return included(_template("tally"), evidence=worded)

    @property
    def verdict_of_counts(self) -> str:
        """Give the statement of the verdict for rows that are counted already: the parameter `counted`."""
        return included(_template("verdict"), rules=_template("rule"), tallies=included(_template("tally"), evidence=_template("counted")))

    @property
    def verdict_values(self) -> dict[str, str]:
        """Give the values of the verdict's own parameters, and of the evidence's."""
        status, words = self.none
        facts = {"platforms": self.header.get("platforms", ""), "elsewhere": self.header.get("elsewhere", "")}
        return {**self.values, "key": self.key, "none": status, "none_words": words, **facts}


@dataclass(frozen=True, slots=True)
class Control:
    """Be one requirement of a framework: what it asks, in our own words, and the evidence for it."""

    requirement: str
    title: str
    asks: str
    evidence: Evidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """Be one framework: `slug` is its folder, `controls` are in the order of their numbers."""

    slug: str
    title: str
    about: str
    controls: tuple[Control, ...]

    @property
    def evidences(self) -> dict[Evidence, list[Control]]:
        """Give each evidence once, with the requirements it serves."""
        found: dict[Evidence, list[Control]] = {}
        for control in self.controls:
            found.setdefault(control.evidence, []).append(control)
        return found

    def served(self, evidence: Evidence) -> list[Served]:
        """Give the requirements that an evidence serves, as the verdict takes them."""
        listed = enumerate(self.controls, 1)
        return [(at, control.requirement, control.title, evidence.key) for at, control in listed if control.evidence == evidence]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Read all frameworks that come with the program, by title."""
    folders = [folder for folder in _root().iterdir() if folder.is_dir() and folder.joinpath(ABOUT).is_file()]
    return tuple(sorted(map(_framework, folders), key=lambda one: one.title))


def framework(name: str) -> Framework | None:
    """Read the framework of that name, or of the folder of that path; None when there is none."""
    known = {one.slug: one for one in frameworks()}
    if name in known:
        return known[name]
    folder = Path(name)
    return _framework(folder) if (folder / ABOUT).is_file() else None


@cache
def shared() -> dict[str, Evidence]:
    """Read all evidence that several requirements may use, by name."""
    found = sorted(_sql(_root().joinpath(SHARED)), key=lambda file: file.name)
    return {file.name.removesuffix(".sql"): _evidence(file.name.removesuffix(".sql"), _text(file), {}) for file in found}


def included(template: str, **parts: str) -> str:
    """Put statements into the places that a template names for them: a line that is only the comment of that name."""

    def put(match: re.Match[str]) -> str:
        return "\n".join(f"{match[1]}{line}" if line else "" for line in parts[match[2]].splitlines())

    return _INCLUDE.sub(put, template)


def template(name: str) -> Query:
    """Read one of the statements that all controls share: verdict, rule, evidence or board."""
    return parsed(f"controls/{name}", _text(_root().joinpath(f"{name}.sql")))


def _template(name: str) -> str:
    return template(name).text


def _root() -> Traversable:
    return files("auditradar.sql").joinpath("controls")


def _sql(folder: Traversable) -> Iterator[Traversable]:
    return (file for file in folder.iterdir() if file.name.endswith(".sql"))


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _framework(folder: Traversable) -> Framework:
    about = parsed(folder.name, _text(folder.joinpath(ABOUT)))
    controls = [_control(file) for file in _sql(folder) if file.name != ABOUT]
    if not controls:
        raise ControlError(f"cannot use the framework {folder.name}: its folder holds no requirement")
    return Framework(folder.name, about.title, about.header.get("about", ""), tuple(sorted(controls, key=_natural)))


def _control(file: Traversable) -> Control:
    own = parsed(file.name, _text(file))
    missing = [name for name in ("requirement", "title", "asks") if not own.header.get(name)]
    if missing:
        raise ControlError(f"cannot use the control {file.name}: its header has no {missing[0]}")
    return Control(own.header["requirement"], own.title, own.header["asks"], _evidence_of(file, own), own.header.get("note", ""))


def _evidence_of(file: Traversable, own: Query) -> Evidence:
    """Take the evidence of the file itself, or of the shared one it names with the values it sets."""
    used = own.header.get("uses", "")
    if not used:
        return _evidence(file.name.removesuffix(".sql"), _text(file), {})
    name = used.removeprefix(f"{SHARED}/")
    if name not in shared():
        raise ControlError(f"cannot use the control {file.name}: there is no sql/controls/{used}.sql")
    base = shared()[name]
    return Evidence(name, base.query, {**base.values, **_values(own.header)})


def _evidence(name: str, text: str, values: Mapping[str, str]) -> Evidence:
    made = parsed(name, text)
    evidence = Evidence(name, made, {**_values(made.header), **values})
    if evidence.header.get("none", "").partition("; ")[0] not in NONE_STATUSES:
        raise ControlError(f"cannot use the control {name}: its header does not say what no row means (-- none: pass; …)")
    without = set(made.parameters) - SCOPE - set(evidence.values)
    if without:
        raise ControlError(f"cannot use the control {name}: its parameter {min(without)} has no value")
    return evidence


def _values(header: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix("value "): value for key, value in header.items() if key.startswith("value ")}


def _natural(control: Control) -> tuple[tuple[int, str], ...]:
    """Order 10.2.1.7 before 10.2.1.10, and A.5 before A.8."""
    parts = re.split(r"(\d+)", control.requirement)
    return tuple((int(part), "") if _NUMBER.fullmatch(part) else (-1, part) for part in parts)
