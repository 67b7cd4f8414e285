import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditradar.ingest.reading.filters import AddressRange, EventFilter, address_range, glob_pattern, resource_pattern


@given(st.text(min_size=1).filter(lambda name: "*" not in name))
def test_a_name_matches_itself_and_nothing_around_it(name: str) -> None:
    pattern = re.compile(glob_pattern([name]))
    assert pattern.match(name)
    assert not pattern.match(name + "x")
    assert not pattern.match("x" + name)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("ali*", "alice", True),
        ("*ice", "alice", True),
        ("*", "", True),
        ("a*e", "alice", True),
        ("a.ice", "alice", False),
        ("*\nb", "a\nb", True),
        ("ali", "alice", False),
    ],
)
def test_an_asterisk_stands_for_any_text(pattern: str, name: str, matches: bool) -> None:
    assert bool(re.match(glob_pattern([pattern]), name)) is matches


def test_no_names_are_no_filter() -> None:
    assert glob_pattern([]) == ""
    assert resource_pattern([]) == ""


@pytest.mark.parametrize(
    ("wanted", "found", "matches"),
    [
        ("pods", "pods", True),
        ("pods", "pods/exec", True),
        ("pods", "podsecurity", False),
        ("pods/exec", "pods/exec", True),
        ("pods/exec", "pods", False),
        ("*/exec", "pods/exec", True),
        ("*/exec", "pods", False),
    ],
)
def test_a_resource_means_its_subresources_too(wanted: str, found: str, matches: bool) -> None:
    assert bool(re.match(resource_pattern([wanted]), found)) is matches


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(v=6))
def test_an_address_lies_in_its_own_network(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    network = address_range(f"{address}/{16 if address.version == 4 else 64}")
    as_number = int(ipaddress.IPv6Address(f"::ffff:{address}" if address.version == 4 else str(address)))
    assert int(ipaddress.IPv6Address(network.low)) <= as_number <= int(ipaddress.IPv6Address(network.high))


@pytest.mark.parametrize("text", ["", "10.0.0", "300.1.1.1", "host", "10.0.0.0/33", "::1/129"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        address_range(text)


def test_who_names_an_actor_means_exactly_that_one() -> None:
    assert not EventFilter().everybody
    assert EventFilter(actor=("kube-proxy",)).everybody
    assert EventFilter(audit_ids=("x",)).everybody


def test_events_are_looked_through_first_unless_everything_is_wanted() -> None:
    assert EventFilter().parameters["preselect"] is True
    assert EventFilter(all_kinds=True).parameters["preselect"] is False
    assert EventFilter(all_kinds=True, verb=("delete",)).parameters["preselect"] is True
    assert EventFilter(all_kinds=True, address=AddressRange("::1", "::1")).parameters["preselect"] is False
