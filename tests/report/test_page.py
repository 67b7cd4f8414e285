"""The page of a pack: readable by everybody, quiet, and the same on screen and on paper; looked at with a browser where there is one."""

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from auditradar.ingest.report.page import Grid

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed; the README asks for Python and make alone")
STYLE = files("auditradar.ingest.report").joinpath("page.css").read_text(encoding="utf-8")
INKS = ("ink", "soft", "accent", "fail", "no-data", "attention", "pass", "not-applicable")
VOID = {"meta", "link", "br"}
BROWSERS_OWN = re.compile(r"https?://([\w-]+\.)*(google|googleapis|gvt1|gvt2|gstatic|googleusercontent)\.com/")
"""What a browser asks for by itself, whatever page it shows."""


class Reading(HTMLParser):
    """Read a page as a screen reader would: its elements with their attributes, and the text of captions."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data.strip())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(pack: Path) -> Reading:
    reading = Reading()
    reading.feed((pack / "index.html").read_text(encoding="utf-8"))
    assert reading.open == []
    return reading


def test_the_page_says_its_language_and_title(page: Reading) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert page.texts["title"][0] == "Our own rules: evidence from 2026-03-10 00:00:00 to 2026-03-11 00:00:00"


def test_headings_go_down_one_by_one(page: Reading) -> None:
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_headings_with_a_scope(page: Reading) -> None:
    assert len(page.all("table")) == len(page.all("caption")) > 4
    assert all(heading.get("scope") in {"col", "row"} for heading in page.all("th"))


def test_every_picture_has_words(page: Reading) -> None:
    pictures = page.all("svg")
    drawn, empty = {"Logins", "Hours without any event"}, {"Failed attempts", "Requests of people refused by authorization"}
    assert {str(picture.get("aria-label", "")).partition(".")[0] for picture in pictures} == {"", *drawn}
    told = {text.removesuffix(".") for text in page.texts["strong"]}
    assert told >= drawn | empty, "a chart without anything to draw is told in words"
    assert all(picture["role"] == "img" and (picture.get("aria-label") or picture.get("aria-labelledby")) for picture in pictures)


def test_a_table_that_is_stacked_on_a_small_screen_stays_a_table(page: Reading) -> None:
    [at] = [number for number, (tag, attributes) in enumerate(page.elements) if tag == "table" and attributes.get("class") == "stacked"]
    inner = list(itertools.takewhile(lambda element: element[0] != "section", page.elements[at:]))
    wanted = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    assert {attributes.get("role") for tag, attributes in inner if tag == "th"} == {"columnheader", "rowheader"}
    assert all(attributes.get("role") == wanted[tag] for tag, attributes in inner if tag in wanted)


def test_columns_say_what_they_hold() -> None:
    moments, numbers = ("2026-03-10T09:00:00Z", ""), ("1", "22")
    name = "system:serviceaccount:openshift-authentication:oauth-openshift"
    rows = zip(moments, numbers, ("pass", "fail"), (name, ""), ("a sentence that wants some room", ""), strict=True)
    assert Grid(("at", "count", "status", "actor", "finding"), tuple(rows)).looks == ["moment", "number", "", "text name", "text"]


def test_every_id_is_unique_and_every_link_within_the_page_leads_somewhere(page: Reading) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes[key] for _, attributes in page.elements for key in ("aria-labelledby",) if key in attributes]
    assert set(named) <= set(ids)
    assert {link["href"][1:] for link in page.all("a") if link["href"].startswith("#")} <= set(ids)


def test_every_other_link_is_a_file_of_the_pack(page: Reading, pack: Path) -> None:
    hrefs = [link["href"] for link in page.all("a") if not link["href"].startswith("#")]
    assert len(hrefs) > 15
    assert all((pack / href).is_file() for href in hrefs)


def test_what_scrolls_can_be_reached_by_keyboard(page: Reading) -> None:
    wide = [attributes for _, attributes in page.elements if attributes.get("class") == "wide"]
    assert wide
    assert all(one["tabindex"] == "0" and one["role"] == "region" and one["aria-label"] for one in wide)


def test_holes_stand_before_verdicts(pack: Path) -> None:
    text = (pack / "index.html").read_text()
    assert text.index("Holes: hours without any event") < text.index("All requirements with the worst result")


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    """Read the colours of the light page, the dark page and the paper."""
    for name, begin in (("light", ":root"), ("dark", "prefers-color-scheme: dark"), ("paper", "@media print")):
        part = STYLE[STYLE.index(begin) :]
        yield name, dict(re.findall(r"--([\w-]+): (#\w+)", part[: part.index("}")]))


def luminance(color: str) -> float:
    """Measure a colour as WCAG 2.2 defines relative luminance."""
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "colors"), list(palettes()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_ink_can_be_read_on_every_paper(name: str, colors: dict[str, str]) -> None:
    for ink in INKS:
        for paper in ("paper", "raised"):
            light, dark = sorted((luminance(colors[ink]), luminance(colors[paper])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{name}: {ink} on {paper}"  # WCAG 1.4.3, level AA


def browse(pack: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open the page in a browser without a window; what it asks for over the network is in net.json."""
    quiet = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
        "--enable-logging=stderr",
    )
    command = [
        str(BROWSER),
        *quiet,
        f"--user-data-dir={folder}",
        f"--log-net-log={folder}/net.json",
        *options,
        (pack / "index.html").as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def test_nothing_in_the_page_names_another_place(pack: Path) -> None:
    text = (pack / "index.html").read_text(encoding="utf-8")
    assert not re.search(
        r"""(?:src|href|action|data|poster)=["']?(?:https?:)?//|url\(|@import|<(?:script|iframe|object|embed|form)\b""", text
    )
    assert "default-src 'none'" in text


@needs_browser
def test_a_browser_says_nothing_and_asks_nobody(pack: Path, tmp_path: Path) -> None:
    said = browse(pack, tmp_path, "--dump-dom")
    assert "CONSOLE" not in said.stderr
    assert said.stdout.count("<article") == 4
    asked = json.loads((tmp_path / "net.json").read_text())
    urls = re.findall(r'"url": ?"(https?:[^"]*)"', json.dumps(asked["events"]))
    assert [url for url in urls if not BROWSERS_OWN.match(url)] == []


@needs_browser
def test_light_and_dark_and_paper_are_drawn(pack: Path, tmp_path: Path) -> None:
    for name, option in (("light", "--force-color-profile=srgb"), ("dark", "--blink-settings=preferredColorScheme=0")):
        browse(pack, tmp_path, option, "--window-size=1000,1200", f"--screenshot={tmp_path}/{name}.png")
    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()
    browse(pack, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path}/paper.pdf")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
