"""run, baseline, compare and ab from end to end by programs of another processor, which an emulator executes:
what they say and how they end. Their times are the emulator's, so nothing here depends on one; the changes
that have to be found are by a factor of two. Runs inside the emulated system: nightly_aarch64.py."""

import json
import os
import subprocess
from pathlib import Path

import pytest

BUILD = Path(os.environ["BUILD"])
EMULATOR = os.environ["EMULATOR"]
ARCHITECTURE = os.environ["ARCHITECTURE"]
# Operations of some instructions: one alone is no slower than an empty loop, by an emulator that translates both.
SUITE = BUILD / "bin/suites/tier0_critical"
SAID = f"an emulator ran it ({EMULATOR}): its times say nothing about a real processor"
WARNED = f"an emulator ran both sides ({EMULATOR}): their times say nothing about a real processor"


class Project:
    def __init__(self, folder):
        self.folder = folder
        subprocess.run(["git", "init", "-q", folder], check=True)

    def pulsebench(self, *words, code=0):
        ran = subprocess.run(
            [BUILD / "bin/pulsebench", *words],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert ran.returncode == code, f"exit code {ran.returncode}:\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def run(self, name, *words):
        return self.pulsebench("run", "--exe", SUITE, "--filter", "^poll_cycle/", "--preset", "quick",
                               "--seed", "1", "--no-tune", "--save", name, *words)  # fmt: skip

    def document(self, name):
        (file,) = (self.folder / "baselines" / name).glob("*.json")
        return json.loads(file.read_text())


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


def test_the_doctor_finds_the_emulator(measured):
    ran = subprocess.run([BUILD / "bin/pulsebench", "doctor"], cwd=measured.folder, capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert ran.returncode in (0, 1)
    assert f"emulated by {EMULATOR}" in " ".join(ran.stdout.split())


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


@pytest.mark.parametrize("sides, code", [(["old", "new"], 1), (["new", "old"], 0)])
def test_ab_finds_which_of_two_programs_of_anybody_does_twice_the_work(tmp_path, sides, code):
    programs = [BUILD / f"bin/foreign_{side}" for side in sides]
    document = tmp_path / "ab.json"
    Project(tmp_path).pulsebench("ab", *programs, "--filter", "changed", "--no-explain", "--no-tune",
                                 "--export", f"json={document}", code=code)  # fmt: skip
    (benchmark,) = json.loads(document.read_text())["benchmarks"]
    assert benchmark["verdict"] == ("regressed" if code else "improved")
