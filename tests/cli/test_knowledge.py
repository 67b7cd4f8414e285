import orjson

from tests.cli.conftest import Run


def test_status_counts_each_cluster(run: Run) -> None:
    status = orjson.loads(run("status", "--format", "json").stdout)
    found = {
        row["cluster"]: (row["platform"], row["events"], row["requests"], row["sessions"], row["failed_attempts"], row["rejected"])
        for row in status["clusters"]
    }
    assert found == {"hand": ("kubernetes", 14, 14, 3, 3, 1), "real": ("openshift", 100, 100, 1, 0, 0)}
    assert (status["rejected"], status["exists"], status["rules_current"]) == (1, True, True)


def test_status_says_what_to_do_next(run: Run) -> None:
    shown = run("status").stdout
    for words in ("auditradar logins", "auditradar failures --bursts", "auditradar rejected", "those of the configuration"):
        assert words in shown


def test_a_hole_is_shown_before_what_is_known(run: Run) -> None:
    known = orjson.loads(run("coverage", "--cluster", "hand", "--format", "json").stdout)
    assert [(row["hole_from"], row["hole_until"], row["hours"]) for row in known["holes"]] == [
        ("2026-03-01T11:00:00Z", "2026-03-01T18:00:00Z", 7)
    ]
    [total] = known["totals"]
    assert (total["events"], total["hours"], total["hours_without_events"], total["rejected"]) == (14, 11, 7, 1)
    assert any("logout" in spot["why"] for spot in known["blind_spots"])


def test_coverage_says_what_no_log_can_show(run: Run) -> None:
    result = run("coverage")
    assert "Nothing is known of" in result.stdout
    assert "names nobody" in result.stderr


def test_hours_are_listed_one_by_one(run: Run) -> None:
    hours = orjson.loads(run("coverage", "--hours", "--cluster", "hand", "--format", "json").stdout)
    assert [(row["hour"][11:13], row["events"]) for row in hours if row["events"]] == [("18", 1), ("10", 1), ("09", 3), ("08", 9)]
    assert len(hours) == 11


def test_rejected_records_have_a_place_and_a_reason(run: Run) -> None:
    [row] = orjson.loads(run("rejected", "--format", "json").stdout)
    assert (row["cluster"], row["position"], row["raw"]) == ("hand", 15, "this is no event")
    assert row["source"].endswith("audit.log")
    assert row["reason"]


def test_rejected_records_can_be_narrowed(run: Run) -> None:
    assert orjson.loads(run("rejected", "--source", "*/other.log", "--format", "json").stdout) == []
    assert len(orjson.loads(run("rejected", "--source", "*audit.log", "--format", "json").stdout)) == 1
