"""Evidence packs: complete, reproducible, verifiable, and nothing where something failed."""

import csv
import re
import shutil
import subprocess
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from auditradar.ingest.cli import cli
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import ReportError
from auditradar.ingest.report.manifest import MANIFEST, SIGNATURE, SUMS
from auditradar.ingest.report.order import Order, find_framework
from auditradar.ingest.report.pack import Place, write_pack
from auditradar.ingest.report.proof import prove
from auditradar.ingest.report.store import Store
from auditradar.ingest.report.verification import verify_pack
from auditradar.ingest.signing import SigningKey, VerifyKey
from tests.report.made import HOSTILE

STAMPED = {"index.html", "report.pdf", MANIFEST, SUMS}
Run = Callable[..., Result]


@pytest.fixture
def copy(pack: Path, tmp_path: Path) -> Path:
    """Give a pack that may be damaged."""
    return shutil.copytree(pack, tmp_path / "copy")


@pytest.fixture
def run(engine: Engine, tmp_path: Path) -> Run:
    """Run the command on the store of the tests, in a folder of its own."""

    def invoke(*arguments: str) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path)
            return CliRunner().invoke(cli, ["report", *arguments, "--dsn", str(engine.dsn)])

    return invoke


def keys(folder: Path, name: str) -> tuple[SigningKey, VerifyKey]:
    """Let openssl make a pair of keys, as a user does."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True)  # noqa: S607
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)  # noqa: S607
    return SigningKey.from_file(private), VerifyKey.from_file(public)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_pack_has_data_page_document_and_proof(pack: Path) -> None:
    names = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    wanted = {f"controls/{number}.{suffix}" for number in (1, 2, 3, 10) for suffix in ("csv", "parquet", "sql", "verdict.sql")}
    data = {
        f"{name}.{suffix}"
        for name in ("clusters", "holes", "hours", "rejected", "days", "blind_spots")
        for suffix in ("csv", "parquet", "sql")
    }
    wanted |= {f"coverage/{name}" for name in data} | {f"proof/ledger.{suffix}" for suffix in ("csv", "parquet", "sql")}
    assert wanted | STAMPED | {"proof/proof.json", "parameters.json", "verdicts.csv"} == names
    assert (pack / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert b"/StructTreeRoot" in (pack / "report.pdf").read_bytes()


def test_the_data_are_the_rows_of_the_store(pack: Path, engine: Engine, order: Order) -> None:
    evidence = order.framework.controls[0].evidence
    wanted = engine.rows(f"SELECT count() FROM ({evidence.text})", {**order.parameters, **evidence.values})[0][0]
    assert len(rows_of(pack / "controls/1.csv")) == wanted == len(HOSTILE) + 1
    packed = engine.rows(f"SELECT actor, requests FROM file('{pack}/controls/1.parquet', Parquet) ORDER BY ALL")
    assert set(packed) == {(row["actor"], int(row["requests"])) for row in rows_of(pack / "controls/1.csv")}


def test_evidence_is_kept_as_it_was_recorded(pack: Path) -> None:
    assert {row["actor"] for row in rows_of(pack / "controls/1.csv")} == {*HOSTILE, "alice"}


def test_the_page_shows_hostile_text_and_obeys_none(pack: Path) -> None:
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\\u202e" in page
    assert "\u202e" not in page


def test_what_is_not_there_is_an_empty_cell(engine: Engine, order: Order, tmp_path: Path) -> None:
    found = find_framework("pci-dss")
    young = replace(found, controls=tuple(control for control in found.controls if control.requirement == "8.2.6"))
    write_pack(engine, replace(order, framework=young, clusters=("holed",)), Place(tmp_path / "pack"), None, lambda _: None)
    assert [row["back_at"] for row in rows_of(tmp_path / "pack" / "controls" / "8.2.6.csv")] == [""]


def test_two_requirements_with_one_evidence_have_files_of_their_own(pack: Path) -> None:
    assert (pack / "controls/1.csv").read_bytes() == (pack / "controls/2.csv").read_bytes()


def test_the_statement_that_ran_says_its_values(pack: Path) -> None:
    text = (pack / "controls/10.sql").read_text()
    assert "-- value months: 1\n" in text
    assert "-- value until: 2026-03-11 00:00:00.000000\n" in text


def test_the_verdicts_of_the_pack_are_those_of_the_store(pack: Path, engine: Engine, order: Order) -> None:
    told = {(row["requirement"], row["cluster"]): (row["status"], row["finding"]) for row in rows_of(pack / "verdicts.csv")}
    proven = order.with_proof([])
    for evidence in order.framework.evidences:
        asked = {**proven.parameters, **evidence.verdict_values, **proven.values_of(evidence)}
        for row in Store(engine).rows(evidence.verdict, {**asked, "requirements": order.framework.served(evidence)}):
            assert told.pop((str(row["requirement"]), str(row["cluster"]))) == (row["status"], row["finding"])
    assert told == {}


def test_the_same_period_gives_the_same_bytes_wherever_the_machine_is(pack: Path, engine: Engine, order: Order, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Kathmandu")
        time.tzset()
        write_pack(engine, order, Place(tmp_path / "again"), None, lambda _: None)
    time.tzset()
    names = sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file())
    different = [name for name in names if (pack / name).read_bytes() != (tmp_path / "again" / name).read_bytes()]
    assert set(different) <= STAMPED
    stamp = orjson.loads((pack / MANIFEST).read_bytes())["generated_at"].encode()
    assert [name for name in names if stamp in (pack / name).read_bytes()] == ["index.html", MANIFEST]


def test_a_pack_is_verified_by_us_and_by_sha256sum(pack: Path) -> None:
    found = verify_pack(pack)
    assert (found.ok, found.problems, found.signature) == (True, [], "missing")
    assert found.record["framework"] == "ours"
    subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=pack, check=True)  # noqa: S607


def test_a_flipped_byte_is_found(copy: Path) -> None:
    path = copy / "controls/1.csv"
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(data)
    assert verify_pack(copy).problems == ["controls/1.csv: changed: its SHA-256 differs"]


def test_a_removed_a_longer_and_an_added_file_are_found(copy: Path) -> None:
    (copy / "parameters.json").unlink()
    with (copy / "verdicts.csv").open("a") as file:
        file.write("one more\n")
    (copy / "controls" / "new.csv").write_text("")
    assert [problem.split(":")[:2] for problem in verify_pack(copy).problems] == [
        ["parameters.json", " missing"],
        ["verdicts.csv", " changed"],
        ["controls/new.csv", " added"],
    ]


def test_a_link_in_the_place_of_a_file_is_found(copy: Path, tmp_path: Path) -> None:
    shutil.move(copy / "verdicts.csv", tmp_path / "verdicts.csv")
    (copy / "verdicts.csv").symlink_to(tmp_path / "verdicts.csv")
    assert verify_pack(copy).problems == ["verdicts.csv: is no file of the pack"]


def test_a_manifest_that_leads_out_of_the_pack_is_refused(copy: Path) -> None:
    facts = orjson.loads((copy / MANIFEST).read_bytes())
    facts["files"].append({"path": "../outside", "sha256": "0" * 64, "bytes": 1})
    (copy / MANIFEST).write_bytes(orjson.dumps(facts))
    assert any("../outside: is no file of the pack" in problem for problem in verify_pack(copy).problems)


def test_changed_sums_are_found(copy: Path) -> None:
    (copy / SUMS).write_text("")
    assert verify_pack(copy).problems == [f"{SUMS}: changed: it does not agree with the manifest"]


def test_what_is_no_pack_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"manifest\.json cannot be read"):
        verify_pack(tmp_path)
    (tmp_path / MANIFEST).write_text("[]")
    with pytest.raises(ReportError, match="is not one of ours"):
        verify_pack(tmp_path)


def test_a_signature_is_of_one_key_and_one_manifest(engine: Engine, order: Order, tmp_path: Path) -> None:
    own, public = keys(tmp_path, "own")
    _, other = keys(tmp_path, "other")
    write_pack(engine, replace(order, clusters=("holed",)), Place(tmp_path / "signed"), own, lambda _: None)
    signed = tmp_path / "signed"
    assert (verify_pack(signed, public).ok, verify_pack(signed, public).signature) == (True, "valid")
    assert verify_pack(signed).signature == "unchecked"
    assert verify_pack(signed, other).signature == "wrong"
    assert not verify_pack(signed, other).ok
    (signed / SIGNATURE).unlink()
    assert verify_pack(signed, public).problems == ["manifest.sig: missing: the pack is not signed"]


def test_a_failed_run_leaves_nothing(engine: Engine, order: Order, tmp_path: Path) -> None:
    def fail(step: str) -> None:
        if step.startswith("coverage"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pack(engine, order, Place(tmp_path / "half"), None, fail)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_refused_and_force_replaces_packs_alone(run: Run, own: Path, tmp_path: Path) -> None:
    asked = (str(own), "--since", "2026-03-10", "--until", "2026-03-11", "--cluster", "holed", "--out", "pack", "--format", "csv")
    first = run(*asked)
    assert (first.exit_code, len(first.stdout.splitlines())) == (0, 5), first.stderr
    assert "it is not empty; replace a pack with --force" in run(*asked).stderr
    assert run(*asked, "--force").exit_code == 0
    assert verify_pack(tmp_path / "pack").ok
    (tmp_path / "pack" / MANIFEST).unlink()
    assert "it holds other files than a pack" in run(*asked, "--force").stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("pci-dss",), 2, "give --since"),
        (("pci-dss", "--since", "soon"), 2, "is no time"),
        (("pci-dss", "--since", "2026-03-11", "--until", "2026-03-10"), 2, "--until must be later"),
        (("pci", "--since", "7d"), 1, "there is no framework 'pci'; there are: cis-kubernetes"),
        (("pci-dss", "--since", "7d", "--cluster", "nobody"), 1, "no cluster 'nobody' is loaded; there are: access_from_outside-0,"),
        (("pci-dss", "--since", "7d", "--cluster", "hostile", "--cluster", "prod*"), 1, "no cluster 'prod*' is loaded"),
        (("pci-dss", "--since", "2030-01-01"), 1, "the period ends before it begins; the newest event is of 2026-"),
        (("pci-dss", "--since", "7d", "--set", "months=many"), 1, "months must be a whole number from 0 to 4,294,967,295, not 'many'"),
        (("pci-dss", "--since", "7d", "--set", "month=3"), 1, "has no parameter 'month'"),
        (("pci-dss", "--since", "7d", "--set", "months"), 2, "write it like name=value"),
        (("pci-dss", "--since", "7d", "--sign", "no.pem"), 1, "cannot read the key no.pem: No such file or directory"),
        (("hipaa", "--since", "2026-03-10", "--until", "2026-03-11", "--out", "/proc/pack"), 1, "cannot write the pack /proc/pack"),
    ],
)
def test_a_wrong_question_is_one_line(run: Run, arguments: tuple[str, ...], status: int, words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_the_record_is_proven_or_it_is_said_what_is_not_whole(engine: Engine, order: Order) -> None:
    whole = prove(engine, replace(order, clusters=("hostile",)))
    assert whole.ok
    assert "what was delivered" in whole.words
    without_ledger = prove(engine, replace(order, clusters=("holed",)))
    assert without_ledger.ok is not True or "Nothing was delivered" in without_ledger.words
    assert "seconds" not in whole.details


def test_a_value_that_the_engine_refuses_is_one_line_and_leaves_nothing(run: Run, own: Path, tmp_path: Path) -> None:
    result = run(str(own), "--since", "2026-03-10", "--until", "2026-03-11", "--set", "namespaces=(", "--cluster", "hostile")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "auditradar: cannot make the report: the regular expression ( is wrong: missing )\n"
    assert list(tmp_path.iterdir()) == []


def test_the_frameworks_are_listed(run: Run) -> None:
    result = run("list", "--format", "jsonl")
    assert {orjson.loads(line)["framework"] for line in result.stdout.splitlines()} >= {"pci-dss", "soc-2"}


def test_a_damaged_folder_of_controls_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "framework.sql").write_text("-- title: Ours\n-- about: x\n")
    with pytest.raises(ReportError, match="holds no requirement"):
        find_framework(str(tmp_path))
    (tmp_path / "1.sql").write_text("-- requirement: 1\n-- title: One\n-- uses: shared/nothing\n")
    with pytest.raises(ReportError, match="its header has no asks"):
        find_framework(str(tmp_path))
    (tmp_path / "1.sql").write_text("-- requirement: 1\n-- title: One\n-- asks: x\n-- uses: shared/nothing\n")
    with pytest.raises(ReportError, match=r"there is no sql/controls/shared/nothing\.sql"):
        find_framework(str(tmp_path))


def test_the_examples_of_the_documentation_are_controls(engine: Engine, order: Order, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "60-compliance.md").read_text()
    examples = [block for block in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE) if block.startswith("    -- requirement:")]
    assert len(examples) == 2
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "framework.sql").write_text("-- title: Ours\n-- about: Of the documentation.\n")
    for number, example in enumerate(examples):
        (ours / f"{number}.sql").write_text(textwrap.dedent(example))
    made = write_pack(engine, replace(order, framework=find_framework(str(ours))), Place(tmp_path / "pack"), None, lambda _: None)
    assert [result.status for result in made.results] == ["attention", "attention"], "one cluster has a hole"
    assert {row["actor"] for row in rows_of(tmp_path / "pack" / "controls" / "1.1.csv")} == {*HOSTILE, "alice"}
