"""Benchmarks that have another name on the old side: renamed ones (--map), and rivals."""

import json
import os

import pytest
from test_ab import NEWER, judged
from test_compare import compared


def renamed_copy(measured, tmp_path, name):
    document = json.loads(measured.baseline("main").read_text())
    document["benchmarks"] = [b for b in document["benchmarks"] if b["id"] == "good/fast"]
    document["benchmarks"][0]["id"] = name
    file = tmp_path / "renamed.json"
    file.write_text(json.dumps(document))
    return str(file)


def test_a_renamed_benchmark_is_paired_by_a_rule(measured, tmp_path):
    old = renamed_copy(measured, tmp_path, "fast/old")
    words = (old, "pr-123", "--map", "(.*)/old=good/$1", "--map", "nothing=x", "--no-confirm")
    ran, benchmarks = compared(measured, *words)
    assert ran.code == 1
    fast = benchmarks["good/fast"]
    assert (fast["verdict"], fast["base_id"]) == ("regressed", "fast/old")
    assert ran.json()["warning_codes"].count("rule_unused") == 1
    assert "compared with fast/old" in measured.pulsebench("compare", *words).out


@pytest.mark.parametrize("rule, part", [
    ("good/.*=x", "'good/fast' and 'good/slow' of the old side would both be 'x'"),
    ("(good=x", "is not a valid regular expression"),
    ("good", "give an expression and a name"),
    ("good=$1", "refers to group 1"),
])
def test_a_rule_that_cannot_be_applied_is_one_line(measured, rule, part):
    ran = measured.pulsebench("compare", "main", "again", "--map", rule)
    assert ran.code == 2
    assert part in ran.only_error()


def test_renamed_benchmarks_of_a_foreign_program_are_paired_by_a_rule(project):
    for side, name, ns in [("old", "sort/8", "3.50"), ("new", "sort/8/1", "4.20")]:
        text = NEWER.format(ns=ns).replace("sort/8", name)
        project.write(f"{side}/bench", text).chmod(0o755)
    assert project.pulsebench("ab", "old/bench", "new/bench").code == 4
    words = ("ab", "old/bench", "new/bench", "--map", "sort/(.*)=sort/$1/1")
    ran = project.pulsebench(*words, "--format", "json")
    assert ran.code == 1, ran.err
    (sort,) = judged(ran).values()
    assert (sort["id"], sort["base_id"], sort["verdict"]) == ("sort/8/1", "sort/8", "regressed")


def test_rivals_of_one_suite_are_judged_against_each_other(project):
    suite = project.suite("fake_good")  # 4, 80 and 0.5 ns
    ran = project.pulsebench("ab", suite, "--rival", "good/fast=good/slow", "--format", "json")
    assert ran.code == 0, ran.err  # tier 1 does not gate
    (slow,) = judged(ran).values()
    assert (slow["verdict"], slow["base_id"]) == ("regressed", "good/fast")
    assert round(slow["median_ratio"]) == 20
    ran = project.pulsebench("ab", suite, "--rival", "good/slow=good/fast", "--format", "json")
    assert judged(ran)["good/fast"]["verdict"] == "improved"
    text = project.pulsebench("ab", suite, "--rival", "good/fast=good/slow").out
    assert "compared with good/fast" in text and " rival" in text


def test_rivals_of_a_foreign_program_are_judged_against_each_other(project):
    # In the new program they are twins; in the old one "same" does twice the work of "changed".
    rule = ("--rival", "multiply/(changed)=multiply/same")
    ran = project.pulsebench("ab", os.environ["FOREIGN_NEW"], *rule, "--max-blocks", "24",
                             "--format", "json")
    assert judged(ran)["multiply/same"]["verdict"] in ("unchanged", "inconclusive")
    assert ran.code == 0
    ran = project.pulsebench("ab", os.environ["FOREIGN_OLD"], *rule, "--format", "json")
    assert ran.code == 1
    slower = judged(ran)["multiply/same"]
    assert (slower["verdict"], slower["base_id"]) == ("regressed", "multiply/changed")
    assert 1.5 < slower["median_ratio"] < 3


@pytest.mark.skipif(bool(os.environ.get("SANITIZED")), reason="a sanitizer slows a load alone")
@pytest.mark.parametrize("rival, mine, factor", [
    ("relaxed_load", "thread_cpu_clock", 50), ("thread_cpu_clock", "relaxed_load", 0.02),
])
def test_rivals_may_differ_by_any_factor(project, rival, mine, factor):
    rule = f"floors/{rival}=floors/{mine}"
    ran = project.pulsebench("ab", os.environ["FLOORS"], "--rival", rule, "--max-blocks", "20",
                             "--time-budget", "20s", "--format", "json")
    (judged_one,) = judged(ran).values()
    assert judged_one["verdict"] == ("regressed" if factor > 1 else "improved"), ran.out
    ratio = judged_one["median_ratio"]
    assert (ratio > factor) if factor > 1 else (ratio < factor)
    assert judged_one["seconds"] < 10


def test_rivals_are_of_one_program_and_have_to_exist(project):
    suite = project.suite("fake_good")
    for words, part in [
        ([suite, suite, "--rival", "good/fast=good/slow"], "one program"),
        ([suite, "--rival", "good/fast=good/slow", "--map", "a=b"], "one program"),
        ([suite, "--rival", "fast=good/slow"], "has to match a whole name"),
        ([suite, "--rival", "good/fast"], "--rival"),
        ([suite], "is not a git revision"),
    ]:
        ran = project.pulsebench("ab", *words)
        assert ran.code == 2, words
        assert part in ran.only_error()
    ran = project.pulsebench("ab", suite, "--rival", "good/(fast|slow)=good/$1er")
    assert ran.code == 4
