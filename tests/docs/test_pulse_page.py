"""The page of the core library, its speed table, and the targets name what the suites measure."""

import functools
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import pulse_speed  # noqa: E402


SUITES = pathlib.Path(os.environ["BUILD"]) / "bin" / "suites"


@functools.cache
def measured_ids() -> frozenset[str]:
    """What the suites themselves say that they have, without Google Benchmark's settings."""
    names = set()
    for suite in SUITES.iterdir():
        listed = subprocess.run([suite, "--benchmark_list_tests"], capture_output=True, text=True,
                                check=True)
        names |= {name.removesuffix("/real_time") for name in listed.stdout.split("\n") if name}
    return frozenset(names)


def result_with(figures: dict[str, float]) -> dict:
    return {"machine": {"hashed": {"cpu_model": "X1", "cpu_family": "1", "topology": "1 core"}},
            "benchmarks": [{"id": i, "status": "ok", "median_ns_per_op": ns}
                           for i, ns in figures.items()]}


def test_every_row_of_the_table_is_measured_by_a_suite():
    ids = measured_ids()
    assert [row[1] for row in pulse_speed.ROWS if row[1] not in ids] == []
    assert [row[2] for row in pulse_speed.ROWS if row[2] and row[2] not in ids] == []


def test_every_target_is_of_a_benchmark_that_exists():
    targets = json.loads((ROOT / "config" / "targets.json").read_text())["targets"]
    assert [t["id"] for t in targets if t["id"] not in measured_ids()] == []


def test_a_row_at_its_bound_holds_and_above_it_misses():
    at_bound = {"budget/consume": 0.55 * 2, "floors/lock_xadd": 2.0}
    text, missed = pulse_speed.table(result_with(at_bound))
    assert "| consume | `budget/consume` | 1.1 | 0.55 X | 0.55 X | ✓ |" in text
    assert not any(row.startswith("consume") for row in missed)
    text, missed = pulse_speed.table(result_with(at_bound | {"budget/consume": 1.2}))
    assert "| consume | `budget/consume` | 1.2 | 0.6 X | 0.55 X | ✗ |" in text
    assert "consume: 0.6 X, bound 0.55 X" in missed


def test_what_was_not_measured_is_said_and_is_a_miss():
    text, missed = pulse_speed.table(result_with({"budget/consume": 1.0}))
    assert "| consume | `budget/consume` | not measured | | 0.55 X | ? |" in text
    assert "consume: not measured" in missed


def test_the_page_has_a_table_with_every_row():
    page = (ROOT / "docs" / "pulse.md").read_text()
    table = page.split(pulse_speed.BEGIN)[1].split(pulse_speed.END)[0]
    assert [row[0] for row in pulse_speed.ROWS if f"| {row[0]} |" not in table] == []


def test_the_script_writes_the_page_from_a_stored_result(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{pulse_speed.BEGIN}\nold\n{pulse_speed.END}\n"
                    f"{pulse_speed.PEERS_BEGIN}\nold\n{pulse_speed.PEERS_END}\nafter\n")
    result = tmp_path / "result.json"
    result.write_text(json.dumps(result_with({"budget/consume": 1.0, "floors/lock_xadd": 2.0})))
    run = subprocess.run([sys.executable, ROOT / "docs" / "pulse_speed.py", "--result", result,
                          "--page", page], capture_output=True, text=True)
    assert run.returncode == 1
    assert "misses: has_hooks, none: not measured" in run.stderr
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n")
    assert "old" not in text and "| consume |" in text


def test_peers_are_ratios_to_pulse_with_the_fastest_first():
    text = pulse_speed.peers_table(result_with({
        "peers/queue/pulse_slow_queue": 8.0, "peers/queue/ring": 2.0, "peers/queue/lock": 20.0,
        "peers/counter/pulse/threads:1": 1.0, "peers/counter/other/threads:1": 3.0,
        "peers/counter/pulse/threads:2": 2.0, "peers/counter/other/threads:2": 9.0,
    }))  # fmt: skip
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    assert rows[:3] == [
        "| push and pop, one thread | ring | 2 | 0.25 |",
        "|  | **pulse_slow_queue** | 8 | 1 |",
        "|  | lock | 20 | 2.5 |",
    ]
    assert "| count an event, one thread | **pulse** | 1 | 1 |" in rows
    assert "|  | other | 9 | 4.5 |" in rows
    assert "| one of 1000 ids | not measured | | |" in rows


def test_every_fault_of_the_page_has_its_tests():
    table = (ROOT / "docs" / "pulse.md").read_text().split("## Ten faults", 1)[1].split("## Speed", 1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    tests = "".join(path.read_text() for path in (ROOT / "tests/unit/pulse").glob("*_test.cpp"))
    assert len(rows) == 10
    for row in rows:
        names = re.findall(r'"([^"]+)"', row)
        assert names, row
        for name in names:
            assert f'TEST_CASE("{name}")' in tests, name
