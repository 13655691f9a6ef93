"""docs/console.svg shows the tables as they are, and its script can draw them anew."""

import os
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest
from conftest import STARVATION

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import console_svg  # noqa: E402
from terminal_svg import COLOURS  # noqa: E402

TEXT = "{http://www.w3.org/2000/svg}text"


def shown(svg):
    return ["".join(text.itertext()) for text in xml.fromstring(svg).iter(TEXT)]


def headings(lines):
    return [line.split() for line in lines if line.rstrip().endswith("WHERE")]


def test_the_picture_has_the_columns_that_are_shown_today(watched):
    watched.start()
    for view, drawn in zip(["tasks", "resources", "operations"],
                           headings(shown(console_svg.SVG.read_text())), strict=True):
        now = watched.console("--once", "--for", "0", "--view", view).stdout.splitlines()
        assert headings(now) == [drawn], "draw it anew: docs/console_svg.py"


def test_the_page_shows_it():
    assert "(console.svg)" in (ROOT / "docs" / "console.md").read_text()


def test_the_script_draws_a_running_example(watched):
    file = watched.folder / "console.svg"
    build = Path(STARVATION).parents[1]
    subprocess.run([sys.executable, ROOT / "docs" / "console_svg.py", "--build", build, "--svg",
                    file], check=True, env={**os.environ, "NO_COLOR": "1"})
    lines = shown(file.read_text())
    assert len(headings(lines)) == 3
    assert any(line.split()[1:4] == ["0", "running", "isolate"] for line in lines)
    assert COLOURS["bad"] in file.read_text()  # the hog's line


@pytest.mark.parametrize(("line", "parts"), [
    ("plain", [("plain", COLOURS["plain"], False)]),
    ("\x1b[1mbold\x1b[0m not", [("bold", COLOURS["strong"], False),
                               (" not", COLOURS["plain"], False)]),
    ("\x1b[1;31mred\x1b[39m bold", [("red", COLOURS["bad"], False),
                                    (" bold", COLOURS["strong"], False)]),
    ("\x1b[7mchosen\x1b[m", [("chosen", COLOURS["plain"], True)]),
    ("\x1b[2mfaint   ", [("faint", COLOURS["faint"], False)]),
    ("", []),
])
def test_the_attributes_of_a_line_become_colours(line, parts):
    assert console_svg.parts_of(line) == parts


def test_a_chosen_row_has_a_bar_behind_it():
    svg = console_svg.drawing(["one\n\x1b[7m<two>\x1b[0m\n\n\nlast\n"])
    assert shown(svg) == ["one", "<two>", "last"]
    assert svg.count("<rect") == 2
