"""Several commands at once in one project: nothing that was said to be done is lost."""

import json
import os
import shutil
import subprocess

import pytest

PAIRS = int(os.environ.get("PULSEBENCH_PAIRS", "8"))  # the nightly target asks for 100


@pytest.fixture
def slowed(project):
    project.save("main", "--seed", "1")
    project.save("pr", "--seed", "2", "--inject", "good/fast=15", "--inject", "good/slow=30")
    return project


def at_once(project, *commands):
    """Runs the commands at once. Returns the exit codes."""
    running = [project.start(*command) for command in commands]
    ends = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert all(code == 0 for _, code in ends), ends
    return ends


def approved(project):
    return {one["id"] for one in json.loads((project.root / "baselines/approved.json").read_text())["approved"]}


def test_two_approvals_at_once_are_both_kept(slowed):
    approve = ["baseline", "approve", "--new", "pr", "--reason", "x"]
    for _ in range(PAIRS):
        (slowed.root / "baselines/approved.json").unlink(missing_ok=True)
        at_once(slowed, [*approve, "good/fast"], [*approve, "good/slow"])
        assert approved(slowed) == {"good/fast", "good/slow"}


def test_an_approval_and_a_removal_at_once_both_hold(slowed):
    approve = ["baseline", "approve", "--new", "pr", "--reason", "x"]
    for _ in range(PAIRS):
        slowed.pulsebench(*approve, "good/fast")
        at_once(slowed, [*approve, "good/slow"], ["baseline", "approve", "good/fast", "--remove"])
        assert approved(slowed) == {"good/slow"}


def test_runs_of_one_second_and_one_seed_are_all_kept(project):
    seen = set()
    for pair in range(max(2, PAIRS // 4)):
        at_once(project, *[["run", "--preset", "quick", "--exe", project.suite("fake_good"), "--seed", "5",
                            "--filter", "good/fast", "--save", f"n{pair}-{i}"] for i in range(4)])
        runs = {path.name for path in (project.root / ".pulsebench/runs").iterdir()}
        assert len(runs) == len(seen) + 4
        named = {json.loads(project.baseline(f"n{pair}-{i}").read_text())["run_id"] for i in range(4)}
        assert named == runs - seen, "each baseline names the run that it was saved from"
        seen = runs


def test_baselines_saved_and_removed_at_once_are_whole(slowed):
    for turn in range(PAIRS):
        save = ["baseline", "save", "--force"]  # with the work that was injected
        at_once(slowed, [*save, "x"], [*save, "x"], [*save, f"y{turn}"])
        assert json.loads(slowed.baseline("x").read_text())["complete"]
        assert slowed.baseline(f"y{turn}").exists()
    assert os.listdir(slowed.root / ".pulsebench/tmp") == []


def test_a_run_beside_pruning_keeps_its_executable(project):
    old = project.root / ".pulsebench" / "bin"
    for turn in range(max(2, PAIRS // 4)):
        project.rebuild("fake_good", turn)
        project.rebuild("fake_other", turn + 50)
        shutil.rmtree(project.root / ".pulsebench" / "runs", ignore_errors=True)
        for path in old.glob("*"):
            os.utime(path, (1, 1))
        at_once(project, *[["run", "--preset", "quick", "--filter", "good/fast", "--exe", project.suite(name)]
                           for name in ("fake_good", "fake_other")])
        results = (project.root / ".pulsebench/runs").glob("*/result.json")
        named = {suite["sha256"] for result in results for suite in json.loads(result.read_text())["suites"]}
        assert named <= set(project.binaries())


def test_who_holds_the_lock_is_named(project):
    project.save("main")
    lock = project.root / ".pulsebench" / "lock"
    before = lock.read_text()
    assert "process" in before and "since" in before
    with subprocess.Popen(["flock", lock, "sleep", "2"]) as holder:
        while subprocess.run(["flock", "-n", lock, "true"]).returncode == 0:
            pass
        assert project.pulsebench("baseline", "save", "x").code == 0, "it waits for the lock"
    assert holder.returncode == 0
