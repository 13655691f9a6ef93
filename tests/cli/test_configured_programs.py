"""Programs that are started as the project says: with arguments, variables, a folder, a limit; and
judged as it says."""

import json
import os
import shutil

import pytest


@pytest.fixture
def configured(project):
    """The program in build/, its data in data/, and a configuration of one entry."""
    shutil.rmtree(project.root / "config")
    (project.root / "build").mkdir()
    shutil.copy(os.environ["CONFIGURED"], project.root / "build" / "corpus_bench")
    project.write("data/corpus.txt", "words")

    def configure(entry=None, **settings):
        entry = {"path": "build/*_bench", "args": ["--name=read"], "working_directory": "data",
                 "environment": {"CORPUS": "corpus.txt"}, **(entry or {})}  # fmt: skip
        project.write("pulsebench.json", json.dumps({"suites": [entry], **settings}))
        return project

    return configure


def run_json(project, *words):
    ran = project.pulsebench("run", "--preset", "quick", "--format", "json", *words)
    return ran, {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def test_an_entry_says_how_its_program_is_started(configured):
    ran, benchmarks = run_json(configured())
    assert ran.code == 0, ran.err
    assert benchmarks["read"]["status"] == "ok"
    facts = ran.json()["suites"][0]["facts"]
    assert facts["arguments"] == "--name=read" and facts["variables"] == "CORPUS"
    assert "corpus.txt" not in ran.out


def test_the_options_hold_wherever_a_program_of_that_name_is_given(configured):
    project = configured()
    ran, benchmarks = run_json(project, "--exe", "build/corpus_bench")
    assert ran.code == 0 and list(benchmarks) == ["read"]
    old = project.root / "old"
    old.mkdir()
    shutil.copy(os.environ["CONFIGURED"], old / "corpus_bench")
    ran = project.pulsebench("ab", str(old), "build/corpus_bench", "--max-blocks", "4")
    assert ran.code == 0, ran.out + ran.err
    ran = project.pulsebench("noise", "--max-blocks", "4")
    assert ran.code == 0, ran.out + ran.err


def test_the_command_line_adds_arguments_and_variables(project):
    project.environment["CORPUS"] = str(project.write("corpus.txt", "words"))
    program = os.environ["CONFIGURED"]
    ran, benchmarks = run_json(project, "--exe", program, "--arg=--name=a", "--arg=--name=b",
                               "--env", "CORPUS")  # fmt: skip
    assert ran.code == 0, ran.err
    assert {name: b["status"] for name, b in benchmarks.items()} == {"a": "ok", "b": "ok"}
    words = ["--arg=--name=a", "--env", f"CORPUS={project.root}/corpus.txt", "--max-blocks", "4"]
    assert project.pulsebench("ab", program, program, *words).code == 0


def test_a_variable_of_the_command_line_wins(configured):
    ran, benchmarks = run_json(configured(), "--env", "CORPUS=/nowhere")
    assert "there is no such file" in benchmarks["read"]["reason"]


@pytest.mark.parametrize("value, fact", [
    ("NOT_SET_HERE", "the variable NOT_SET_HERE is not set here; give NOT_SET_HERE=VALUE"),
    ("2ND=x", "not '2ND=x'; give NAME=VALUE"),
])  # fmt: skip
def test_a_variable_that_cannot_be_passed_is_refused(project, value, fact):
    ran = project.pulsebench("run", "--env", value)
    assert ran.code == 2
    assert fact in ran.only_error()


def test_what_a_program_misses_of_our_environment_is_named_with_the_way_out(project):
    project.environment["CORPUS"] = "corpus.txt"
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ["CONFIGURED"],
                             "--arg=--name=read")  # fmt: skip
    assert "programs do not get the variable CORPUS, which is set here: pass it with --env CORPUS" in ran.err


def test_a_folder_that_is_not_there_is_named(configured):
    ran = configured({"working_directory": "nowhere"}).pulsebench("run")
    assert ran.code == 3
    assert "cannot enter the working_directory '" in ran.err and "/nowhere' of '" in ran.err


def test_a_program_that_may_be_missing_is_left_out_with_the_way_to_get_it(configured):
    project = configured()
    entries = json.loads((project.root / "pulsebench.json").read_text())["suites"]
    missing = {"path": "build/store", "requires": "liblmdb: apt install liblmdb-dev"}
    project.write("pulsebench.json", json.dumps({"suites": [*entries, missing]}))
    ran, benchmarks = run_json(project)
    assert ran.code == 0 and list(benchmarks) == ["read"], ran.err
    assert ran.err.count("skipped: the suite 'build/store' is not built; it requires liblmdb: "
                         "apt install liblmdb-dev\n") == 1

    project.write("pulsebench.json", json.dumps({"suites": [missing]}))
    ran = project.pulsebench("run")
    assert ran.code == 2 and "no suite of " in ran.err and "is built" in ran.err

    shutil.copy(os.environ["CONFIGURED"], project.root / "build" / "store")
    project.write("pulsebench.json", json.dumps({"suites": [{**entries[0], **missing}]}))
    ran, benchmarks = run_json(project)
    assert ran.code == 0 and "skipped" not in ran.err


