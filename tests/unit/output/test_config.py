import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.output.config import toml_entry

SCALARS = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.text(), st.lists(st.text()))


@given(SCALARS)
def test_a_setting_is_read_back_as_it_was(value: Any) -> None:
    assert tomllib.loads(toml_entry("setting", value)) == {"setting": value}


@given(st.dictionaries(st.text(), st.fixed_dictionaries({"trusted_proxies": st.lists(st.text())}), min_size=1))
def test_tables_are_read_back_whatever_their_names(clusters: dict[str, Any]) -> None:
    assert tomllib.loads(toml_entry("clusters", clusters)) == {"clusters": clusters}


@given(st.lists(st.fixed_dictionaries({"pattern": st.text(), "interactive": st.booleans()}), min_size=1))
def test_lists_of_tables_are_read_back(rules: list[dict[str, Any]]) -> None:
    assert tomllib.loads(toml_entry("client_rules", rules)) == {"client_rules": rules}
