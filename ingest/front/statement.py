"""Decide about a statement by the tree that the engine's own parser makes of it.

The tree is walked whole: every kind of node, every function, table and setting in it must be known to be harmless. What is run is not the
text that came but the text that the engine writes of the checked tree, so nothing can be read differently the second time.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditradar.ingest.front.limits import Limits, chosen
from auditradar.ingest.front.refusal import Refusal, denied
from auditradar.ingest.front.vocabulary import FORMATS, INFORMATION_SCHEMA, SYSTEM_TABLES, TABLE_FUNCTIONS, Vocabulary
from auditradar.ingest.front.words import names

Node = dict[str, Any]

SELECT = "SelectWithUnionQuery"
ROOTS = frozenset({SELECT, "ExplainQuery", "ShowColumnsQuery", "ShowIndexesQuery", "ShowTablesQuery"})
EXPLAINS = frozenset({"EXPLAIN", "EXPLAIN AST", "EXPLAIN ESTIMATE", "EXPLAIN PIPELINE", "EXPLAIN QUERY TREE", "EXPLAIN SYNTAX"})
INNER = names(
    """ArrayJoin Asterisk ColumnsApplyTransformer ColumnsExceptTransformer ColumnsListMatcher ColumnsRegexpMatcher ColumnsReplaceTransformer
    ColumnsReplaceTransformerReplacement ColumnsTransformerList ExpressionList Function Identifier InterpolateElement Literal OrderByElement
    QualifiedAsterisk QualifiedColumnsListMatcher QualifiedColumnsRegexpMatcher QueryParameter SampleRatio SelectIntersectExceptQuery
    SelectQuery SelectWithUnionQuery SetQuery Subquery TableExpression TableIdentifier TableJoin TablesInSelectQuery
    TablesInSelectQueryElement WindowDefinition WindowListElement WithElement"""
)
LAMBDA = "lambda"
OF_THE_LANGUAGE = frozenset({LAMBDA, "exists"})
"""The parser's own names for what is no function of the engine."""
FILTERS = "additional_table_filters"
CONSTANTS: Mapping[str, tuple[str, Node]] = {
    # The engine writes the Native format of revision 0, whatever the client asks for, and drivers read by the revision they are told.
    "revision": ("toUInt32", {"field_type": "UInt64", "value": 0}),
    # The engine would tell the name of the machine.
    "displayName": ("toString", {"field_type": "String", "value": "auditradar"}),
}


@dataclass(slots=True)
class Statement:
    """Be a checked statement: its tree, its format, the filters in it that are expressions, and whether it asks for the revision."""

    tree: Node
    format: str = ""
    filters: list[str] = field(default_factory=list)
    is_hello: bool = False
    is_silent: bool = False
    ends: str = ""
    """The query_id of another statement of the same reader, which is to end."""

    def into(self, path: str, fmt: str) -> str:
        """Give the tree as JSON, with its reply going to `path` in a format."""
        name = {"type": "Literal", "value": {"field_type": "String", "value": path}}
        target = {"out_file": name, "is_outfile_truncate": True, "format_ast": {"type": "Identifier", "name": fmt}}
        return json.dumps({**self.tree, **target}, ensure_ascii=False)

    @property
    def is_outline(self) -> bool:
        """Whether the engine takes the target of its reply for a part of the statement: EXPLAIN AST shows it and writes nothing there."""
        return self.tree.get("kind") == "EXPLAIN AST"

    @property
    def inner(self) -> str:
        """Give the tree as JSON, as a part of another statement."""
        return json.dumps(self.tree, ensure_ascii=False)


def check(tree: Node, vocabulary: Vocabulary, parameters: Mapping[str, str], limits: Limits) -> Statement:
    """Check a tree; Refusal says what in it is not allowed."""
    kind = tree.get("type", "")
    silent = _silent(tree, vocabulary.database)
    if silent is not None:
        return silent
    if kind not in ROOTS:
        raise Refusal(164, f"Cannot execute query in readonly mode: only reading statements are answered here, not {_words(kind)}")
    if kind == "ExplainQuery":
        _check_explain(tree)
    found = Statement(tree, _format_of(tree))
    _Walk(vocabulary, parameters, limits, found).over(tree)
    return found


def _silent(tree: Node, database: str) -> Statement | None:
    """Take what clients send and what changes nothing for others: USE of the one database there is, KILL QUERY of one statement by its id.

    Neither is run: of the second only the id is taken, and only the reader's own statement ends.
    """
    match tree:
        case {"type": "UseQuery", "database": {"type": "Identifier", "name": name}} if name == database:
            return Statement({}, is_silent=True)
        case {"type": "KillQueryQuery", "kill_type": "Query", "where_expression": {"name": "equals", "arguments": {"children": sides}}}:
            match sides:
                case [
                    {"type": "Identifier", "name": "query_id"},
                    {"type": "Literal", "value": {"field_type": "String", "value": str(ends)}},
                ]:
                    return Statement({}, is_silent=True, ends=ends) if ends and "cluster" not in tree else None
    return None


def _check_explain(tree: Node) -> None:
    if tree.get("kind") not in EXPLAINS:
        raise denied(f"{tree.get('kind')} is not answered here")
    if tree.get("query", {}).get("type") != SELECT:
        raise denied("EXPLAIN is answered for SELECT only")
    if "table_function" in tree or "table_override" in tree:
        raise denied("EXPLAIN is answered for SELECT only")


