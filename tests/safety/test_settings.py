"""Settings come back although one read fails, or the journal goes."""

import os
import shutil
import subprocess
import time

import pytest

from fault_loop import failing, needs_strace, traced  # noqa: F401
from world import copy_of, differences, done, machine_of, world

JOURNAL = "machine/run/pulsebench/tune.journal"


@pytest.fixture
def tuned(tmp_path, needs_strace):
    """A machine after `tune apply`, and what it was before."""
    project = world(tmp_path / "project")
    before = machine_of(project)
    done(project, "tune", "apply")
    return project, before


def restore_with_a_failed_open(project, part, error):
    """`tune restore`, whose first open of a path with this part fails."""
    undisturbed = copy_of(project, f"{project.root}.undisturbed")
    _, trace = traced(undisturbed, ["tune", "restore"], ["-e", "trace=openat"])
    opens = [line for line in trace.splitlines() if line.startswith("openat(")]
    number = next(i for i, line in enumerate(opens) if part in line) + 1
    ran, trace = traced(project, ["tune", "restore"], failing(("openat", error, number)))
    assert part in next(line for line in trace.splitlines() if "(INJECTED)" in line)
    return ran


@pytest.mark.parametrize(("part", "error"), [("boot_id", "EMFILE"), ("tune.journal", "EIO")])
def test_what_cannot_be_read_costs_no_setting_and_the_exit_code_says_so(tuned, part, error):
    project, before = tuned
    ran = restore_with_a_failed_open(project, part, error)
    assert ran.code == 2
    assert "cannot read" in ran.err
    assert (project.root / JOURNAL).exists()
    done(project, "tune", "restore")
    assert differences(before, machine_of(project)) == []


def test_a_setting_that_cannot_be_read_once_is_restored(tuned):
    project, before = tuned
    ran = restore_with_a_failed_open(project, "swappiness", "EIO")
    assert "no longer exists" not in ran.err
    done(project, "tune", "restore")
    assert differences(before, machine_of(project)) == []


@pytest.mark.parametrize("fate", ["removed", "removed with its folder", "changed"])
def test_a_journal_that_goes_during_a_run_costs_no_setting_and_is_reported(tmp_path, fate):
    project = world(tmp_path / "project")
    before = machine_of(project)
    project.rebuild("fake_good", slower=0, pause_us=20000)
    run = project.start("run", "--exe", "suites/fake_good", stdout=subprocess.DEVNULL)
    journal = project.root / JOURNAL
    end = time.monotonic() + 20
    while "swappiness" not in (journal.read_text() if journal.exists() else ""):
        assert time.monotonic() < end and run.poll() is None
        time.sleep(0.002)
    if fate == "changed":
        journal.write_text("something else\n")
    else:
        gone = (journal if fate == "removed" else journal.parent).rename(tmp_path / "gone")
        os.remove(gone) if fate == "removed" else shutil.rmtree(gone)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 0
    assert f"another program {fate.split()[0]} the journal" in err.decode()
    assert differences(before, machine_of(project)) == []
