"""Write the generated files, and tell which of them are not what the code would write."""

from pathlib import Path

from auditradar.dashboards.catalog import BOARDS, TITLES
from auditradar.dashboards.render import text_of

FOLDER = Path(__file__).parent / "provisioning" / "dashboards"


def built() -> dict[str, str]:
    """Give every generated file by its name."""
    return {f"{board.slug}.json": text_of(board, TITLES) for board in BOARDS}


def build(folder: Path = FOLDER) -> list[Path]:
    """Write all dashboards into a folder and remove those that are no longer made; return what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = differing(folder)
    for path in changed:
        text = built().get(path.name)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    return changed


def differing(folder: Path = FOLDER) -> list[Path]:
    """List the files of a folder that differ from what the code writes, the missing and the superfluous among them."""
    wanted = built()
    names = {path.name for path in folder.glob("*.json")} | wanted.keys()
    return [folder / name for name in sorted(names) if _read(folder / name) != wanted.get(name)]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
