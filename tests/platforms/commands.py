"""run, baseline, compare and ab from end to end by programs of another processor or system, which an emulator
executes: what they say and how they end. Their times are the emulator's, so nothing here depends on one; the
changes that have to be found are by a factor of two. Runs inside the emulated system: nightly_aarch64.py,
nightly_windows.py."""

import json

import pytest
from project import ARCHITECTURE, EMULATOR, SAID, SUITE, WARNED, Project


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("project"))
    project.printed = project.run("main")
    project.run("slower", "--inject", "poll_cycle/noop_hook=300")
    return project


def test_the_result_is_of_that_processor_and_names_the_emulator(measured):
    machine = measured.document("main")["machine"]
    assert machine["hashed"]["architecture"] == ARCHITECTURE
    assert machine["hashed"]["emulator"] == EMULATOR
    assert SAID in measured.printed


def test_every_benchmark_is_measured(measured):
    benchmarks = {one["id"]: one for one in measured.document("main")["benchmarks"]}
    assert set(benchmarks) == {"poll_cycle/no_hooks", "poll_cycle/noop_hook"}
    for benchmark in benchmarks.values():
        assert benchmark["status"] == "ok"
        assert benchmark["median_ns_per_op"] > 0


def test_what_is_not_counted_has_a_reason(measured):
    """No hardware counter: emulators have no perf_event_open(2)."""
    for benchmark in measured.document("main")["benchmarks"]:
        absent = {event for one in benchmark["counters_absent"] for event in one["events"] if one["reason"]}
        assert {"cycles", "instructions"} <= absent


def test_a_baseline_is_listed_and_shown(measured):
    assert "main" in measured.pulsebench("baseline", "list")
    shown = measured.pulsebench("baseline", "show", "main")
    assert "poll_cycle/noop_hook" in shown
    assert SAID in " ".join(shown.split())


def test_the_last_run_is_saved_as_a_baseline(measured):
    measured.pulsebench("baseline", "save", "kept", "--force")  # it has injected work
    assert measured.document("kept")["run_id"] == measured.document("slower")["run_id"]


def test_a_result_is_unchanged_beside_itself(measured):
    compared = json.loads(measured.pulsebench("compare", "main", "main", "--format", "json"))
    assert {one["verdict"] for one in compared["benchmarks"]} == {"unchanged"}


def test_four_times_the_work_is_a_regression(measured):
    compared = json.loads(measured.pulsebench("compare", "main", "slower", "--no-confirm", "--no-explain", "--format", "json", code=1))
    verdicts = {one["id"]: one["verdict"] for one in compared["benchmarks"]}
    assert verdicts["poll_cycle/noop_hook"] == "regressed"
    assert WARNED in compared["warnings"]


@pytest.mark.parametrize("times, verdicts", [("", {"unchanged", "inconclusive"}), ("=300", {"regressed"})])
def test_ab_judges_a_suite_against_itself(tmp_path, times, verdicts):
    """With three times the work added on the new side, or with none."""
    document = tmp_path / "ab.json"
    injected = ["--inject", f"poll_cycle/noop_hook{times}"] if times else []
    Project(tmp_path).pulsebench(
        "ab", SUITE, SUITE, "--filter", "^poll_cycle/noop_hook$", *injected, "--max-blocks", "16", "--no-explain",
        "--no-tune", "--export", f"json={document}", code=1 if times else 0,
    )  # fmt: skip
    compared = json.loads(document.read_text())
    assert {one["verdict"] for one in compared["benchmarks"]} <= verdicts
    assert WARNED in compared["warnings"]
