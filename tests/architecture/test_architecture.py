"""The tree keeps its arrows, and a broken arrow of each kind would be seen."""

from pathlib import Path

import checks
import pytest
import rules

ROOT = Path(__file__).resolve().parents[2]


def test_the_tree_keeps_its_arrows():
    assert checks.all_violations(ROOT) == []


def test_the_tree_was_really_read():
    rooms = {checks.room_of(ROOT, path) for path, _, _ in checks.includes(ROOT)}
    assert {"vocabulary", "wire", "stats"} <= rooms


def test_the_table_has_no_room_that_does_not_exist():
    rooms = {path.name for path in (ROOT / "lib" / "pulsebench").iterdir() if path.is_dir()}
    assert set(rules.ARROWS) == rooms


def test_the_table_of_arrows_has_no_cycle():
    for room in rules.ARROWS:
        assert room not in checks.closure(rules.ARROWS, room)


def plant(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def include(*names):
    return "".join(f'#include "{name}"\n' for name in names)


PLANTED = {
    "a backward include between rooms": (
        {"lib/pulsebench/baseline/a.cpp": include("pulsebench/compare/b.hpp")},
        "baseline may not include compare",
    ),
    "an include with angle brackets": (
        {"lib/pulsebench/stats/a.cpp": "#include <pulsebench/wire/b.hpp>\n"},
        "stats may not include wire",
    ),
    "the orchestrator including the core library": (
        {"lib/pulsebench/run/a.cpp": include("pulse/task_budget.hpp")},
        "run may not include pulse",
    ),
    "the orchestrator including the harness": (
        {"lib/pulsebench/run/a.cpp": include("pulsebench/harness/serve.hpp")},
        "run may not include harness",
    ),
    "the tool including the core library": (
        {"apps/pulsebench/run_command.cpp": include("pulse/task_budget.hpp")},
        "apps may not include pulse",
    ),
    "the core library including the tool": (
        {"lib/pulse/a.hpp": include("pulsebench/vocabulary/tier.hpp")},
        "pulse may not include vocabulary",
    ),
    "a suite including the orchestrator": (
        {"suites/tier0/a.cpp": include("pulsebench/compare/b.hpp")},
        "suites may not include compare",
    ),
    "a room that is not in the table": (
        {"lib/pulsebench/dashboard/a.cpp": include("pulsebench/vocabulary/tier.hpp")},
        "the room 'dashboard' is not in the table",
    ),
    "CLI11 in a room": (
        {"lib/pulsebench/run/a.cpp": "#include <CLI/CLI.hpp>\n"},
        "run may not include CLI11",
    ),
    "JSON where no JSON is": (
        {"lib/pulsebench/stats/a.cpp": "#include <nlohmann/json.hpp>\n"},
        "stats may not include nlohmann/json",
    ),
    "Google Benchmark in the orchestrator": (
        {"lib/pulsebench/run/a.cpp": "#include <benchmark/benchmark.h>\n"},
        "run may not include Google Benchmark",
    ),
    "a backward link": (
        {"lib/pulsebench/stats/CMakeLists.txt": "pulsebench_add_room(stats SOURCES a.cpp\n"
         "  PUBLIC pulsebench::compare)\n"},
        "stats may not link pulsebench::compare",
    ),
    "the orchestrator linking the core library": (
        {"apps/pulsebench/CMakeLists.txt": "target_link_libraries(x PRIVATE pulse::pulse)\n"},
        "apps may not link pulse::pulse",
    ),
    "a link to a library that the room has no use for": (
        {"lib/pulsebench/plan/CMakeLists.txt": "pulsebench_add_room(plan SOURCES a.cpp\n"
         "  PRIVATE nlohmann_json::nlohmann_json)\n"},
        "plan may not link nlohmann/json",
    ),
    "an include without a link": (
        {"lib/pulsebench/compare/CMakeLists.txt": "pulsebench_add_room(compare SOURCES a.cpp\n"
         "  PUBLIC pulsebench::config)\n",
         "lib/pulsebench/compare/a.cpp": include("pulsebench/stats/quantile.hpp")},
        "compare includes stats and does not link it",
    ),
    "two folders that include each other": (
        {"suites/a/a.hpp": include("../b/b.hpp"), "suites/b/b.hpp": include("../a/a.hpp")},
        "includes lead out of this folder and back into it",
    ),
    "a file that is too long": (
        {"lib/pulsebench/stats/a.cpp": "\n" * 301},
        "301 lines",
    ),
    "a folder without a name": (
        {"lib/pulsebench/stats/helpers/a.cpp": "\n"},
        "what has no name has no room yet",
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_seen(what, tmp_path):
    files, expected = PLANTED[what]
    violations = checks.all_violations(plant(tmp_path, files))
    assert [line for line in violations if expected in line], violations


KEPT = {
    "a room on the floor": {
        "lib/pulsebench/plan/a.cpp": include("pulsebench/vocabulary/tier.hpp"),
    },
    "an arrow of the table": {
        "lib/pulsebench/compare/a.cpp": include("pulsebench/stats/quantile.hpp"),
    },
    "what an allowed header already brings along": {
        "lib/pulsebench/plan/plan.hpp": include("pulsebench/config/config.hpp"),
        "lib/pulsebench/run/a.cpp": include("pulsebench/config/config.hpp"),
    },
    "CLI11 in a command": {
        "apps/pulsebench/run_command.cpp": "#include <CLI/CLI.hpp>\n",
    },
    "a file of exactly 300 lines": {"lib/pulsebench/stats/a.cpp": "\n" * 300},
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_allowed_is_not_a_violation(what, tmp_path):
    assert checks.all_violations(plant(tmp_path, KEPT[what])) == []


def test_what_only_a_source_file_of_another_room_includes_is_not_brought_along(tmp_path):
    plant(tmp_path, {
        "lib/pulsebench/plan/plan.cpp": include("pulsebench/config/config.hpp"),
        "lib/pulsebench/run/a.cpp": include("pulsebench/config/config.hpp"),
    })
    (violation,) = checks.all_violations(tmp_path)
    assert "run may not include config" in violation
