"""What two stored results leave in doubt is measured again, with the binaries that were kept. The
fake suite's times are exact: 7 % lies within the doubt of two stored results at a threshold of 5 %,
and is beyond it for anyone who measures both sides."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest


@pytest.fixture
def doubtful(project):
    """A project whose baseline 'main' and result 'pr' are of two builds, good/fast 7 % apart."""
    project.save("main", "--seed", "1")
    project.rebuild("fake_good", 7)
    project.save("pr", "--seed", "2")
    return project


def compared(project, *words):
    ran = project.pulsebench("compare", *words, "--format", "json")
    return ran, {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def kept(project, reference):
    (build,) = json.loads(project.baseline(reference).read_text())["suites"]
    return project.root / ".pulsebench" / "bin" / build["sha256"]


def test_a_suspect_that_is_slower_is_confirmed_and_fails(doubtful):
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert ran.code == 1
    suspect = benchmarks["good/fast"]
    assert (suspect["verdict"], suspect["confirmed_live"]) == ("regressed", True)
    assert suspect["unconfirmed_because"] is None and suspect["unconfirmed_code"] is None
    assert suspect["blocks"] >= 4 and suspect["seconds"] > 0
    assert round(suspect["change_percent"], 1) == 7.0
    assert suspect["change_interval_level"] == 0.9
    assert benchmarks["good/slow"]["verdict"] == "unchanged"
    assert benchmarks["good/slow"]["confirmed_live"] is False, "only suspects are measured again"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_report_says_that_it_was_measured_again(doubtful, form):
    ran = doubtful.pulsebench("compare", "main", "pr", "--format", form, "--explain")
    assert ran.code == 1
    text = " ".join(ran.out.split())
    assert "confirmed live; " in text and " blocks in " in text
    assert "1 suspect was re-measured live in " in text and ": 1 regressed" in text


def test_a_suspect_within_its_threshold_is_cleared(project):
    project.save("main")
    project.rebuild("fake_good", 4.5)
    project.save("pr")
    ran, benchmarks = compared(project, "main", "pr")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "unchanged"
    assert benchmarks["good/fast"]["confirmed_live"] is True


def test_work_that_was_injected_is_injected_again(project):
    project.save("main")
    project.save("slowed", "--inject", "good/fast=7")
    ran, benchmarks = compared(project, "main", "slowed")
    assert ran.code == 1
    assert benchmarks["good/fast"]["confirmed_live"] is True
    assert "injected" in benchmarks["good/fast"]["reason_codes"]


def test_no_confirm_leaves_the_doubt(doubtful):
    ran, benchmarks = compared(doubtful, "main", "pr", "--no-confirm")
    assert ran.code == 0
    suspect = benchmarks["good/fast"]
    assert (suspect["verdict"], suspect["confirmed_live"]) == ("inconclusive", False)
    assert doubtful.pulsebench("compare", "main", "pr", "--no-confirm", "--strict").code == 5


@pytest.mark.parametrize("reference,side", [("main", "old"), ("pr", "new")])
def test_a_missing_binary_leaves_the_doubt_and_says_which_and_what_to_do(doubtful, reference, side):
    kept(doubtful, reference).unlink()
    os.unlink(doubtful.suite("fake_good"))
    (doubtful.root / "suites" / "fake_good").touch()  # the current build is another one
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert ran.code == 0
    suspect = benchmarks["good/fast"]
    assert suspect["verdict"] == "inconclusive"
    assert suspect["unconfirmed_code"] == "suite_unavailable"
    assert suspect["unconfirmed_because"].startswith(f"the {side} side's suite 'fake'")
    assert kept(doubtful, reference).name[:12] in suspect["unconfirmed_because"]
    assert "measure that build here again" in suspect["unconfirmed_because"]
    text = doubtful.pulsebench("compare", "main", "pr").out
    assert "1 suspect was not re-measured: " in " ".join(text.split())


def test_the_current_build_stands_in_for_a_binary_that_is_not_kept(doubtful):
    doubtful.program = shutil.copy(os.environ["PULSEBENCH"], doubtful.root / "pulsebench")
    kept(doubtful, "pr").unlink()
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert (ran.code, benchmarks["good/fast"]["confirmed_live"]) == (1, True)


def test_a_binary_that_was_changed_is_not_started(doubtful):
    trap = doubtful.root / "started"
    kept(doubtful, "main").write_text(f"#!/bin/sh\ntouch {trap}\n")
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "inconclusive"
    assert "was changed since it was kept" in benchmarks["good/fast"]["unconfirmed_because"]
    assert not trap.exists()


def test_a_result_that_names_a_path_for_a_binary_starts_nothing(doubtful):
    trap = doubtful.root / "started"
    evil = doubtful.write("evil", f"#!/bin/sh\ntouch {trap}\n")
    evil.chmod(0o755)
    document = json.loads(doubtful.baseline("pr").read_text())
    document["suites"][0]["sha256"] = "../../evil"
    doubtful.write("baselines/pr.json", json.dumps(document))
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert (ran.code, benchmarks["good/fast"]["verdict"]) == (0, "inconclusive")
    assert not trap.exists()


def test_results_of_another_machine_are_not_settled_on_this_one(doubtful):
    for name in ["main", "pr"]:
        document = json.loads(doubtful.baseline(name).read_text())
        document["machine"]["key"] = "0123456789abcdef"
        doubtful.baseline(name).write_text(json.dumps(document))
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert ran.code == 0
    assert benchmarks["good/fast"]["unconfirmed_code"] == "other_machine"
    assert "0123456789abcdef" in benchmarks["good/fast"]["unconfirmed_because"]


def test_a_binary_that_cannot_be_started_leaves_the_doubt(doubtful):
    kept(doubtful, "pr").chmod(0o644)
    ran, benchmarks = compared(doubtful, "main", "pr")
    assert (ran.code, benchmarks["good/fast"]["verdict"]) == (0, "inconclusive")
    assert "the new side's suite 'fake'" in benchmarks["good/fast"]["unconfirmed_because"]


def test_a_time_budget_ends_it_without_a_verdict(doubtful):
    ran, benchmarks = compared(doubtful, "main", "pr", "--time-budget", "1ms")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "inconclusive"


def test_an_interrupt_ends_the_measuring_and_leaves_no_process(project, wait_until, no_process_left):
    project.save("main")
    project.rebuild("fake_good", 7, pause_us=50_000)
    project.save("pr")
    process = project.start("compare", "main", "pr")
    wait_until(lambda: catches_sigint(process.pid), "the measuring")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err.decode()
    assert b"good/fast" in out, "what the stored results say is shown all the same"
    no_process_left(project.root)


def catches_sigint(pid):
    """From when the machine is tuned on: before, a signal just ends the command."""
    status = Path(f"/proc/{pid}/status").read_text()
    (caught,) = [line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")]
    return int(caught, 16) & 1 << (signal.SIGINT - 1)


def test_a_cpu_that_is_not_there_is_bad_input(doubtful):
    ran = doubtful.pulsebench("compare", "main", "pr", "--cpus", "4095")
    assert ran.code == 2
    ran.only_error()
