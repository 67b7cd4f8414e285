"""Put a user of the stack's ClickHouse into the role of `default`, the only user the embedded engine can be."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
USERS = ROOT / "deploy/clickhouse/users.d/auditradar.xml"
CONFIG = ROOT / "deploy/clickhouse/config.d/auditradar.xml"
EVERYBODY = "everybody"
"""Somebody with all rights: what is refused to them is refused by the server's configuration alone."""
CHANGEABLE = "changeable_in_readonly"
"""The embedded engine never reads access_control_improvements, so it refuses this constraint; see `become`."""

Answer = tuple[bool, Any]


def names() -> set[str]:
    """List the users of the stack."""
    return {user.tag for user in _section(_users(), "users")}


def password_variables() -> set[str]:
    """List the environment variables that passwords come from."""
    return {password.attrib["from_env"] for password in _users().iter("password") if "from_env" in password.attrib}


def become(user: str, folder: Path, *, readonly: str = "") -> Path:
    """Write a configuration in which `default` has the grants, the profile and the quota of `user`.

    What is changeable_in_readonly cannot be tried as it is. With readonly = 2 everything may be set but what the constraints refuse, so the
    constraints themselves can.
    """
    tree = _users()
    users, profiles = _section(tree, "users"), _section(tree, "profiles")
    role = _everybody() if user == EVERYBODY else copy.deepcopy(_section(users, user))
    for part in ("password", "networks"):
        role.remove(_section(role, part))
    role.tag = "default"
    role.attrib.clear()
    ET.SubElement(role, "password")
    ET.SubElement(ET.SubElement(role, "networks"), "ip").text = "127.0.0.1"
    users.remove(_section(users, "default"))
    users.append(role)
    ET.SubElement(profiles, "default")  # of the server's own users.xml, into which ours is merged
    for password in tree.iter("password"):
        if password.attrib.pop("from_env", ""):
            password.text = "unused"
    for constraint in profiles.iterfind("*/constraints/*"):
        for mark in constraint.findall(CHANGEABLE):
            constraint.remove(mark)
    if readonly:
        _section(_section(profiles, _section(role, "profile").text or ""), "readonly").text = readonly
    (folder / f"{user}-users.xml").write_bytes(ET.tostring(tree))
    return _config(folder, user)


def changeable(profile: str) -> set[str]:
    """List the settings that a read-only profile lets its user change."""
    constraints = _section(_section(_section(_users(), "profiles"), profile), "constraints")
    return {setting.tag for setting in constraints if setting.find(CHANGEABLE) is not None}


def ask(store: Path, config: Path, questions: list[tuple[str, str]]) -> list[Answer]:
    """Let an engine with that configuration do all of them, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("engine_as.py")), str(store), str(config)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return [(answer[0], answer[1]) for answer in json.loads(done.stdout.splitlines()[-1])]


def _users() -> ET.Element:
    return ET.parse(USERS).getroot()  # noqa: S314 - our own file


def _section(element: ET.Element, name: str) -> ET.Element:
    found = element.find(name)
    assert found is not None, f"there is no {name} in {element.tag}"
    return found


def _everybody() -> ET.Element:
    role = ET.Element(EVERYBODY)
    for name, text in {"password": "", "networks": "", "profile": "owner", "quota": "unlimited"}.items():
        ET.SubElement(role, name).text = text
    ET.SubElement(ET.SubElement(role, "grants"), "query").text = "GRANT ALL ON *.*"
    return role


def _config(folder: Path, user: str) -> Path:
    """Take from the server's configuration what the embedded engine obeys too."""
    root = ET.Element("clickhouse")
    ET.SubElement(root, "users_config").text = str(folder / f"{user}-users.xml")
    root.append(_section(ET.parse(CONFIG).getroot(), "remote_url_allow_hosts"))  # noqa: S314 - our own file
    path = folder / f"{user}.xml"
    path.write_bytes(ET.tostring(root))
    return path
