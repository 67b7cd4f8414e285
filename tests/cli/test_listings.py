import csv
import io
from typing import Any

import orjson
import pytest

from tests.cli.conftest import Run
from tests.cli.made import HOSTILE


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = orjson.loads(result.stdout)
    return found


def test_a_login_is_the_first_request_and_the_first_after_a_gap(run: Run) -> None:
    found = [(row["login_at"], row["evidence"], row["client_ip"], row["method"]) for row in rows(run, "logins", "--actor", "mia")]
    assert found == [
        ("2026-03-01T18:00:00.000000Z", "idle-gap", "203.0.113.5", "kubectl"),
        ("2026-03-01T08:00:00.000000Z", "first-seen", "203.0.113.5", "kubectl"),
    ]


def test_the_real_sample_has_one_login(run: Run) -> None:
    assert [(row["actor"], row["platform"], row["method"]) for row in rows(run, "logins", "--cluster", "real")] == [
        ("kube:admin", "openshift", "oc")
    ]


def test_sessions_say_what_was_done(run: Run) -> None:
    [late, early] = rows(run, "sessions", "--actor", "mia")
    assert (early["requests"], early["writes"], early["denied"], early["end_reason"]) == (4, 1, 1, "idle")
    assert (early["duration_seconds"], early["acting_as"]) == (1200.5, ["boss"])
    assert (late["requests"], late["end_reason"], late["ended_at"]) == (1, "open", None)


def test_a_gap_of_exactly_the_length_asked_for_does_not_cut(run: Run) -> None:
    found = [(row["started_at"][11:16], row["last_seen_at"][11:16]) for row in rows(run, "sessions", "--actor", "mia", "--gap", "5m")]
    assert found == [("18:00", "18:00"), ("08:10", "08:20"), ("08:00", "08:00")]
    assert len(rows(run, "logins", "--actor", "mia", "--gap", "5m")) == 3


def test_only_open_sessions(run: Run) -> None:
    assert [row["actor"] for row in rows(run, "sessions", "--open", "--cluster", "hand")] == ["mia", HOSTILE]


def test_logouts_are_the_ends_of_sessions(run: Run) -> None:
    assert [(row["actor"], row["kind"], row["logout_at"]) for row in rows(run, "logouts", "--cluster", "hand")] == [
        ("mia", "idle", "2026-03-01T08:20:00.500000Z")
    ]


def test_failures_name_nobody(run: Run) -> None:
    found = [(row["attempted_at"][11:19], row["actor"], row["class"], row["target"]) for row in rows(run, "failures", "--cluster", "hand")]
    assert found == [
        ("09:00:02", "", "bad-credential", "list nodes"),
        ("09:00:01", "", "bad-credential", "list pods"),
        ("09:00:00", "", "bad-credential", "list secrets"),
    ]


def test_bursts_put_them_together(run: Run) -> None:
    [burst] = rows(run, "failures", "--bursts", "--cluster", "hand")
    assert (burst["client_ip"], burst["client"], burst["attempts"], burst["distinct_targets"]) == ("198.51.100.9", "curl", 3, 3)


def test_the_summary_of_failures_goes_to_standard_error(run: Run) -> None:
    result = run("failures", "--cluster", "hand")
    assert "3 attempts from 1 address in 1 burst; most in one: 3 from 198.51.100.9 with curl." in result.stderr
    assert "attempts from" not in result.stdout


def test_denied_is_about_known_users(run: Run) -> None:
    assert [(row["actor"], row["target"]) for row in rows(run, "denied", "--cluster", "hand")] == [("mia", "list secrets in kube-system")]


def test_an_address_may_be_a_network(run: Run) -> None:
    assert len(rows(run, "logins", "--address", "203.0.113.0/24", "--cluster", "hand")) == 2
    assert [row["actor"] for row in rows(run, "logins", "--address", "2001:db8::/32")] == [HOSTILE]
    assert rows(run, "logins", "--address", "203.0.113.6") == []


