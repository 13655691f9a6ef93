"""The table of the suites names benchmarks that exist, with the targets that are configured."""

import functools
import json
import math
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


@functools.cache
def listing() -> list[dict]:
    words = [BUILD / "bin" / "pulsebench", "run", "--list", "--format", "json"]
    for suite in sorted((BUILD / "bin" / "suites").iterdir()):
        words += ["--exe", suite]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)["benchmarks"]


def listed() -> set[str]:
    return {benchmark["id"] for benchmark in listing()}


def left_out(benchmark: str) -> bool:
    """Whether the suite, whose name its ids begin with, may be left out and is not built here."""
    suite = benchmark.split("/")[0]
    bound = json.loads((ROOT / "config" / "sizes.json").read_text())["targets"].get(f"suites/{suite}")
    return bool(bound) and bound.get("optional", False) and not (BUILD / "bin/suites" / suite).exists()


def missing(benchmarks) -> list[str]:
    return sorted(one for one in set(benchmarks) - listed() if not left_out(one))


def test_every_benchmark_of_the_page_exists():
    assert missing(rows_of_the_page()) == []


def test_every_row_stands_on_the_page():
    rows = {benchmark for section in suites.SECTIONS.values() for _, benchmark in section}
    assert sorted(rows - rows_of_the_page().keys()) == []


def test_the_targets_of_the_page_are_those_of_the_configuration():
    bounds = suites.targets()
    wanted = {b: f"< {bounds[b]:g}" if b in bounds else "" for b in rows_of_the_page()}
    assert rows_of_the_page() == wanted


def test_a_path_below_a_microsecond_may_not_allocate():
    stored = json.loads((ROOT / "config" / "targets.json").read_text())["targets"]
    threads = {benchmark["id"]: benchmark["threads"] for benchmark in listing()}
    asios = ("channel/", "spawn/")
    allowed = [t["id"] for t in stored
               if t.get("max_ns_per_op", math.inf) <= 1000 and threads[t["id"]] == 1
               and not t["id"].startswith(asios) and t.get("max_allocations_per_op") != 0]
    assert allowed == []


def test_every_target_is_of_a_benchmark_that_exists():
    assert missing(suites.targets()) == []


def test_the_families_of_the_page_are_those_of_the_suites():
    families: dict[str, list[int]] = {}
    for benchmark in listing():
        sized = re.fullmatch(r"(.+)/([1-9]\d{0,8})", benchmark["id"])
        if sized and benchmark["role"] == "operation":
            families.setdefault(sized[1], []).append(int(sized[2]))
    wanted = [name for name, sizes in families.items()
              if len(sizes) >= 3 and max(sizes) >= 10 * min(sizes)]
    page = (ROOT / "docs" / "suites.md").read_text()
    table = re.search(r"\| family \| n \|\n\|---\|---\|\n((?:\|.*\n)+)", page)[1]
    named = re.findall(r"^\| `([^`]+)` \|", table, re.M)
    assert [name for name in named if not left_out(name)] == sorted(wanted)
