"""The table of the suites names benchmarks that exist, with the targets that are configured."""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["BUILD"])
sys.path.insert(0, str(ROOT / "docs"))
import suites  # noqa: E402


def rows_of_the_page() -> dict[str, str]:
    page = (ROOT / "docs" / "suites.md").read_text()
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \| ([^|]*)\|", page, re.M)
    return {benchmark: target.strip() for benchmark, target in rows}


def listed() -> set[str]:
    words = [BUILD / "bin" / "pulsebench", "run", "--list", "--format", "json"]
    for suite in sorted((BUILD / "bin" / "suites").iterdir()):
        words += ["--exe", suite]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return {benchmark["id"] for benchmark in json.loads(ran.stdout)["benchmarks"]}


def test_every_benchmark_of_the_page_exists():
    assert sorted(rows_of_the_page().keys() - listed()) == []


def test_every_row_stands_on_the_page():
    rows = {benchmark for section in suites.SECTIONS.values() for _, benchmark in section}
    assert sorted(rows - rows_of_the_page().keys()) == []


def test_the_targets_of_the_page_are_those_of_the_configuration():
    bounds = suites.targets()
    wanted = {b: f"< {bounds[b]:g}" if b in bounds else "" for b in rows_of_the_page()}
    assert rows_of_the_page() == wanted


def test_every_target_is_of_a_benchmark_that_exists():
    assert sorted(suites.targets().keys() - listed()) == []
