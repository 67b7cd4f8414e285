"""The filters on top of a dashboard; a variable means the same wherever it appears."""

from typing import Any

from grafanalib import core

from auditradar.dashboards.defaults import DATASOURCE, DATASOURCE_NAME, DATASOURCE_TYPE, DATASOURCE_UID
from auditradar.dashboards.targets import source

ALL = {"selected": True, "text": ["All"], "value": ["$__all"]}
ON_LOAD, ON_TIME_RANGE = 1, 2
"""When Grafana asks for the values again: with the page, or whenever the time range changes."""
HIDDEN = 2
PROVISIONED = {"selected": True, "text": DATASOURCE_NAME, "value": DATASOURCE_UID}
"""The data source that comes with the dashboards; where it does not exist, Grafana takes the first of its type."""

Variable = dict[str, Any]


def _variable(name: str, label: str, kind: str, query: Any, **facts: Any) -> Variable:
    """Let grafanalib write the skeleton; what its Template cannot say is added."""
    template = core.Template(name=name, label=label, type=kind, query=query)
    return {**template.to_json_data(), "skipUrlSync": False, **facts}


def datasource() -> Variable:
    """Choose among the ClickHouse data sources; the only one is taken by itself."""
    words = "Where the audit events are kept."
    return _variable("datasource", "Store", "datasource", DATASOURCE_TYPE, refresh=ON_LOAD, current=PROVISIONED, description=words)


def choice(name: str, label: str, description: str) -> Variable:
    """Offer what `sql/panels/variables/<name>.sql` finds; several values or All."""
    sql = source(f"variables/{name}").text
    query = {"refId": f"variable-{name}", "queryType": "sql", "editorType": "sql", "rawSql": sql}
    facts = {"datasource": DATASOURCE, "definition": sql, "refresh": ON_TIME_RANGE if "$__" in sql else ON_LOAD, "description": description}
    return _variable(name, label, "query", query, multi=True, includeAll=True, current=ALL, sort=0, **facts)


def person() -> Variable:
    """Offer the identities seen last; any other name may be typed."""
    sql = source("variables/actor").text
    query = {"refId": "variable-actor", "queryType": "sql", "editorType": "sql", "rawSql": sql}
    facts = {
        "datasource": DATASOURCE,
        "definition": sql,
        "refresh": ON_TIME_RANGE,
        "allowCustomValue": True,
        "multi": False,
        "includeAll": False,
    }
    words = "The user name, exactly. People first; type any other name."
    return _variable("actor", "Who", "query", query, current={}, sort=0, description=words, **facts)


def text(name: str, label: str, description: str) -> Variable:
    """Take free text; empty means no filter."""
    empty = {"selected": True, "text": "", "value": ""}
    return _variable(name, label, "textbox", "", current=empty, options=[empty], description=description)


def custom(name: str, label: str, description: str, values: dict[str, str]) -> Variable:
    """Offer a fixed list: text by value; the first is taken."""
    options = [{"selected": index == 0, "text": words, "value": value} for index, (value, words) in enumerate(values.items())]
    query = ", ".join(f"{words} : {value}" for value, words in values.items())
    return _variable(
        name, label, "custom", query, current=options[0], options=options, multi=False, includeAll=False, description=description
    )


def hidden(variable: Variable) -> Variable:
    """Carry a variable along without showing it, for the links of a page."""
    return {**variable, "hide": HIDDEN}


def several(name: str, label: str, description: str, values: tuple[str, ...]) -> Variable:
    """Offer a fixed list of which several may be taken, or All."""
    options = [{"selected": False, "text": value, "value": value} for value in values]
    facts = {"current": ALL, "options": options, "multi": True, "includeAll": True, "description": description}
    return _variable(name, label, "custom", ",".join(values), **facts)


def adhoc() -> list[Variable]:
    """Add a filter of any column of `events`, and the hidden constant that tells the data source where the columns are."""
    columns = source("variables/adhoc").text
    constant = {"selected": True, "text": columns, "value": columns}
    where = _variable(
        "clickhouse_adhoc_query", "", "constant", columns, current=constant, options=[constant], hide=HIDDEN, skipUrlSync=True
    )
    words = "Filter by any other column. A value with a quote or a backslash cannot be used here: the data source does not escape it."
    return [where, _variable("filters", "More", "adhoc", "", datasource=DATASOURCE, current={}, filters=[], description=words)]


CLUSTER = choice("cluster", "Cluster", "Label of the audited cluster, chosen at load.")
PLATFORM = choice("platform", "Platform", "Kind of cluster, by the strongest evidence in all its events.")
ACTOR_KIND = choice("actor_kind", "Kind of actor", "People, service accounts, nodes …; by the rows of actor_rules.")
VERB = choice("verb", "Verb", "Kubernetes verb, or the HTTP method of requests for no resource.")
OUTCOME = choice("outcome", "Outcome", "What became of the request.")
REFUSED = several(
    "refused", "Refused by authorization", "A 403 may also come from admission or a quota; those are not meant.", ("yes", "no")
)
METHOD = choice("method", "Method", "How the person came in, by the program of the first request: a hint.")
CONFIDENCE = several(
    "confidence",
    "Known how",
    "Recorded: the platform said so. Inferred: from the first request, or the first after a gap.",
    ("recorded", "inferred"),
)
ACTOR = text("actor", "Who", "User name; * stands for any text, so *alice* finds corp:alice@example.org.")
RESOURCE = text("resource", "Resource", "Such as secrets or pods/exec; * stands for any text.")
NAMESPACE = text("namespace", "Namespace", "Name of the namespace; * stands for any text.")
NAME = text("name", "Object", "Name of the object; * stands for any text.")
CLIENT = text("client", "Program", "Program by the user agent, such as kubectl; * stands for any text.")
CLIENT_IP = text("client_ip", "Address", "An address, or a network such as 10.0.0.0/8.")
SEARCH = text("search", "Text", "Text in URI, name, message, user agent or a user name; upper or lower case.")
AUDIT_ID = text("audit_id", "Audit id", "The auditID of a request, exactly.")
GAP = custom(
    "gap",
    "Gap",
    "Silence that ends a session, for the last part of the page; all else keeps the configured gap.",
    {"3600": "1 hour", "900": "15 minutes", "1800": "30 minutes", "14400": "4 hours", "28800": "8 hours", "86400": "1 day"},
)
