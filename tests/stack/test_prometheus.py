"""The files for Prometheus: parts of its configuration that name only what a running process says."""

import re

import yaml

from auditradar.ingest.serve.metrics import Metrics
from tests.stack.users import ROOT

FOLDER = ROOT / "deploy/prometheus"
NUMBER = re.compile(r"\bauditradar_\w+")


def test_alerts_name_only_numbers_that_exist() -> None:
    rules = [rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
    assert len(rules) >= 7
    named = {number for rule in rules for number in NUMBER.findall(rule["expr"])}
    assert len(named) >= 6
    assert named <= numbers()
    assert all(rule["labels"]["severity"] in {"warning", "critical"} and rule["annotations"]["summary"].endswith(".") for rule in rules)


def test_the_page_names_only_numbers_that_exist_and_shows_the_same_scrape() -> None:
    page = (ROOT / "docs/20-streams.md").read_text(encoding="utf-8")
    assert set(NUMBER.findall(page)) <= numbers()
    (shown,) = re.findall(r"^```yaml\n(scrape_configs:\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert yaml.safe_load(shown) == yaml.safe_load((FOLDER / "scrape.yml").read_text(encoding="utf-8"))


def numbers() -> set[str]:
    """List the numbers of a process, as Prometheus names them; those of the spool are added where the process is put together."""
    families = Metrics().registry.collect()
    process = (ROOT / "ingest/serve/process.py").read_text(encoding="utf-8")
    return {family.name + ("_total" if family.type == "counter" else "") for family in families} | set(NUMBER.findall(process))