def test_a_duration_counts_back_from_the_newest_event(run: Run) -> None:
    assert [row["login_at"][11:16] for row in rows(run, "logins", "--cluster", "hand", "--since", "1h")] == ["18:00"]
    assert [row["login_at"][11:16] for row in rows(run, "logins", "--cluster", "hand", "--until", "9h")] == ["08:00"]


def test_moments_are_utc_unless_they_say_otherwise(run: Run) -> None:
    assert len(rows(run, "logins", "--actor", "mia", "--since", "2026-03-01T18:00")) == 1
    assert rows(run, "logins", "--actor", "mia", "--since", "2026-03-01T18:00-01:00") == []


@pytest.mark.parametrize("pattern", ["m*", "*ia", "mia", "*i*"])
def test_names_match_whole_or_with_an_asterisk(run: Run, pattern: str) -> None:
    assert len(rows(run, "logins", "--cluster", "hand", "--actor", pattern)) == 2


def test_a_name_is_no_regular_expression(run: Run) -> None:
    assert rows(run, "logins", "--actor", "m.a") == []
    assert rows(run, "logins", "--actor", "mi") == []


def test_a_table_is_cut_and_says_so(run: Run) -> None:
    result = run("logins", "--limit", "1")
    assert len(result.stdout.splitlines()) == 3
    assert "The newest 1 of 4 logins" in result.stderr
    assert "--limit 0 shows all" in result.stderr


def test_an_empty_answer_says_what_was_looked_for(run: Run) -> None:
    result = run("logins", "--actor", "nobody", "--since", "7d")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (
        "No logins with user nobody; 2026-02-22 18:00:00 to 2026-03-01 18:00:00 UTC, counted back from the newest event." in result.stderr
    )


def test_an_empty_answer_is_complete_in_every_format(run: Run) -> None:
    assert run("logins", "--actor", "nobody", "--format", "json").stdout == "[]\n"
    assert run("logins", "--actor", "nobody", "--format", "jsonl").stdout == ""
    assert run("logins", "--actor", "nobody", "--format", "csv").stdout.startswith("login_at,cluster,platform,actor,")


def test_all_formats_hold_the_same_rows(run: Run) -> None:
    wanted = rows(run, "sessions")
    assert len(wanted) == 4
    by_line = [orjson.loads(line) for line in run("sessions", "--format", "jsonl").stdout.splitlines()]
    assert by_line == wanted
    table = list(csv.DictReader(io.StringIO(run("sessions", "--format", "csv").stdout, newline="")))
    assert [row["session_id"] for row in table] == [row["session_id"] for row in wanted]
    assert [orjson.loads(row["clients"]) for row in table] == [row["clients"] for row in wanted]
    assert HOSTILE in {row["actor"] for row in table}


def test_log_data_never_reaches_the_terminal_as_it_is(run: Run) -> None:
    for arguments in (("logins",), ("logins", "--format", "markdown"), ("who", HOSTILE), ("who", "eve*"), ("events", "--all-kinds")):
        shown = run(*arguments)
        assert shown.exit_code == 0
        assert "eve\\x1b" in shown.stdout.replace("\\\\x1b", "\\x1b")
        assert not set("\x1b\x9b\u202e") & set(shown.output)


def test_markdown_keeps_a_cell_a_cell(run: Run) -> None:
    lines = run("logins", "--format", "markdown", "--actor", "eve*").stdout.splitlines()
    assert len(lines) == 3
    assert lines[2].replace("\\|", "").count("|") == lines[0].count("|")


@pytest.mark.parametrize("width", ["80", "120", "200"])
@pytest.mark.parametrize("command", ["logins", "logouts", "sessions", "failures", "denied", "coverage", "events"])
def test_tables_fit_and_never_cut_a_time_or_an_address(run: Run, width: str, command: str) -> None:
    result = run(command, env={"COLUMNS": width})
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= int(width)
    for line in result.stdout.splitlines():
        assert "2026-03-01 0" not in line or "…" not in line.split("2026-03-01 0")[1][:8]
    if command in ("logins", "sessions"):
        assert "2026-03-01 18:00:00" in result.stdout
        assert "203.0.113.5" in result.stdout
