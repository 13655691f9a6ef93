"""Programs of other frameworks: a real one with Catch2, and stand-ins that print and save what those
of nanobench and Criterion.rs do, by their documentation."""

import json
import os
import stat

import pytest

CRITERION = """#!/usr/bin/python3 -S
import json, os, re, sys
COSTS = {costs}
words = sys.argv[1:]
if any(word.startswith("--benchmark_") or word.startswith("--libidentify") for word in words):
    sys.exit("error: unexpected argument found")
assert words[0] == "--bench", words
if "--list" in words:
    for name in COSTS:
        print(name + ": benchmark")
    sys.exit()
assert "--noplot" in words, words
for name, ns in COSTS.items():
    if not re.search(words[-1], name):
        continue
    folder = os.path.join(os.environ["CRITERION_HOME"], name.replace(" ", "_"), "new")
    os.makedirs(folder)
    iterations = [float(100 * (i + 1)) for i in range(10)]
    with open(os.path.join(folder, "benchmark.json"), "w") as file:
        json.dump({{"full_id": name, "directory_name": name}}, file)
    with open(os.path.join(folder, "sample.json"), "w") as file:
        json.dump({{"sampling_mode": "Linear", "iters": iterations,
                   "times": [count * ns for count in iterations]}}, file)
"""

NANOBENCH = """#!/usr/bin/python3 -S
import json
COSTS = {costs}
print("measuring")
print(json.dumps({{"results": [
    {{"title": "sums", "name": name, "unit": "op", "batch": 2, "epochs": 11, "median(elapsed)": 1e-9,
      "measurements": [{{"iterations": 100, "elapsed": 2e-9 * ns}} for _ in range(11)]}}
    for name, ns in COSTS.items()]}}, indent=1))
"""

TABLE = """#!/bin/sh
echo
echo '|               ns/op |                op/s |    err% |     total | benchmark'
echo '|--------------------:|--------------------:|--------:|----------:|:----------'
echo '|                5.62 |      178,000,000.00 |    0.1% |      0.00 | `x += x`'
"""


@pytest.fixture
def program(project):
    def make(name, text, **fields):
        path = project.write(name, text.format(**fields) if fields else text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return make


def benchmarks(ran):
    return {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def costs_of(project, executable):
    ran = project.pulsebench("run", "--exe", executable, "--preset", "quick", "--format", "json")
    assert ran.code == 0, ran.err
    return {name: one["median_ns_per_op"] for name, one in benchmarks(ran).items()}


STAND_INS = [
    pytest.param(CRITERION, "{}", id="criterion"),
    pytest.param(NANOBENCH, "sums/{}", id="nanobench"),
]


@pytest.mark.parametrize("text, name", STAND_INS)
def test_a_stand_in_is_measured_by_what_it_writes(project, program, text, name):
    executable = program("old/bench", text, costs={"a (b)": 25.0, "group/by/10": 0.5})
    costs = costs_of(project, executable)
    assert costs == {name.format("a (b)"): 25.0, name.format("group/by/10"): 0.5}


@pytest.mark.parametrize("text, name", STAND_INS)
def test_a_slower_stand_in_regresses_and_an_equal_one_does_not(project, program, text, name):
    old = program("old/bench", text, costs={"a": 25.0, "b": 4.0})
    new = program("new/bench", text, costs={"a": 30.0, "b": 4.0})
    ran = project.pulsebench("ab", old, new, "--format", "json")
    assert ran.code == 1, ran.err
    verdicts = {one["id"]: one["verdict"] for one in ran.json()["benchmarks"]}
    assert verdicts == {name.format("a"): "regressed", name.format("b"): "unchanged"}


@pytest.mark.parametrize("text, name", STAND_INS)
def test_no_work_is_injected_in_silence(project, program, text, name):
    executable = program("old/bench", text, costs={"a": 25.0})
    for words in (
        ["run", "--exe", executable, "--inject", name.format("a") + "=10"],
        ["ab", executable, executable, "--inject", name.format("a") + "=10"],
        ["noise", "--exe", executable, "--inject", "10"],
    ):
        ran = project.pulsebench(*words)
        assert ran.code == 2
        assert "no work can be added to a program of" in ran.only_error()


def test_the_table_of_nanobench_is_refused_with_the_way_out(project, program):
    ran = project.pulsebench("run", "--exe", program("bench", TABLE))
    assert ran.code == 3
    assert "figures are rounded" in ran.only_error() and "templates::json()" in ran.only_error()


def test_a_criterion_program_that_saves_nothing_fails_its_benchmark(project, program):
    text = CRITERION.replace("os.makedirs(folder)", "continue")
    ran = project.pulsebench("run", "--exe", program("bench", text, costs={"a": 1.0}), "--preset", "quick")
    assert ran.code == 3
    assert "saved no result below CRITERION_HOME" in " ".join(ran.out.split())


def test_a_program_of_no_framework_is_refused(project, program):
    ran = project.pulsebench("run", "--exe", program("bench", "#!/bin/sh\nexit 2\n"))
    assert ran.code == 3
    assert "cannot be used" in ran.only_error()


# ---- Catch2, a second a launch ---------------------------------------------------------------


@pytest.fixture
def catch2():
    return os.environ["CATCH2_OLD"], os.environ["CATCH2_NEW"]


def test_the_benchmarks_of_a_catch2_program_are_listed_with_their_sections(project, catch2):
    ran = project.pulsebench("run", "--list", "--exe", catch2[0], "--format", "json")
    assert ran.code == 0, ran.err
    assert list(benchmarks(ran)) == [
        "~multiply, [twice]/changed",
        "~multiply, [twice]/one/same",
        "~multiply, [twice]/two/same",
        "throws/bad",
    ]


def test_a_catch2_program_is_measured_and_a_benchmark_that_throws_says_so(project, catch2):
    ran = project.pulsebench(
        "run", "--exe", catch2[0], "--filter", "two|bad", "--time-budget", "1s", "--format", "json"
    )
    assert ran.code == 3, ran.err
    found = benchmarks(ran)
    assert found["~multiply, [twice]/two/same"]["median_ns_per_op"] > 10
    assert "no luck" in found["throws/bad"]["reason"]


def test_a_slower_catch2_benchmark_regresses(project, catch2):
    words = ["--filter", "changed", "--family-alpha", "0.5", "--format", "json"]
    ran = project.pulsebench("ab", *catch2, *words, limit=300)  # a block takes some seconds
    assert ran.code == 1, ran.err
    assert benchmarks(ran)["~multiply, [twice]/changed"]["change_percent"] > 50
