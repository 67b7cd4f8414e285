"""What is installed is what is in the repository."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("bench", "dashboards", "ingest", "sql")
DATA = {".sql", ".jsonl", ".json", ".yml", ".zst", ".typed", ".py", ".html", ".css"}


def package_files() -> set[str]:
    """List the files of the product, as paths inside the wheel."""
    files = (path for part in PARTS for path in (ROOT / part).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"auditradar/{path.relative_to(ROOT)}" for path in files}


def test_every_folder_is_a_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["setuptools"]["packages"]
    folders = {str(Path(name).parent).replace("/", ".") for name in package_files()}
    assert folders
    assert folders - set(packages) == set(), "add them to [tool.setuptools] packages"
    assert packages == sorted(packages)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    [built] = out.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_product(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    missing = {name for name in package_files() if name not in held and not name.endswith((".cases.jsonl", "/NOTICE", ".md"))}
    assert missing == set(), "add them to [tool.setuptools.package-data]"


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("auditradar-")}
    assert held - package_files() == set()
