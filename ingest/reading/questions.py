"""Ask a named query: find it, fill its parameters, and say what is wrong with what was given."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditradar.ingest.errors import QueryError
from auditradar.ingest.reading.values import wrong_value
from auditradar.sql import Query, query, questions

FOLDER = "auditor"
PERIOD = ("since", "until")
DEFAULT = "; default "


@dataclass(frozen=True, slots=True)
class Parameter:
    """Be one parameter of a question; `default` is None where a value must be given."""

    name: str
    words: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """Be a named query and what its header says."""

    name: str
    query: Query

    @property
    def tags(self) -> tuple[str, ...]:
        """Give its subjects."""
        return tuple(part.strip() for part in self.query.header.get("tags", "").split(",") if part.strip())

    @property
    def attack(self) -> str:
        """Give the technique of MITRE ATT&CK that it looks for; empty for none."""
        return self.query.header.get("attack", "")

    @property
    def next(self) -> str:
        """Give the command that one would run next; empty for none."""
        return self.query.header.get("next", "")

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """List its own parameters; period and cluster come from the options of the command."""
        found = []
        for name, text in self.query.parameters.items():
            words, separator, default = text.partition(DEFAULT)
            if name not in (*PERIOD, "cluster"):
                found.append(Parameter(name, words, _bare(default) if separator else None))
        return tuple(found)

    def values(self, given: Mapping[str, str]) -> dict[str, str | list[str]]:
        """Fill the parameters, lists from text with commas; QueryError for one that is unknown or missing."""
        own = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in own:
                known = f"it has {', '.join(own)}" if own else "it has none besides --since, --until and --cluster"
                raise QueryError(f"cannot ask {self.name}: there is no parameter {name}; {known}")
        missing = [name for name, parameter in own.items() if parameter.default is None and name not in given]
        if missing:
            wanted = " ".join(f"--param {name}=…" for name in missing)
            raise QueryError(f"cannot ask {self.name}: {', '.join(missing)} must be given; add {wanted}")
        for name, text in given.items():
            if words := wrong_value(self.query, name, text):
                raise QueryError(f"cannot ask {self.name}: {words}")
        return {name: self._value(name, given.get(name, parameter.default or "")) for name, parameter in own.items()}

    def _value(self, name: str, text: str) -> str | list[str]:
        if f"{{{name}:Array(" not in self.query.text:
            return text
        return [part.strip() for part in text.split(",") if part.strip()]


@cache
def all_questions() -> tuple[Question, ...]:
    """Read all named queries, in order of their names."""
    return tuple(Question(name, query(f"{FOLDER}/{name}")) for name in questions())


def questions_about(tag: str) -> tuple[Question, ...]:
    """List the questions about a subject; QueryError names the subjects there are."""
    found = tuple(one for one in all_questions() if tag in one.tags)
    if not found:
        tags = sorted({each for one in all_questions() for each in one.tags})
        raise QueryError(f"cannot list queries about {tag}: there is no such tag; there are: {', '.join(tags)}")
    return found


def question(name: str) -> Question:
    """Find a question by its name; QueryError names those that are written alike."""
    for one in all_questions():
        if one.name == name:
            return one
    near = difflib.get_close_matches(name, questions(), 3) or [each for each in questions() if name in each][:3]
    advice = f"did you mean {' or '.join(near)}?" if near else "see them with: auditradar queries list"
    raise QueryError(f"cannot ask {name}: there is no such query; {advice}")


def _bare(default: str) -> str:
    return default[1:-1] if default.startswith("'") and default.endswith("'") else default
