"""Programs of Google Benchmark that do what the library allows and few expect."""

import os
import shutil

import pytest

PROGRAMS = ["UNUSUAL_LAX", "UNUSUAL_COUNT"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_one_bad_benchmark_costs_itself_and_nothing_else_is_lost(project, program):
    words = ["run", "--preset", "quick", "--exe", os.environ[program], "--format", "json"]
    ran = project.pulsebench(*words)
    status = {b["id"]: b["status"] for b in ran.json()["benchmarks"]}
    assert status == {
        "one": "ok", "one/real_time": "ok", "one/process_time": "ok", "twin": "failed",
        "brackets[1]{2}(3)": "ok", "aggregates": "ok", "counters": "ok", "label": "ok",
    }  # fmt: skip
    assert ran.code == 3
    (reason,) = [b["reason"] for b in ran.json()["benchmarks"] if b["id"] == "twin"]
    assert "two benchmarks of one name" in reason


@pytest.mark.parametrize("program", PROGRAMS)
def test_ab_judges_all_of_them_but_the_bad_one(project, program):
    ran = project.pulsebench("ab", os.environ[program], os.environ[program], "--format", "json",
                             "--filter", "^(one|brackets|aggregates|counters|label)", "--max-blocks", "6")
    assert ran.code == 0, ran.out
    # After so few blocks, or on a machine as noisy as a CI's, one may stay in doubt.
    assert {b["verdict"] for b in ran.json()["benchmarks"]} <= {"unchanged", "inconclusive"}
    assert len(ran.json()["benchmarks"]) == 7


def test_programs_of_one_folder_are_told_apart(project):
    folder = project.root / "programs"
    folder.mkdir()
    for name in ["json", "xml"]:
        shutil.copy(os.environ["UNUSUAL_LAX"], folder / name)
    ran = project.pulsebench("ab", str(folder), str(folder), "--format", "json", "--max-blocks",
                             "4", "--filter", "label")
    assert [b["id"] for b in ran.json()["benchmarks"]] == ["json/label", "xml/label"]


def test_work_that_cannot_be_injected_is_refused(project):
    program = os.environ["UNUSUAL_LAX"]
    for words in (["run", "--exe", program, "--inject", "label=10"],
                  ["ab", program, program, "--inject", "label=10"],
                  ["noise", "--exe", program, "--filter", "^label$", "--inject", "10"]):
        ran = project.pulsebench(*words)
        assert ran.code == 2, words
        assert "no work can be added to a program of Google Benchmark" in ran.only_error()
        assert "pulsebench::harness" in ran.only_error()
