"""What a short repetition of a Google Benchmark program hides, and what is no measurement."""

import os
import shutil
import subprocess

import pytest

OLD, NEW = "HIDDEN_OLD", "HIDDEN_NEW"


def judged(project, new, benchmark, *more):
    ran = project.pulsebench("ab", os.environ[OLD], os.environ[new], "--filter", f"^{benchmark}$",
                             "--format", "json", "--seed", "3", *more)
    (one,) = ran.json()["benchmarks"]
    return ran, one


@pytest.mark.parametrize("benchmark", ["waits_for_a_thread", "flushes_now_and_then"])
def test_a_cost_that_a_short_repetition_hides_is_found(project, benchmark):
    ran, one = judged(project, NEW, benchmark)
    assert one["verdict"] == "regressed", one
    assert one["change_percent"] > 15
    assert ran.code == 1


def test_code_that_the_compiler_removed_is_no_improvement(project):
    ran, one = judged(project, NEW, "removed")
    assert (one["verdict"], one["failed"], ran.code) == ("not_judged", True, 3)
    assert "not slower than an empty loop" in one["reason"]


def test_what_skips_on_both_sides_is_listed_and_gates_nothing(project):
    ran = project.pulsebench("ab", os.environ[OLD], os.environ[OLD], "--filter", "^(skips|plain)$",
                             "--format", "json", "--max-blocks", "4")
    by_id = {b["id"]: b for b in ran.json()["benchmarks"]}
    assert by_id["skips"]["failed"] is False
    assert "it skipped: no such device" in by_id["skips"]["reason"]
    assert by_id["plain"]["verdict"] != "not_judged"
    assert ran.code == 0


def test_what_begins_to_skip_fails(project):
    ran, one = judged(project, NEW, "skips_now")
    assert (one["verdict"], one["failed"], ran.code) == ("not_judged", True, 3)
    assert one["reason"] == "the new side failed: it skipped: no such device"


def test_run_lists_what_skips_and_what_measures_nothing(project):
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ[NEW],
                             "--format", "json", "--filter", "^(skips|removed|plain)$")
    assert {b["id"]: b["status"] for b in ran.json()["benchmarks"]} == {
        "skips": "skipped", "removed": "measured_nothing", "plain": "ok",
    }  # fmt: skip
    assert ran.code == 3


@pytest.mark.skipif(os.environ.get("SANITIZED", "") != "",
                    reason="strace and a sanitizer exclude each other")
def test_a_kernel_that_refuses_to_pin_costs_a_warning(project):
    strace = shutil.which("strace")
    assert strace, "strace is in config/packages.txt"
    ran = subprocess.run(
        [strace, "-f", "-o", "/dev/null", "--seccomp-bpf", "-e", "trace=sched_setaffinity",
         "-e", "inject=sched_setaffinity:error=EPERM", os.environ["PULSEBENCH"], "ab", "--no-tune",
         "--root", str(project.root), os.environ[OLD], os.environ[OLD], "--filter", "^plain$",
         "--max-blocks", "6"],
        capture_output=True, text=True, check=False)
    assert "the kernel refuses to pin processes to a CPU" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode == 0, ran.stdout + ran.stderr
