"""Two builds measured against each other. Fake suites have exact times; the Google Benchmark
programs are real, unmodified, and differ by a factor of two, which no noise hides."""

import os
import shutil

import pytest


@pytest.fixture
def sides(project):
    """Two folders with one fake suite each, of the mode that is asked for."""

    def make(old, new):
        for side, mode in [("old", old), ("new", new)]:
            folder = project.root / side
            folder.mkdir()
            shutil.copy(os.environ["FAKE_SUITE"], folder / f"fake_{mode}")
        return str(project.root / "old"), str(project.root / "new")

    return make


def judged(ran):
    return {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def test_a_build_against_itself_is_unchanged(project, sides):
    ran = project.pulsebench("ab", *sides("good", "good"), "--format", "json")
    assert ran.code == 0
    assert {b["verdict"] for b in judged(ran).values()} == {"unchanged"}
    document = ran.json()
    assert document["kind"] == "ab"
    assert 0 < document["visit_share"] <= 1


def test_a_slowed_operation_is_named_alone_with_what_was_measured(project, sides):
    ran = project.pulsebench(
        "ab", *sides("good", "good"), "--inject", "good/fast=10", "--format", "json"
    )
    assert ran.code == 1
    benchmarks = judged(ran)
    assert [name for name, b in benchmarks.items() if b["verdict"] == "regressed"] == ["good/fast"]
    slowed = benchmarks["good/fast"]
    assert round(slowed["median_ratio"], 2) == 1.10
    assert slowed["blocks"] >= 4 and slowed["seconds"] > 0
    assert slowed["guard"] in ["low quantile", "mean", "both"]
    low, high = slowed["change_interval_percent"]
    assert low <= slowed["change_percent"] <= high


def test_builds_that_do_not_say_that_they_align_code_are_layout_suspects(project, sides):
    ran = project.pulsebench("ab", *sides("good", "good"), "--inject", "good/fast=10")
    assert ran.code == 1
    assert ran.out.count("layout suspect") == 2, "beside the benchmark, and once what it means"
    assert ran.out.count("-falign-loops=64") == 1
    suite = project.suite("fake_good")  # one file on both sides lies alike
    ran = project.pulsebench("ab", suite, suite, "--inject", "good/fast=10")
    assert ran.code == 1
    assert "layout suspect" not in ran.out


def test_the_text_says_how_sure_it_is_and_what_to_do_next(project, sides):
    ran = project.pulsebench("ab", *sides("good", "good"), "--inject", "good/fast=10")
    assert "p < 0.0001, family of 3" in ran.out or "p = 0.0" in ran.out
    assert "next: look at it alone: pulsebench ab " in " ".join(ran.out.split())
    assert ran.out.endswith("--filter '^good/fast$'\n")
    ran = project.pulsebench(
        "ab", *(str(project.root / side) for side in ("old", "new")), "--max-blocks", "4"
    )
    assert "--max-blocks 1000" in ran.out.splitlines()[-1]


def test_the_text_says_verdict_blocks_and_guard(project, sides):
    words = ["ab", *sides("good", "good"), "--inject", "good/fast=10"]
    ran = project.pulsebench(*words)
    assert ran.code == 1
    assert ran.out.startswith("regressed: 1 of 3 benchmarks")
    assert "blocks in" not in ran.out, "a detail"
    explained = project.pulsebench(*words, "--explain").out
    assert "blocks in" in explained and "seen by" in explained


def test_a_benchmark_on_one_side_only_is_listed_and_not_judged(project, sides):
    ran = project.pulsebench("ab", *sides("good", "crash"), "--format", "json")
    assert ran.code == 0
    (left_out,) = [b for b in judged(ran).values() if b["verdict"] == "not_judged"]
    assert left_out["id"].startswith("bad/")
    assert left_out["reason_codes"] == ["new_benchmark"]


@pytest.mark.parametrize("words, code", [
    ([], 1), (["--strict"], 1), (["--allow-missing"], 0), (["--filter", "good/"], 0),
    (["--fail-on", "1"], 0),
])
def test_a_benchmark_that_is_gone_fails_the_gate_unless_that_is_allowed(project, sides, words, code):
    ran = project.pulsebench("ab", *sides("crash.mended", "good"), "--format", "json", *words)
    assert ran.code == code
    document = ran.json()
    gone = [b["id"] for b in document["benchmarks"] if b["missing"]]
    assert gone == ([] if "--filter" in words else ["bad/crash"])
    assert document["verdict"] == ("missing" if code else "unchanged")
    assert ("missing from" in document["summary"]) == ("--filter" not in words)


@pytest.mark.parametrize("old, new, code", [
    ("skips", "skips", 0), ("skips", "skips.mended", 0), ("skips.mended", "skips", 3),
])
def test_a_skip_fails_where_the_new_side_alone_skips(project, sides, old, new, code):
    ran = project.pulsebench("ab", *sides(old, new), "--format", "json")
    assert ran.code == code
    skipped = judged(ran)["bad/skips"]
    assert skipped["verdict"] == "not_judged" and skipped["failed"] == (code == 3)
    assert "no such device" in skipped["reason"]
    assert (skipped["reason_codes"] == ["skipped"]) == (old == new)


def test_a_benchmark_that_the_time_did_not_reach_is_no_pass(project, sides):
    ran = project.pulsebench("ab", *sides("good", "good"), "--time-budget", "1ms", "--format", "json")
    assert ran.code == 3
    assert {b["reason_codes"][0] for b in judged(ran).values()} <= {"nothing_measured", "out_of_time"}


def test_more_threads_than_cpus_never_gate_and_their_threshold_is_20(project, sides):
    ran = project.pulsebench(
        "ab", *sides("threads", "threads"), "--inject", "threads/many=50", "--format", "json"
    )
    assert ran.code == 0
    crowded = judged(ran)["threads/many"]
    assert crowded["verdict"] == "regressed"
    assert (crowded["gates"], crowded["oversubscribed"]) == (False, True)
    assert crowded["threshold_percent"] == 20
    assert "oversubscribed" in crowded["reason_codes"]


def test_a_crash_ends_with_3_and_its_words_and_costs_nobody_else(project, sides):
    ran = project.pulsebench("ab", *sides("crash", "crash"), "--format", "json")
    assert ran.code == 3
    benchmarks = judged(ran)
    (failed,) = [b for b in benchmarks.values() if b["failed"]]
    assert failed["reason_codes"] == ["side_failed"]
    assert "killed by SIG" in failed["reason"]
    assert benchmarks["good/fast"]["verdict"] == "unchanged"


@pytest.mark.parametrize("old, new, side", [
    ("crash", "crash.mended", "old"), ("crash.mended", "crash", "new"),
])
def test_a_crash_on_one_side_names_the_side_and_ends_with_3(project, sides, old, new, side):
    ran = project.pulsebench("ab", *sides(old, new), "--format", "json")
    assert ran.code == 3
    (failed,) = [b for b in judged(ran).values() if b["failed"]]
    assert failed["id"] == "bad/crash"
    assert failed["reason"].startswith(f"the {side} side failed: killed by SIG")


def test_a_benchmark_that_throws_is_told_in_its_words_and_ends_with_3(project, sides):
    ran = project.pulsebench("ab", *sides("throws.mended", "throws"))
    assert ran.code == 3
    assert "the new side failed: it threw: no such device" in ran.out.replace("\n", " ")


def test_benchmarks_of_another_version_are_not_judged_and_end_with_3(project, sides):
    ran = project.pulsebench("ab", *sides("crash.mended", "crash.mended.v2"))
    assert ran.code == 3
    assert "'good/fast'" in ran.only_error() and "version" in ran.only_error()


def test_a_suite_that_dies_at_once_is_one_line_and_ends_with_3(project, sides):
    ran = project.pulsebench("ab", *sides("good", "exit_at_start"))
    assert ran.code == 3
    assert "fake_exit_at_start" in ran.only_error()


def test_what_ab_wrote_is_told_from_a_stored_result(project, sides):
    ran = project.pulsebench("ab", *sides("good", "good"), "--format", "json", "-o", "ab.json")
    assert ran.code == 0
    refused = project.pulsebench("compare", "ab.json", "ab.json")
    assert refused.code == 2
    assert "what 'ab' or 'compare' said" in refused.only_error()


NEWER = """#!/bin/sh
# Google Benchmark 1.9: 'skipped' for 'error_occurred', more fields, and an aggregate run besides.
case "$1" in
  --benchmark_list_tests=true) echo sort/8; exit 0;;
  --benchmark_filter=*) ;;
  *) echo "error: unrecognized command-line flag: $1" >&2; exit 1;;
esac
run() {{ echo '{{"name":"sort/8","family_index":0,"per_family_instance_index":0,"run_name":"sort/8",
"run_type":"iteration","repetitions":10,"repetition_index":0,"threads":1,"iterations":7,
"real_time":{ns},"cpu_time":{ns},"time_unit":"us"}},'; }}
{{
  echo '{{"context":{{"library_version":"v1.9.1","json_schema_version":1}},"benchmarks":['
  for each in $(seq "${{3#*=}}"); do run; done
  echo '{{"name":"sort/8_mean","run_name":"sort/8","run_type":"aggregate","aggregate_name":"mean",
"aggregate_unit":"time","iterations":4,"real_time":9.0,"cpu_time":9.0,"time_unit":"us"}}]}}'
}} > /dev/fd/4
"""


def test_a_newer_google_benchmark_is_understood(project):
    for side, ns in [("old", "3.50"), ("new", "4.20")]:
        project.write(f"{side}/bench", NEWER.format(ns=ns)).chmod(0o755)
    ran = project.pulsebench("ab", "old/bench", "new/bench", "--format", "json")
    assert ran.code == 1, ran.err
    (sort,) = judged(ran).values()
    assert sort["verdict"] == "regressed"
    assert round(sort["median_ratio"], 3) == 1.2
    assert sort["base_ns_per_op"] == 3500


def test_a_foreign_benchmark_timed_by_hand_on_one_side_only_ends_with_3(project):
    project.write("old/bench", NEWER.format(ns="3.50")).chmod(0o755)
    by_hand = NEWER.format(ns="3.50").replace("echo sort/8;", "echo sort/8/manual_time; echo list;")
    project.write("new/bench", by_hand).chmod(0o755)
    old = NEWER.format(ns="3.50").replace("echo sort/8;", "echo sort/8; echo list;")
    project.write("old/bench", old).chmod(0o755)
    ran = project.pulsebench("ab", "old/bench", "new/bench", "--format", "json")
    assert ran.code == 3
    sort = judged(ran)["sort/8"]
    assert sort["failed"] and sort["reason_codes"] == ["timed_by_hand"]
    assert judged(ran)["list"]["verdict"] == "unchanged"


def test_programs_with_nothing_in_common_are_refused(project):
    ran = project.pulsebench("ab", os.environ["FOREIGN_OLD"], project.suite("fake_good"))
    assert ran.code == 4
    assert "no benchmark in common" in ran.only_error()


def test_what_is_no_side_is_refused(project):
    ran = project.pulsebench("ab", "nowhere", "nothing")
    assert ran.code == 2
    assert "is neither a file nor a folder, and this is not a git repository" in ran.only_error()


def test_a_foreign_program_against_itself_raises_no_alarm(project):
    program = os.environ["FOREIGN_OLD"]
    ran = project.pulsebench("ab", program, program, "--max-blocks", "12", "--format", "json")
    assert ran.code == 0
    assert set(judged(ran)) == {"multiply/changed", "multiply/same"}


def test_a_foreign_program_that_does_twice_the_work_is_named(project):
    ran = project.pulsebench(
        "ab", os.environ["FOREIGN_OLD"], os.environ["FOREIGN_NEW"], "--format", "json"
    )
    assert ran.code == 1
    benchmarks = judged(ran)
    assert benchmarks["multiply/changed"]["verdict"] == "regressed"
    assert benchmarks["multiply/same"]["verdict"] != "regressed"
