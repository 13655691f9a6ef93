"""The rooms and arrows of docs/architecture.md are those that tests/architecture enforces."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "architecture.md"
sys.path.insert(0, str(ROOT / "tests" / "architecture"))
import rules  # noqa: E402

ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rooms_of(page):
    """room -> the rooms that it stands on, by the page's table."""
    return {room: sorted(re.findall(r"\w+", arrows)) for room, _, arrows in ROW.findall(page)}


def folders():
    return {folder.name for folder in (ROOT / "lib" / "pulsebench").iterdir() if folder.is_dir()}


def test_the_table_of_the_page_is_the_table_of_the_rules():
    enforced = {room: sorted(arrows) for room, arrows in rules.ARROWS.items()}
    assert rooms_of(PAGE.read_text()) == enforced


def test_every_room_of_the_table_is_a_folder_and_every_folder_a_room():
    assert rooms_of(PAGE.read_text()).keys() == folders()


def test_the_ten_files_of_the_page_exist():
    steps = re.findall(r"^\d+\. `([^`]+)`", PAGE.read_text(), re.MULTILINE)
    assert len(steps) == 10
    assert [step for step in steps if not (ROOT / step).is_file()] == []


def test_a_row_is_read_with_its_arrows():
    table = "| `plan` | what to run | config |\n| `stats` | doubles | – |\n"
    assert rooms_of(table) == {"plan": ["config"], "stats": []}
