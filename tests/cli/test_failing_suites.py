"""A suite that crashes, hangs or lies costs its own benchmark only."""

import json

import pytest


@pytest.fixture(autouse=True)
def short_limit(project):
    project.limit_launches(1500)


GOOD = ["good/fast", "good/slow", "floors/load"]

# mode of the fake suite -> (status in the result, words that its reason has)
FAILURES = {
    "crash": ("crashed", ["SIGSEGV"]),
    "abort": ("crashed", ["SIGABRT"]),
    "crash_at_calibration": ("crashed", ["SIGSEGV"]),
    "exit_early": ("crashed", ["exit"]),
    "half_a_line": ("crashed", ["exit"]),
    "hang": ("timed_out", ["1500 ms"]),
    "hang_stubbornly": ("timed_out", ["1500 ms"]),
    "nan": ("failed", ["not JSON"]),
    "negative": ("failed", ["ns_per_op", "must be"]),
    "huge": ("failed", ["ns_per_op"]),
    "flood_stdout": ("failed", ["output"]),
    "flood_stderr": ("failed", ["output"]),
    "flood_wire": ("failed", []),
    "garbage": ("failed", ["not JSON"]),
    "wrong_id": ("failed", []),
    "wrong_answer": ("failed", []),
    "fewer_slices": ("failed", ["49", "50"]),
    "measured_nothing": ("measured_nothing", ["empty loop"]),
    "skips": ("skipped", ["no such device"]),
}


@pytest.mark.parametrize("mode", FAILURES)
def test_a_bad_benchmark_is_named_with_its_reason_and_the_others_are_measured(project, mode):
    ran, benchmarks = project.run_json(f"fake_{mode}")
    assert ran.code == 3
    assert sorted(benchmarks) == sorted([*GOOD, f"bad/{mode}"])
    for name in GOOD:
        assert benchmarks[name]["status"] == "ok"
        assert len(benchmarks[name]["launches"]["p25_ns_per_op"]) == 8
    status, words = FAILURES[mode]
    bad = benchmarks[f"bad/{mode}"]
    assert bad["status"] == status
    assert all(word in bad["reason"] for word in words), bad["reason"]
    assert "\x1b" not in bad["reason"] and "\n" not in bad["reason"]


@pytest.mark.parametrize("mode", ["crash", "hang", "negative"])
def test_the_report_has_one_line_with_the_benchmark_and_its_reason(project, mode):
    ran = project.run(f"fake_{mode}")
    _, words = FAILURES[mode]
    lines = [
        line
        for line in ran.out.splitlines()
        if f"bad/{mode}" in line and all(word in line for word in words)
    ]
    assert len(lines) == 1, ran.out


def test_what_was_measured_before_a_crash_is_kept(project):
    ran, benchmarks = project.run_json("fake_sigkill_in_launch_3")
    assert ran.code == 3
    bad = benchmarks["bad/sigkill_in_launch_3"]
    assert bad["status"] == "crashed"
    assert "SIGKILL" in bad["reason"] and "launch 4" in bad["reason"]  # the reader counts from 1
    assert bad["launches"]["launch"] == [0, 1, 2]
    assert len(bad["launches"]["p25_ns_per_op"]) == 3


def test_a_run_with_a_crash_replaces_no_baseline_and_is_kept(project):
    project.save("main")
    before = project.baseline("main").read_bytes()
    ran = project.run("fake_crash", "--save", "main")
    assert ran.code == 3
    (line,) = [line for line in ran.err.splitlines() if "not saved as main" in line]
    assert "1 of 4 benchmarks failed (bad/crash)" in line
    assert project.baseline("main").read_bytes() == before
    assert "saved as main" not in ran.out and "good/fast" in ran.out
    newest = max((project.root / ".pulsebench" / "runs").glob("*/result.json"),
                 key=lambda file: file.stat().st_mtime_ns)
    assert str(newest.parent) in line
    stored = json.loads(newest.read_text())
    assert {b["id"]: b["status"] for b in stored["benchmarks"]}["good/fast"] == "ok"


def test_a_run_with_a_crash_is_saved_as_a_baseline_by_force_only(project):
    project.run("fake_crash")
    ran = project.pulsebench("baseline", "save", "main")
    assert ran.code == 3
    assert "bad/crash" in ran.only_error() and "--force" in ran.only_error()
    assert not project.baseline("main").exists()
    assert project.pulsebench("baseline", "save", "main", "--force").code == 0
    assert project.baseline("main").exists()


def test_no_process_outlives_the_run(project, no_process_left):
    ran, benchmarks = project.run_json("fake_leaves_a_child", "--filter", "^bad/")
    assert ran.code == 0
    assert benchmarks["bad/leaves_a_child"]["status"] == "ok"
    project.run("fake_hang_stubbornly", "--filter", "^bad/")
    no_process_left(project.root)


# A suite that cannot even be asked what it has.
UNUSABLE = {
    "wrong_protocol": ["protocol", "99"],
    "exit_at_start": ["exit"],
    "hang_at_start": ["1500 ms"],
    "listed_twice": ["good/fast", "twice"],
    "steers_the_terminal": ["control character"],
}


@pytest.mark.parametrize("mode", UNUSABLE)
def test_a_suite_that_cannot_be_asked_is_one_clear_line(project, mode):
    ran = project.run(f"fake_{mode}")
    assert ran.code == 3
    line = ran.only_error()
    assert f"fake_{mode}" in line
    assert all(word in line for word in UNUSABLE[mode]), line
    assert "\x1b" not in line


def test_a_program_that_is_no_suite_is_one_clear_line(project):
    ran = project.pulsebench("run", "--exe", "/bin/true")
    assert ran.code == 3
    assert "/bin/true" in ran.only_error() or "/usr/bin/true" in ran.err


def test_a_file_that_cannot_be_executed_is_one_clear_line(project):
    project.write("suites/readme", "no program")
    ran = project.pulsebench("run", "--exe", "suites/readme")
    assert ran.code in (2, 3)
    assert "suites/readme" in ran.only_error()
