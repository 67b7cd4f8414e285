"""The port of Grafana's and the data source's interpolation, against what their documentation and source say."""

from datetime import UTC, datetime

import pytest

from auditradar.dashboards.macros import ALL, Range, apply_adhoc, apply_backend, conditional_all, expand, interpolate, without_comments

WHEN = Range(datetime(2026, 1, 5, 10, 0, 0, 900_000, tzinfo=UTC), datetime(2026, 1, 5, 11, tzinfo=UTC), 30)
BEGIN, END = "toDateTime(1767607200)", "toDateTime(1767610800)"


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("$__timeFilter(at)", f"at >= {BEGIN} AND at <= {END}"),
        ("$__timeFilter_ms(at)", "at >= fromUnixTimestamp64Milli(1767607200900) AND at <= fromUnixTimestamp64Milli(1767610800000)"),
        ("$__dateFilter(d)", "d >= toDate('2026-01-05') AND d <= toDate('2026-01-05')"),
        ("$__dateTimeFilter(d, t)", f"(d >= toDate('2026-01-05') AND d <= toDate('2026-01-05')) AND (t >= {BEGIN} AND t <= {END})"),
        ("$__dt(d, t)", f"(d >= toDate('2026-01-05') AND d <= toDate('2026-01-05')) AND (t >= {BEGIN} AND t <= {END})"),
        ("$__timeFrom(at)", f"at >= {BEGIN}"),
        ("$__timeTo(at)", f"at <= {END}"),
        ("$__fromTime", BEGIN),
        ("$__toTime", END),
        ("$__fromTime_ms", "fromUnixTimestamp64Milli(1767607200900)"),
        ("$__toTime_ms", "fromUnixTimestamp64Milli(1767610800000)"),
        ("$__timeInterval(at)", "toStartOfInterval(toDateTime(at), INTERVAL 30 second)"),
        ("$__timeInterval_ms(at)", "toStartOfInterval(toDateTime64(at, 3), INTERVAL 30000 millisecond)"),
        ("$__interval_s", "30"),
        ("$__timeFilter(toDateTime(f(a, b)))", f"toDateTime(f(a, b)) >= {BEGIN} AND toDateTime(f(a, b)) <= {END}"),
        ("$__unknown(x)", "$__unknown(x)"),
        ("'$__fromTime'", "'$__fromTime'"),
        ("x -- $__fromTime\n+ 1", "x \n+ 1"),
    ],
)
def test_a_macro_of_the_backend_gives(text: str, gives: str) -> None:
    assert apply_backend(text, WHEN) == gives


@pytest.mark.parametrize(
    ("value", "gives"),
    [
        ("", "1=1"),
        (ALL, "1=1"),
        ([ALL], "1=1"),
        ([], "1=1"),
        ("a", "f(x, ${v}) > 0"),
        (["a", "b"], "f(x, ${v}) > 0"),
    ],
)
def test_a_condition_goes_where_its_variable_is_all_or_empty(value: str, gives: str) -> None:
    assert conditional_all("$__conditionalAll(f(x, ${v}) > 0, $v)", {"v": value}) == gives


def test_a_condition_stays_for_a_variable_that_the_dashboard_does_not_have() -> None:
    assert conditional_all("$__conditionalAll(x = 1, $other)", {}) == "x = 1"


def test_several_conditions_are_independent() -> None:
    text = "$__conditionalAll(x IN (f('${a}')), $a) AND $__conditionalAll(y, $b) AND $__conditionalAll(x IN (f('${a}')), $a)"
    assert conditional_all(text, {"a": "1", "b": ""}) == "x IN (f('${a}')) AND 1=1 AND x IN (f('${a}'))"


@pytest.mark.parametrize(
    ("text", "value", "gives"),
    [
        ("${v:percentencode}", "a b", "a%20b"),
        ("${v:percentencode}", ["a"], "%7Ba%7D"),
        ("${v:percentencode}", ["a", "b'c"], "%7Ba%2Cb%27c%7D"),
        ("${v:percentencode}", "$(!*')/\\-_.~", "%24%28%21%2A%27%29%2F%5C-_.~"),
        ("${v:singlequote}", ["a", "b'c"], "'a','b\\'c'"),
        ("$v ${v}", "x", "x x"),
        ("$other", "x", "$other"),
    ],
)
def test_a_variable_is_written_in_its_format(text: str, value: str, gives: str) -> None:
    assert interpolate(text, {"v": value}) == gives


def test_an_unknown_format_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        interpolate("${v:doublequote}", {"v": "x"})


def test_a_value_that_looks_like_a_macro_stays_a_value() -> None:
    assert "toDateTime" not in expand("f('${v:percentencode}')", {"v": "$__fromTime -- '"}, WHEN)


def test_no_ad_hoc_filter_sets_nothing() -> None:
    assert apply_adhoc("SETTINGS $__adHocFilters('events')", []) == "SETTINGS additional_table_filters={}"


def test_ad_hoc_filters_become_a_setting_of_the_table() -> None:
    filters = [("verb", "=", "get"), ("code", "!=", "200")]
    wanted = "SETTINGS additional_table_filters={'events': ' verb = \\'get\\'  AND  code != \\'200\\' '}"
    assert apply_adhoc("SETTINGS $__adHocFilters('events')", filters) == wanted


def test_a_dash_within_a_string_is_no_comment() -> None:
    assert without_comments("'a -- b' -- c\n/* d */ e") == "'a -- b' \n e"
