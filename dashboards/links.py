"""Where a click leads: from a number to its rows, from a row to the person and to the raw event, from a panel to the next question."""

from typing import Any

from auditradar.dashboards.defaults import ACCESS, PEOPLE, PROOF, UID_PREFIX

_CARRIED = ("datasource", "cluster", "platform")


def path(slug: str, **variables: str) -> str:
    """Write the address of a dashboard that keeps time and scope; values are texts with Grafana's own `${…}` and go before the scope's."""
    carried = [f"${{{name}:queryparam}}" for name in _CARRIED if name not in variables]
    chosen = [f"var-{name}={value}" for name, value in variables.items()]
    return f"/d/{UID_PREFIX}{slug}?{'&'.join(['${__url_time_range}', *carried, *chosen])}"


def field(name: str) -> str:
    """Name a column of the clicked row, safe within an address."""
    return f"${{__data.fields.{name}:percentencode}}"


def data_link(title: str, url: str) -> dict[str, Any]:
    """Make a link of a value or a row."""
    return {"title": title, "url": url, "targetBlank": False}


def panel_link(title: str, slug: str, panel: int = 0, **variables: str) -> dict[str, Any]:
    """Make the link in a panel's corner: the next question, on one panel alone where its id is given."""
    alone = f"&viewPanel=panel-{panel}" if panel else ""
    return _link(title, type="link", url=path(slug, **variables) + alone, icon="external link")


def plain_link(title: str, url: str) -> dict[str, Any]:
    """Make a link in a panel's corner to a page that is no dashboard."""
    return _link(title, type="link", url=url, icon="external link")


def to_person(column: str) -> dict[str, Any]:
    """Lead from a row to everything about the person in it."""
    return data_link("Everything about this identity", path("who", actor=field(column)))


def to_requests(title: str = "Show the requests", **variables: str) -> dict[str, Any]:
    """Lead from a row or number to the requests behind it."""
    return data_link(title, path("events", **variables))


def to_event(column: str) -> dict[str, Any]:
    """Lead from a row to the raw event that proves it; the event may lie outside the range, so no time goes along."""
    return data_link("The raw event", f"/d/{UID_PREFIX}event?${{datasource:queryparam}}&var-audit_id={field(column)}")


def navigation() -> list[dict[str, Any]]:
    """Give the menus on top of every dashboard; they keep time and variables, and list what has the tag."""
    menus = (("People", PEOPLE), ("Access", ACCESS), ("Proof", PROOF))
    home = _link("Overview", type="link", url=f"/d/{UID_PREFIX}overview", icon="dashboard", keepTime=True, includeVars=True)
    return [home, *(_link(title, type="dashboards", tags=[tag], asDropdown=True, keepTime=True, includeVars=True) for title, tag in menus)]


def _link(title: str, **facts: Any) -> dict[str, Any]:
    off = dict.fromkeys(("asDropdown", "includeVars", "keepTime", "targetBlank"), False)
    return {"icon": "", "tags": [], "tooltip": "", "url": "", **off, "title": title, **facts}
