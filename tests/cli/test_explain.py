"""Why something regressed, by the instructions of each function: the real valgrind counts those of
real programs, a Google Benchmark program and suites on the harness."""

import json
import os
import shutil

import jsonschema
import pytest
from conftest import SOURCE

pytestmark = pytest.mark.skipif(
    os.environ["SANITIZED"] != "",
    reason="valgrind cannot run what a sanitizer has instrumented; the other builds run this",
)
FOREIGN = ["ab", os.environ["FOREIGN_OLD"], os.environ["FOREIGN_NEW"], "--filter", "changed"]
# The operation of counted/steps twice: tests/cli/test_exact.py says why it has 6 instructions, of
# which injection repeats all.
TWICE = ["ab", os.environ["COUNTED"], os.environ["COUNTED"], "--filter", "^counted/steps$",
         "--inject", "counted/steps=100"]


def explanation_of(ran):
    (benchmark,) = ran.json()["benchmarks"]
    assert benchmark["verdict"] == "regressed"
    return benchmark["explanation"]


def test_ab_names_the_function_of_a_foreign_program_exactly(project):
    ran = project.pulsebench(*FOREIGN, "--explain=5", "--format", "json")
    assert ran.code == 1, ran.err
    schema = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
    comparison = {"$ref": "#/$defs/comparison", "$defs": schema["$defs"]}
    jsonschema.Draft202012Validator(comparison).validate(ran.json())
    explanation = explanation_of(ran)
    (function,) = explanation["functions"]
    assert "multiply" in function["function"]
    assert function["source"]["file"].endswith("foreign_benchmark.cpp")
    grown = (function["candidate_instructions_per_op"] - function["base_instructions_per_op"])
    assert grown > 0 and grown % 50 == 0, "fifty more turns of one loop"
    assert explanation["candidate_instructions_per_op"] == (
        explanation["base_instructions_per_op"] + grown)
    assert explanation["text"].startswith(f"of {grown:.1f} more instructions ")
    assert not ran.json()["benchmarks"][0]["layout_suspect"], "instructions explain it"
    assert "multiply" in explanation["text"]
    inlined = function["inlined"]
    assert inlined["function"].split("(")[0].endswith("multiply")
    assert inlined["difference_instructions_per_op"] == grown
    assert inlined["source"]["file"].endswith("foreign_benchmark.cpp")


def test_the_page_names_it_and_its_details_have_each_function(project):
    ran = project.pulsebench(*TWICE, "--explain", "--export", f"json={project.root}/verdict.json",
                             "--export", f"html={project.root}/verdict.html")
    assert ran.code == 1, ran.err
    text = " ".join(ran.out.split())
    assert "of 6.00 more instructions " in text
    assert "Why it regressed: instructions per operation" in text
    report = project.pulsebench("report", "verdict.json", "--format", "markdown")
    assert "of 6.00 more instructions " in report.out, "the stored document has it"
    assert "of 6.00 more instructions " in (project.root / "verdict.html").read_text()


@pytest.mark.parametrize("off", ["--no-explain", "--explain=0"])
def test_it_is_switched_off(project, off):
    ran = project.pulsebench(*TWICE, off, "--format", "json")
    assert ran.code == 1
    (benchmark,) = ran.json()["benchmarks"]
    assert "explanation" not in benchmark


def test_compare_counts_with_the_executables_that_were_kept(project):
    for name, *inject in (("main",), ("pr", "--inject", "counted/steps=400")):
        ran = project.pulsebench("run", "--preset", "quick", "--counters", "none", "--exe",
                                 os.environ["COUNTED"], "--filter", "^counted/steps$", "--save",
                                 name, *inject)
        assert ran.code == 0, ran.err
    ran = project.pulsebench("compare", "main", "pr", "--explain=1", "--format", "json")
    assert ran.code == 1
    explanation = explanation_of(ran)
    assert explanation["base_instructions_per_op"] == 6
    assert explanation["candidate_instructions_per_op"] == 30, "five times, far beyond any noise"
    shutil.rmtree(project.root / ".pulsebench" / "bin")
    ran = project.pulsebench("compare", "main", "pr", "--explain=1")
    assert ran.code == 1, "the verdict does not depend on it"
    assert "not explained: suite 'counted_suite': " in " ".join(ran.out.split())


def test_without_valgrind_only_who_asks_is_told(project, tmp_path):
    (tmp_path / "empty").mkdir()
    project.environment["PATH"] = str(tmp_path / "empty")
    asked = project.pulsebench(*TWICE, "--explain")
    assert asked.code == 1
    assert "not explained: valgrind is not installed" in " ".join(asked.out.split())


def test_a_suite_that_cannot_be_counted_says_so(project):
    suite = project.suite("fake_good")
    ran = project.pulsebench("ab", suite, suite, "--inject", "good/fast=10", "--explain=1")
    assert ran.code == 1
    assert "not explained: the old side: " in " ".join(ran.out.split())


def test_a_number_that_is_none_is_refused_in_one_line(project):
    ran = project.pulsebench(*TWICE, "--explain=many")
    assert ran.code == 2
    assert ran.err.count("\n") <= 2 and "--explain" in ran.err
