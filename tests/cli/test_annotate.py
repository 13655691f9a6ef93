"""The machine code of one function, with what an operation executes of it."""

import os

import pytest

PROGRAM = os.environ["ADVISED"]
needs_valgrind = pytest.mark.skipif(
    os.environ["SANITIZED"] != "",
    reason="valgrind cannot run what a sanitizer has instrumented; the other builds run this",
)


def annotated(project, function, *words):
    return project.pulsebench("profile", "cpu", "division/fires", "--exe", PROGRAM, "--annotate",
                              function, *words)


@needs_valgrind
def test_each_instruction_has_its_executions_and_its_line(project):
    ran = annotated(project, "division_fires", "--format", "json")
    assert ran.code == 0, ran.err
    document = ran.json()
    assert document["schema"] == "pulsebench-annotation"
    (division,) = [one for one in document["code"] if one["text"].startswith(("div ", "idiv "))]
    assert division["executions_per_op"] == 1
    assert division["source"]["file"].endswith("advised_benchmarks.cpp")
    executed = sum(one["executions_per_op"] for one in document["code"])
    assert executed == document["instructions_per_op"]
    page = annotated(project, "division_fires")
    assert "executions/op" in page.out and "div" in page.out


@needs_valgrind
def test_a_slow_instruction_has_the_samples_and_not_those_that_are_executed_as_often(project):
    document = annotated(project, "division_fires", "--format", "json").json()
    if "perf events" in document["not_sampled"]:
        pytest.skip("needs perf events")
    code = document["code"]
    assert document["samples"] > 100 and not document["not_sampled"], document["not_sampled"]
    assert sum(one["samples"] for one in code) <= document["samples"]
    division = next(i for i, one in enumerate(code) if one["text"].startswith(("div ", "idiv ")))
    # A division takes many times what the others do, and a sample is at most one instruction late.
    slow = sum(one["samples"] for one in code[division:division + 2])
    assert slow > 0.4 * sum(one["samples"] for one in code)
    assert "samples %" in annotated(project, "division_fires").out


@needs_valgrind
def test_a_function_that_is_not_executed_is_refused_with_those_that_are(project):
    ran = annotated(project, "no_such_function")
    assert ran.code == 2
    assert "executes no function 'no_such_function'" in ran.err
    assert "division_fires" in ran.err
