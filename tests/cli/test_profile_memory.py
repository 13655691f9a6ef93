"""What a benchmark takes from the heap, on the real harness: counts, leaks, lifetimes, and growth."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"

SANITIZED = os.environ["SANITIZED"] != ""
recorded = pytest.mark.skipif(SANITIZED, reason="a sanitizer owns the allocator")


def profile(project, benchmark, *words, suite="HEAP_SUITE"):
    return project.pulsebench("profile", "memory", benchmark, "--exe", os.environ[suite], *words)


def fitting(schema, ran):
    """The document, which fits its published schema."""
    document = json.loads(ran.out)
    jsonschema.validate(document, json.loads((DOCS / f"{schema}.schema.json").read_text()))
    return document


@recorded
def test_a_leak_is_named_with_its_bytes_an_operation(project):
    ran = profile(project, "heap/leaky")
    assert ran.code == 0
    # One operation of a thousand leaves 256 bytes; the others allocate 41 to 100.
    assert ran.out.startswith("leaks: 0.256 B/op in leak(int) heap_suite.cpp:")
    for heading in ["leaks", "heap over the operations", "where it allocates", "held at the peak",
                    "lifetimes", "sizes"]:
        assert f"\n{heading}\n" in ran.out


@recorded
def test_the_document_has_exact_counts_and_whole_stacks(project):
    found = fitting("memory", profile(project, "heap/leaky", "--format", "json"))
    assert found["operations"] == 20_000
    assert [(leak["blocks_per_op"], leak["bytes_per_op"]) for leak in found["leaks"]] == [(0.001, 0.256)]
    assert found["leaks"][0]["site"].startswith("leak(int) heap_suite.cpp:")
    spot = found["allocates"][0]
    assert spot["site"].startswith("format(int) heap_suite.cpp:")
    # 41 + i % 60 in operations 10,000 to 19,999: 166 whole rounds of 60 and the first 40 of another.
    sizes = [41 + i % 60 for i in range(10_000, 20_000)]
    assert spot["allocations_per_op"] == 1
    assert spot["bytes_per_op"] == pytest.approx(sum(sizes) / 10_000)
    frames = [frame["function"] for frame in found["stacks"][spot["stack"]]["frames"]]
    assert frames[0].startswith("operator new")
    assert not any("run_batch" in frame for frame in frames)


@recorded
def test_what_the_end_of_the_benchmark_frees_is_kept_and_no_leak(project):
    found = profile(project, "heap/kept", "--format", "json").json()
    assert found["leaks"] == []
    assert sum(kept["blocks_per_op"] for kept in found["kept"]) == pytest.approx(0.2)
    assert "no leak: " in profile(project, "heap/kept").out


@recorded
def test_lifetimes_are_in_operations(project):
    found = profile(project, "heap/queued", "--format", "json").json()["lifetimes"]
    assert found["p50_operations"] == 8
    assert found["p99_operations"] == 8
    assert found["died_at_once"] == 0
    assert profile(project, "heap/none").out.startswith("no leak: no allocations\n")


@recorded
def test_growth_against_an_older_build_names_the_function_and_fails(project):
    words = ["--against", os.environ["HEAP_SUITE"]]
    grown = profile(project, "heap/leaky", *words, suite="HEAP_SUITE_MORE")
    assert grown.code == 1
    assert "allocations 1.00 → 2.00 an operation" in " ".join(grown.out.split()) or \
        "allocations 1 → 2 an operation" in " ".join(grown.out.split())
    assert "most in format(int) heap_suite.cpp:" in " ".join(grown.out.split())
    same = profile(project, "heap/leaky", *words)
    assert same.code == 0
    assert same.out.startswith("unchanged: ")
    assert profile(project, "heap/leaky", *words, "--fail-on", "1", suite="HEAP_SUITE_MORE").code == 0


@recorded
def test_a_recording_that_does_not_fit_says_how_many_operations_it_has(project):
    ran = profile(project, "heap/many")
    recorded_operations = re.search(r"(\d+) of (\d+) operations were recorded: the next one would "
                                    r"exceed 64 MiB", " ".join(ran.out.split()))
    assert 100 < int(recorded_operations[1]) < int(recorded_operations[2])
    assert ran.out.startswith("no leak: 50 allocations and ")


@recorded
def test_counts_that_do_not_repeat_are_ranges(project):
    ran = profile(project, "heap/varies", "--against", os.environ["HEAP_SUITE"], "--format", "json")
    change = fitting("memory", ran)["change"]
    assert change["repeats"] is False
    low, high = change["new"]["allocations_per_op"]
    assert low < high


@recorded
@pytest.mark.parametrize("tool, benchmark, expected", [
    ("memcheck", "heap/leaky", "definitely lost: 512 B in leak(int) heap_suite.cpp:"),
    ("dhat", "heap/leaky", "left: 0.256 B/op in leak(int) heap_suite.cpp:"),
    ("massif", "heap/kept", "peak "),
    ("heaptrack", "heap/leaky", "left at the exit, most: 512 B in leak heap_suite.cpp"),
])
def test_another_tool_says_the_same(project, tool, benchmark, expected):
    report = project.root / "report.json"
    ran = profile(project, benchmark, "--with", tool, "--export", f"json={report}")
    assert ran.code == 0, ran.err
    assert ran.out.startswith(expected)
    document = json.loads(report.read_text())
    jsonschema.validate(document, json.loads((DOCS / "memory-tool.schema.json").read_text()))
    assert any(finding["site"].startswith(("leak", "keep"))
               for finding in document["findings"])


def test_a_tool_that_is_not_installed_is_one_line_with_its_package(project):
    project.environment["PATH"] = "/nowhere"
    ran = profile(project, "heap/leaky", "--with", "heaptrack")
    assert ran.code == 2
    assert "sudo apt-get install heaptrack" in ran.only_error()


@pytest.mark.parametrize("benchmark, code, line", [
    ("heap/plain_loop", 3, "heap/plain_loop: counted only where one thread runs pulsebench::measure"),
    ("heap/nothing", 2, "no benchmark is left to run"),
    ("heap/", 2, "'heap/' matches 7 benchmarks (heap/leaky, heap/kept"),
])
def test_what_cannot_be_profiled_says_why(project, benchmark, code, line):
    ran = profile(project, benchmark)
    assert ran.code == code
    assert line in ran.only_error()


def test_a_program_without_the_wire_protocol_is_not_recorded_but_runs_under_other_tools(project):
    ran = profile(project, "multiply/same", suite="FOREIGN_OLD")
    assert ran.code == 2
    assert "pulsebench::harness" in ran.only_error()
    watched = profile(project, "multiply/same", "--with", "memcheck", suite="FOREIGN_OLD")
    assert watched.code == 0, watched.err
    assert watched.out.startswith("no leak: memcheck found none")
