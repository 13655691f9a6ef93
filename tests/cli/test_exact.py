"""Instructions counted one by one, by the real valgrind and step by step."""

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest
from conftest import SOURCE

needs_valgrind = pytest.mark.skipif(
    os.environ["SANITIZED"] != "",
    reason="valgrind cannot run what a sanitizer has instrumented; the other builds run this",
)


def run(project, suite, *words):
    return project.pulsebench("run", "--preset", "quick", "--counters", "none", "--instructions",
                              "--exe", str(suite), *words)


def exact(project, suite, *words):
    """What was counted, by benchmark."""
    ran = run(project, suite, "--format", "json", *words)
    document = ran.json()
    schema = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return {benchmark["id"]: benchmark["exact"] for benchmark in document["benchmarks"]}


STEPS = ["--filter", "^counted/steps$"]


def without_valgrind(project, tmp_path):
    (tmp_path / "empty").mkdir()
    project.environment["PATH"] = str(tmp_path / "empty")


@needs_valgrind
def test_the_instructions_of_an_operation_are_counted_by_callgrind(project):
    steps = exact(project, os.environ["COUNTED"], *STEPS)["counted/steps"]
    # Four in the operation, two of the loop around it.
    assert steps["instructions_per_op"] == 6
    assert (steps["by"], steps["whole"]) == ("callgrind", True)


def test_without_valgrind_they_are_stepped_to_the_same_number(project, tmp_path):
    without_valgrind(project, tmp_path)
    steps = exact(project, os.environ["COUNTED"], *STEPS)["counted/steps"]
    assert (steps["instructions_per_op"], steps["by"]) == (6, "single step")


@needs_valgrind
def test_runs_in_different_places_count_the_same(project, tmp_path):
    counted = set()
    for i in (0, 3, 6, 9):
        folder = tmp_path / ("d" * (7 * i + 1))
        folder.mkdir()
        suite = folder / "counted_suite"
        shutil.copy(os.environ["COUNTED"], suite)
        project.environment["PULSEBENCH_NOISE"] = "x" * (300 * i)
        project.environment["HOME"] = str(folder)
        found = exact(project, suite, "--filter", "allocates", "--seed", str(i))
        counted.add(found["counted/allocates"]["instructions_per_op"])
    assert len(counted) == 1, counted


@needs_valgrind
def test_one_instruction_more_is_found_and_named(project):
    for suite, name in (("COUNTED", "before"), ("COUNTED_EXTRA", "after")):
        assert run(project, os.environ[suite], *STEPS, "--save", name).code == 0
    ran = project.pulsebench("compare", "before", "after", "--all")
    said = " ".join(ran.out.split())  # a warning is wrapped at the width of a terminal
    assert "counted/steps" in said
    assert "instructions 6 -> 7 (+16.7 %)" in said, ran.out
    # Four or five instructions a cycle: what the time says of one more is the machine's affair, and
    # where it says nothing the instructions decide.
    judged = project.pulsebench("compare", "before", "after", "--format", "json").json()
    (steps,) = judged["benchmarks"]
    assert steps["counts_per_op"]["instructions"] == [6, 7]
    assert steps["verdict"] in ("regressed", "unchanged", "improved")


@needs_valgrind
def test_a_loop_that_is_not_ours_is_not_counted_and_says_so(project):
    plain = exact(project, os.environ["COUNTED"], "--filter", "plain_loop")["counted/plain_loop"]
    assert "instructions_per_op" not in plain
    assert "pulsebench::measure" in plain["reason"]


@needs_valgrind
def test_an_instruction_that_valgrind_does_not_know_gets_the_clear_message(project):
    found = exact(project, os.environ["COUNTED"], "--filter", "unknown_to_valgrind")
    assert "AVX-512" in found["counted/unknown_to_valgrind"]["reason"]
    assert "-mno-avx512f" in found["counted/unknown_to_valgrind"]["reason"]


@needs_valgrind
def test_the_dashboard_has_the_instructions(project):
    ran = run(project, os.environ["COUNTED"], *STEPS)
    assert ran.code == 0
    assert " instr/op " in ran.out


def test_nothing_is_left_behind(project, tmp_path):
    (tmp_path / "tmp").mkdir()
    project.environment["TMPDIR"] = str(tmp_path / "tmp")
    run(project, os.environ["COUNTED"], *STEPS)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not list(Path(project.root).rglob("callgrind*"))