def _format_of(tree: Node) -> str:
    name = str(tree.get("format_ast", {}).get("name", ""))
    if name and name not in FORMATS:
        raise Refusal(73, f"Unknown format {name}, or one that needs a file beside it")
    return name


class _Walk:
    """Look at every node of a tree, without recursion: a reader decides how deep it is."""

    def __init__(self, vocabulary: Vocabulary, parameters: Mapping[str, str], limits: Limits, found: Statement) -> None:
        self._known = vocabulary
        self._parameters = parameters
        self._limits = limits
        self._found = found
        self._lambdas: frozenset[str] = frozenset()

    def over(self, tree: Node) -> None:
        """Check all nodes; the names of lambdas first, for they are called like functions."""
        self._lambdas = frozenset(str(node["alias"]) for _, node in nodes(tree) if node.get("name") == LAMBDA and "alias" in node)
        for place, node in nodes(tree):
            if "out_file" in node or node.get("is_into_outfile_with_stdout"):
                raise denied("INTO OUTFILE writes a file")
            kind = node.get("type")
            if kind is not None:
                self._check(place, str(kind), node)

    def _check(self, place: str, kind: str, node: Node) -> None:
        if place and kind not in INNER:
            raise denied(f"{_words(kind)} is not answered here")
        if kind == "Function":
            self._check_function(place, node)
        elif kind in {"Identifier", "TableIdentifier"} and place != "format_ast":
            self._check_name(kind, self._parts(node))
        elif kind == "ColumnsApplyTransformer" and node.get("func_name"):
            self._check_call(str(node["func_name"]))
        elif kind == "SetQuery" and place != "settings of ExplainQuery":
            self._check_settings(node)

    def _check_function(self, place: str, node: Node) -> None:
        name = str(node.get("name", ""))
        if place == "table_function":
            self._check_table_function(name)
        elif name in CONSTANTS:
            function, value = CONSTANTS[name]
            self._found.is_hello |= name == "revision"
            literal = {"type": "Literal", "value": value}
            alias = node.get("alias", f"{name}()")
            node.clear()
            arguments = {"type": "ExpressionList", "children": [literal]}
            node.update({"type": "Function", "name": function, "arguments": arguments, "alias": alias})
        elif name not in OF_THE_LANGUAGE and name not in self._lambdas:
            self._check_call(name)

    def _check_table_function(self, name: str) -> None:
        if self._known.knows_table_function(name):
            if name.lower() not in TABLE_FUNCTIONS:
                raise denied(f"the table function {name} reads from outside, or without end")
            return
        database, _, view = name.rpartition(".")
        if database not in {"", self._known.database}:
            raise denied(f"{database}.{view} is not in the database {self._known.database}")

    def _check_call(self, name: str) -> None:
        if self._known.may_call(name):
            return
        if self._known.is_forbidden(name):
            raise denied(f"the function {name} reads or does something outside the database {self._known.database}")
        raise Refusal(46, f"Function with name `{name}` does not exist")

    def _check_name(self, kind: str, parts: list[str]) -> None:
        database = parts[0] if len(parts) > 1 else ""
        if len(parts) == 1 and kind == "Identifier" and self._known.is_forbidden(parts[0]):
            raise denied(f"{parts[0]} is the name of a function that is not allowed here")
        if database == "system" and parts[1] not in SYSTEM_TABLES:
            raise denied(f"the table {'.'.join(parts)} tells of other readers or of the machine")
        own = database in {"", "system", self._known.database} or database.lower() == INFORMATION_SCHEMA
        if kind == "TableIdentifier" and not own:
            raise denied(f"{'.'.join(parts)} is not in the database {self._known.database}")

    def _parts(self, node: Node) -> list[str]:
        """Give the parts of a name, with the values of parameters in their places."""
        given = iter([self._parameters.get(str(child.get("name")), "") for child in node.get("children", [])])
        parts = [str(part) or next(given, "") for part in node.get("name_parts") or [node.get("name", "")]]
        return ".".join(parts).split(".") if node.get("children") else parts

    def _check_settings(self, node: Node) -> None:
        changes = [(str(change["name"]), change["value"]) for change in node.get("changes", [])]
        if node.get("default_settings") or set(node) - {"type", "changes", "is_standalone"}:
            raise Refusal(164, "Cannot modify settings in readonly mode but by name = value")
        chosen([(name, value.get("value")) for name, value in changes], self._limits)
        for name, value in changes:
            if name == FILTERS:
                self._found.filters += _filters(value)


def nodes(tree: Any) -> Iterator[tuple[str, Node]]:
    """Give every node of a tree with its place in the one above it; literals are values, not nodes."""
    waiting: list[tuple[str, Any]] = [("", tree)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(place or "list", part) for part in value]
        elif isinstance(value, dict):
            yield place, value
            if value.get("type") != "Literal":
                kind = value.get("type", "")
                waiting += [(f"{key} of {kind}" if key == "settings" else key, part) for key, part in value.items()]


def _filters(value: Node) -> list[str]:
    """Take the expressions out of a map of table and filter."""
    if value.get("field_type") != "Map":
        raise Refusal(36, f"{FILTERS} must be a map of table and filter")
    return [str(pair["value"][1]["value"]) for pair in value.get("value", [])]


def _words(kind: str) -> str:
    """Say a kind of node in words: KillQueryQuery is KILL QUERY."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in kind.removesuffix("Query"))
    return f"{spaced.strip().upper() or 'this'} statements"