def test_two_entries_of_one_path_are_an_error_and_a_link_is_a_program_of_its_own(configured):
    project = configured()
    entry = {"path": "build/corpus_bench", "args": ["--name=a"], "environment": {"CORPUS": "data/corpus.txt"}}
    project.write("pulsebench.json", json.dumps({"suites": [entry, {**entry, "args": ["--name=b"]}]}))
    ran = project.pulsebench("run")
    assert ran.code == 2
    assert "'suites[1]' has the path 'build/corpus_bench', as suites[0] has" in ran.only_error()

    (project.root / "build" / "other").symlink_to("corpus_bench")
    other = {**entry, "path": "build/other"}
    project.write("pulsebench.json", json.dumps({"suites": [entry, {**other, "args": ["--name=b"]}]}))
    ran, benchmarks = run_json(project)
    assert ran.code == 0 and list(benchmarks) == ["a", "b"], ran.err

    project.write("pulsebench.json", json.dumps({"suites": [entry, other]}))
    ran, benchmarks = run_json(project)
    assert ran.code == 0 and list(benchmarks) == ["corpus_bench/a", "other/a"], ran.err


def test_an_entry_has_a_time_limit_of_its_own(configured):
    slow = {"environment": {"CORPUS": "corpus.txt", "SLOW": "400"}}
    settings = {"sampling": {"launch_limit_ms": 200}}
    ran = configured(slow, **settings).pulsebench("run")
    assert ran.code == 3 and "200 ms (sampling.launch_limit_ms, or time_limit_s of its suite)" in ran.err
    ran = configured({**slow, "time_limit_s": 20}, **settings).pulsebench("run", "--list")
    assert ran.code == 0, ran.err


def test_a_doubtful_benchmark_is_measured_again_as_it_was(configured):
    """The binary that a run kept is started with what the run started it with."""
    project = configured(benchmarks=[{"match": ".", "threshold_percent": 0.1}])
    for name in ["main", "pr"]:
        assert run_json(project, "--save", name)[0].code == 0
    project.write("pulsebench.json", json.dumps({"benchmarks": [{"match": ".", "threshold_percent": 0.1}]}))
    ran = project.pulsebench("compare", "main", "pr", "--format", "json")
    (judged,) = ran.json()["benchmarks"]
    assert "unconfirmed" not in judged, judged
    assert judged.get("blocks", 0) > 0, "nothing was in doubt"


# ---- tiers, thresholds, targets, titles ----------------------------------------------------


def test_a_program_without_tiers_is_shown_under_benchmarks_and_still_gates(configured):
    project = configured(project="words")
    ran = project.pulsebench("run", "--preset", "quick", "--save", "main")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[3].strip("│ ") == "words"
    assert "Benchmarks" in ran.out and ran.out.startswith("1 benchmark measured; ")
    assert "Critical" not in ran.out and "target" not in ran.out
    listed = project.pulsebench("run", "--list").out
    assert "benchmarks (1)" in listed and "critical" not in listed
    dry = project.pulsebench("run", "--dry-run").out
    assert "critical" not in dry


def test_the_title_is_the_name_of_the_folder_where_none_is_given(configured):
    ran = configured().pulsebench("run", "--preset", "quick")
    assert ran.out.splitlines()[3].strip("│ ") == "project"


def test_an_entry_or_a_rule_gives_a_tier(configured):
    ran, benchmarks = run_json(configured({"tier": 2}))
    assert benchmarks["read"]["tier"] == 2 and "tier_declared" not in benchmarks["read"]
    project = configured({"tier": 2}, benchmarks=[{"match": "^re", "tier": 1}])
    ran, benchmarks = run_json(project)
    assert benchmarks["read"]["tier"] == 1
    assert "Fast path (tier 1)" in project.pulsebench("run", "--preset", "quick").out
    ran, benchmarks = run_json(configured(default_tier=3))
    assert benchmarks["read"]["tier"] == 3 and benchmarks["read"]["tier_declared"] is False


def test_a_rule_gives_a_target(configured):
    project = configured(benchmarks=[{"match": "read", "target_ns_per_op": 0.01}])
    ran, benchmarks = run_json(project, "--enforce-targets")
    assert ran.code == 6
    assert benchmarks["read"]["target_ns_per_op"] == 0.01
    assert "target" in project.pulsebench("run", "--preset", "quick").out


def test_a_rule_gives_a_threshold_and_the_command_line_wins(configured):
    project = configured(benchmarks=[{"match": "read", "threshold_percent": 60}])
    program = str(project.root / "build" / "corpus_bench")
    words = ["ab", program, program, "--max-blocks", "4", "--format", "json"]
    (judged,) = project.pulsebench(*words).json()["benchmarks"]
    assert judged["threshold_percent"] == 60
    (judged,) = project.pulsebench(*words, "--threshold", "0=7").json()["benchmarks"]
    assert judged["threshold_percent"] == 7
