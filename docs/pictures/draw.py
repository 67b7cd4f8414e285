"""Draw the pictures of the README from what the command really prints: `make pictures`."""

import os
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
WIDTH = 128
PICTURES = {"demo": ("demo",), "who": ("who", "alice", "--limit", "5")}
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # pictures load nothing from elsewhere


def draw(name: str, arguments: tuple[str, ...], store: str) -> None:
    """Run a command and keep what it prints, with its colours, as an SVG."""
    # The command is within reach, as for a reader who has activated .venv: no path of this machine belongs into a picture.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color", "PATH": path}
    command = [sys.executable, "-c", "from auditradar.ingest.cli import main; main()", *arguments, "--dsn", store]
    printed = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own program
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, legacy_windows=False)
    shown = Text.from_ansi(printed.replace(store, "chdb:///…/auditradar/demo").rstrip())
    console.print(Text(f"$ auditradar {' '.join(arguments)}", style="bold"))
    console.print(shown)
    svg = WEB_FONT.sub("", console.export_svg(title="AuditRadar"))
    (HERE / f"{name}.svg").write_text(svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"))


def main() -> None:
    """Draw all pictures from one fresh store."""
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in PICTURES.items():
            draw(name, arguments, f"chdb://{folder}/store")


if __name__ == "__main__":
    main()
