"""Advice on real programs: what a rule is about fires it, and what computes the same without that
does not. At night tests/profiling tries every rule; here are three."""

import json
import os

import jsonschema
import pytest
from conftest import SOURCE

PROGRAM = os.environ["ADVISED"]
needs_valgrind = pytest.mark.skipif(
    os.environ["SANITIZED"] != "",
    reason="valgrind cannot run what a sanitizer has instrumented; the other builds run this",
)


def advised(project, benchmark):
    ran = project.pulsebench("advise", benchmark, "--exe", PROGRAM, "--format", "json")
    assert ran.code == 0, ran.err
    document = ran.json()
    schema = json.loads((SOURCE / "docs" / "advice.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return {advice["rule"]: advice for advice in document["advice"]}


@needs_valgrind
@pytest.mark.parametrize("rule", ["allocation", "division", "lock prefix"])
def test_a_rule_fires_on_what_it_is_about_and_not_on_its_twin(project, rule):
    name = rule.replace(" ", "_")
    advice = advised(project, f"{name}/fires")[rule]
    assert "_fires(benchmark::State&)" in advice["function"] and advice["source"]["line"] > 0
    assert advice["gain_ns_per_op"] > 0
    assert rule not in advised(project, f"{name}/twin")


@needs_valgrind
def test_the_page_says_what_where_why_and_what_to_try(project):
    ran = project.pulsebench("advise", "^system_calls/fires$", "--exe", PROGRAM)
    assert ran.code == 0, ran.err
    text = " ".join(ran.out.split())
    assert "for system_calls/fires, which takes " in text
    assert "the operation calls the kernel" in text
    assert "1 system calls per operation" in text
    assert "try: call it once for several operations" in text


def test_without_valgrind_one_line_says_what_to_install(project, tmp_path):
    (tmp_path / "empty").mkdir()
    project.environment["PATH"] = str(tmp_path / "empty")
    ran = project.pulsebench("advise", "division/fires", "--exe", PROGRAM)
    assert ran.code == 3
    assert ran.err == ("pulsebench: valgrind is not installed, which counts instructions "
                       "(Debian package valgrind)\n")


@needs_valgrind
def test_without_objdump_the_other_rules_are_tried(project, tmp_path):
    (tmp_path / "bin").mkdir()
    valgrind = tmp_path / "bin" / "valgrind"
    valgrind.write_text('#!/bin/sh\nexec /usr/bin/valgrind "$@"\n')
    valgrind.chmod(0o755)
    project.environment["PATH"] = str(tmp_path / "bin")
    ran = project.pulsebench("advise", "system_calls/fires", "--exe", PROGRAM)
    assert ran.code == 0, ran.err
    text = " ".join(ran.out.split())
    assert "objdump is not installed (Debian package binutils)" in text
    assert "the operation calls the kernel" in text


def test_a_benchmark_that_is_none_is_refused(project):
    ran = project.pulsebench("advise", "nonsense", "--exe", PROGRAM)
    assert ran.code == 2
    assert "no benchmark is left to run" in ran.err
