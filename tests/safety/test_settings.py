"""Settings come back although one read fails, or the journal goes."""

import os
import shutil

import pytest

from fault_loop import needs_strace  # noqa: F401
from traced import failing, traced
from world import JOURNAL, copy_of, differences, done, kill_processes, machine_of, processes_of, tuned_run
from world import wait_for, world


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


@pytest.fixture
def running(tmp_path):
    """A run that has tuned its machine, and what that was before."""
    project = world(tmp_path / "project")
    before = machine_of(project)
    run = tuned_run(project)
    yield project, before, run
    kill_processes(project.root)
    run.communicate()


def lose(journal, fate, gone):
    if fate == "changed":
        journal.write_text("something else\n")
    else:
        moved = (journal if fate == "removed" else journal.parent).rename(gone)
        os.remove(moved) if fate == "removed" else shutil.rmtree(moved)


@pytest.mark.parametrize("fate", ["removed", "removed with its folder", "changed"])
def test_a_journal_that_goes_during_a_run_costs_no_setting_and_is_reported(running, tmp_path, fate):
    project, before, run = running
    lose(project.root / JOURNAL, fate, tmp_path / "gone")
    _, err = run.communicate(timeout=60)
    assert run.returncode == 0
    assert f"another program {fate.split()[0]} the journal" in err.decode()
    assert differences(before, machine_of(project)) == []


@pytest.mark.parametrize("fate", ["removed", "removed with its folder"])
def test_a_journal_that_goes_before_its_run_is_killed_costs_no_setting(running, tmp_path, fate):
    project, before, run = running
    lose(project.root / JOURNAL, fate, tmp_path / "gone")
    run.kill()
    run.wait(timeout=60)
    wait_for(lambda: not processes_of(project.root))  # the guardian's end
    assert differences(before, machine_of(project)) == []


def test_a_setting_that_a_run_cannot_restore_is_in_its_exit_code(running):
    project, before, run = running
    setting = project.root / "machine/proc/sys/vm/swappiness"
    wait_for(lambda: setting.read_bytes() != before["machine/proc/sys/vm/swappiness"])
    tuned = setting.read_bytes()
    setting.unlink()
    setting.mkdir()
    out, err = run.communicate(timeout=60)
    assert run.returncode == 2
    assert b"good/fast" in out  # the result is shown as ever
    line = next(line for line in err.decode().splitlines() if "not restored: " in line)
    assert "/proc/sys/vm/swappiness" in line
    setting.rmdir()
    setting.write_bytes(tuned)
    done(project, "tune", "restore")
    assert differences(before, machine_of(project)) == []
