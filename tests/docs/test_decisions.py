"""Each page of docs/decisions is complete, short, and listed."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS = ["Context", "Decision", "Rejected", "Consequences"]
ONE_SCREEN = 45  # lines


def test_the_pages_are_numbered_without_a_gap():
    numbers = [int(page.name[:3]) for page in PAGES]
    assert numbers == list(range(1, len(PAGES) + 1))
    assert len(PAGES) >= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_four_sections_on_one_screen(page):
    text = page.read_text()
    assert text.startswith(f"# {page.name[:3]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= ONE_SCREEN


def test_the_list_has_every_page_under_its_title():
    listed = (FOLDER / "README.md").read_text()
    for page in PAGES:
        title = page.read_text().splitlines()[0].removeprefix("# ")
        assert f"[{title}]({page.name})" in listed
