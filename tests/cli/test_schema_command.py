import orjson

from tests.cli.conftest import Run, Spawn


def test_a_store_that_is_up_to_date_needs_nothing(run: Run) -> None:
    result = run("schema", "diff")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to do" in result.stderr


def test_objects_and_columns_are_explained(run: Run) -> None:
    objects = {row["name"]: row["kind"] for row in orjson.loads(run("schema", "show", "--format", "json").stdout)}
    assert (objects["events"], objects["logins"], objects["events_to_activity"]) == ("table", "view", "feed")
    columns = {row["name"]: row["comment"] for row in orjson.loads(run("schema", "show", "sessions", "--format", "json").stdout)}
    assert columns["denied"] == "Distinct requests refused by authorization."
    assert "Who acted" in run("schema", "show", "sessions").stdout


def test_the_statements_need_no_store(run: Run) -> None:
    shown = run("schema", "show", "--ddl", "actor_kind").stdout
    assert "CREATE OR REPLACE FUNCTION actor_kind" in shown
    assert "CREATE TABLE" not in shown


def test_an_object_that_is_not_there_is_status_1(run: Run) -> None:
    result = run("schema", "show", "nosuch")
    assert result.exit_code == 1
    assert "cannot show nosuch: there is no such object" in result.stderr


def test_a_new_store_is_made_once(spawn: Spawn, tmp_path: object) -> None:
    dsn = f"chdb://{tmp_path}/store"
    assert "CREATE TABLE IF NOT EXISTS events" in spawn("schema", "diff", "--dsn", dsn).stdout
    assert "steps taken" in spawn("schema", "apply", "--dsn", dsn).stderr
    assert "nothing was changed" in spawn("schema", "apply", "--dsn", dsn).stderr
