"""The verdict in README.md is what `compare` prints."""

import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import verdict_svg  # noqa: E402

TEXT = "{http://www.w3.org/2000/svg}text"


def shown(svg):
    return ["".join(text.itertext()) for text in xml.fromstring(svg).iter(TEXT)]


def test_the_drawing_is_that_of_the_golden_output():
    drawn = verdict_svg.drawing(verdict_svg.GOLDEN.read_text())
    assert verdict_svg.SVG.read_text() == drawn, "draw it anew: docs/verdict_svg.py"


def test_every_word_of_the_output_is_in_the_drawing():
    words = verdict_svg.GOLDEN.read_text().split()
    assert " ".join(shown(verdict_svg.SVG.read_text())).split() == [
        *verdict_svg.COMMAND.split(), *words]


def test_readme_shows_it():
    assert "(docs/verdict.svg)" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("output", ["regressed: <a> & \"b\"\n", "x" * 101 + "\n", "\n", ""])
def test_any_output_is_drawn_as_wellformed_xml_within_its_width(output):
    svg = verdict_svg.drawing(output)
    assert all(len(line) <= verdict_svg.COLUMNS for line in shown(svg))
    assert "".join(output.split()) in "".join("".join(shown(svg)).split())


def test_the_script_writes_the_file(tmp_path):
    (tmp_path / "golden.txt").write_text("unchanged: 1 of 1\n")
    subprocess.run([sys.executable, ROOT / "docs" / "verdict_svg.py", "--golden",
                    tmp_path / "golden.txt", "--svg", tmp_path / "a.svg"], check=True)
    assert shown((tmp_path / "a.svg").read_text()) == [verdict_svg.COMMAND, "unchanged: 1 of 1"]
