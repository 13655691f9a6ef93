"""Where a benchmark spends its time, on this machine's own kernel."""

import gzip
import json
import os
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest
from conftest import SOURCE

KNOWN = os.environ["KNOWN_SHARES"]
DOUBLE = os.environ["DOUBLE_LEAF"]
ID = "profiled/known_shares"
# A sanitizer's checks are in the functions as well.
TOLERANCE = 15 if os.environ["SANITIZED"] else 4


@pytest.fixture(autouse=True)
def tolerant_leak_check(project):
    """The leak sanitizer of clang 14 crashes in thread-local storage of libraries that were loaded late."""
    if os.environ["SANITIZED"]:
        project.environment["LSAN_OPTIONS"] = "use_tls=0"


def profiled(project, *words, seconds="1s"):
    return project.pulsebench("profile", "cpu", ID, "--exe", KNOWN, "--time-budget", seconds, *words)


def checked(ran):
    document = ran.json()
    schema = json.loads((SOURCE / "docs" / "profile.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


def shares(document):
    return {spot["name"].split("(anonymous namespace)::")[-1].split("(")[0]: spot["self_percent"]
            for spot in document["spots"]}


@pytest.mark.parametrize("sampler", [[], ["--timer"]])
def test_functions_have_the_shares_that_they_are_known_to_have(project, sampler):
    ran = profiled(project, *sampler, "--format", "json")
    assert ran.code == 0, ran.err
    document = checked(ran)
    if sampler:
        assert document["sampled_by"] == "timer"
    found = shares(document)
    assert found["alpha"] == pytest.approx(50, abs=TOLERANCE)
    assert found["leaf"] == pytest.approx(30, abs=TOLERANCE)
    assert found["beta"] == pytest.approx(20, abs=TOLERANCE)
    assert sum(one["samples"] for one in document["processes"]) == document["samples"] > 1000
    assert sum(one["truncated"] for one in document["processes"]) < 0.01 * document["samples"]


def test_the_table_names_functions_and_lines_and_each_document_is_whole(project):
    files = {name: project.root / f"flame.{name}" for name in ("svg", "folded", "pprof", "html")}
    exports = [word for name, file in files.items() for word in ("--export", f"{name}={file}")]
    ran = profiled(project, *exports)
    assert ran.code == 0, ran.err
    assert "alpha" in ran.out.splitlines()[0]
    assert "known_shares.cpp:" in ran.out, ran.out
    svg = files["svg"].read_text()
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert "inlined_part" in svg and svg.count("http") == 1
    stacks = [line.rsplit(" ", 1) for line in files["folded"].read_text().splitlines()]
    assert any(stack.split(";")[-2:][0].find("inlined_part") >= 0 for stack, _ in stacks)
    assert all(int(count) > 0 for _, count in stacks)
    assert b"known_shares.cpp" in gzip.decompress(files["pprof"].read_bytes())
    page = files["html"].read_text()
    assert 'class="flame"' in page and page.count("<script>") == 2


def test_lines_and_inlined_functions_are_listed_where_they_are_asked_for(project):
    by_line = checked(profiled(project, "--by", "line", "--format", "json", seconds="500ms"))
    assert by_line["spots"][0]["name"].rsplit(":", 1)[0].endswith("known_shares.cpp")
    inlined = shares(checked(profiled(project, "--by", "inlined", "--format", "json", seconds="500ms")))
    assert inlined["chain"] > 90


@pytest.mark.skipif(os.environ["SANITIZED"] != "", reason="valgrind cannot run what a sanitizer changes")
def test_ab_explains_in_instructions_and_in_nanoseconds(project):
    ran = project.pulsebench("ab", KNOWN, DOUBLE, "--filter", ID, "--explain", "--format", "json")
    assert ran.code == 1, ran.err
    explanation = ran.json()["benchmarks"][0]["explanation"]
    assert "leaf" in explanation["functions"][0]["function"]
    time = explanation["time"]
    assert "leaf" in time["function"]
    assert 0 < time["low_ns_per_op"] <= time["change_ns_per_op"] <= time["high_ns_per_op"]
    assert "ns longer (95 % interval +" in explanation["text"]


def test_the_function_that_became_slower_is_named_first(project):
    ran = project.pulsebench("profile", "cpu", ID, "--exe", DOUBLE, "--against", KNOWN,
                             "--time-budget", "3s", "--format", "json", "--export",
                             f"svg={project.root}/change.svg")
    assert ran.code == 1, ran.err  # 30 % more are beyond the gate of 5 %
    document = checked(ran)
    assert document["regressed"] and document["exit_code"] == 1
    first = document["functions"][0]
    assert "leaf" in first["name"]
    assert first["significant"]
    assert 0 < first["low_ns_per_op"] < first["high_ns_per_op"]
    assert "leaf" in document["summary"]
    assert "leaf" in (project.root / "change.svg").read_text()


def test_a_side_against_itself_passes(project):
    ran = project.pulsebench("profile", "cpu", ID, "--exe", KNOWN, "--against", KNOWN,
                             "--time-budget", "1s")
    assert ran.code == 0, ran.err
    assert "smallest growth that would have been seen" in ran.out


@pytest.mark.skipif(bool(os.environ["SANITIZED"]), reason="a sanitizer's stacks are deep")
def test_a_program_of_google_benchmark_is_sampled_from_outside(project):
    ran = project.pulsebench("profile", "cpu", "multiply/changed", "--exe", os.environ["FOREIGN_OLD"],
                             "--time-budget", "500ms", "--format", "json")
    if ran.code == 3 and "perf events are forbidden" in ran.err:
        pytest.skip("needs perf events")
    assert ran.code == 0, ran.err
    document = checked(ran)
    assert document["samples"] > 100
    assert all("benchmark::State&" in document["frames"][stack["frames"][-1]]["function"]
               for stack in document["stacks"])


@pytest.mark.skipif(bool(os.environ["SANITIZED"]), reason="a sanitizer's stacks are deep")
def test_all_threads_of_a_benchmark_are_sampled(project):
    ran = project.pulsebench("profile", "cpu", "profiled/two_threads", "--exe", KNOWN, "--time-budget", "2s",
                             "--format", "json")
    if ran.code == 3 and ("perf events are" in ran.err or "ulimit -l" in ran.err):
        pytest.skip("needs perf events")
    assert ran.code == 0, ran.err
    document = checked(ran)
    # Two threads for two seconds at 5 kHz, on CPUs that others use as well.
    assert document["samples"] > 700
    found = shares(document)
    assert found["alpha"] == pytest.approx(50, abs=TOLERANCE)
    assert found["leaf"] == pytest.approx(30, abs=TOLERANCE)
    assert sum(one["truncated"] for one in document["processes"]) < 0.05 * document["samples"]


def test_a_timer_is_refused_where_it_cannot_sample(project):
    ran = project.pulsebench("profile", "cpu", "profiled/two_threads", "--exe", KNOWN, "--timer")
    assert ran.code == 2
    assert "'profiled/two_threads/threads:2' needs perf events" in " ".join(ran.only_error().split())


def test_a_limit_on_the_rate_that_another_program_set_is_said(project):
    project.write("machine/proc/sys/kernel/perf_event_max_sample_rate", "1\n")
    project.environment["PULSEBENCH_MACHINE_ROOT"] = str(project.root / "machine")
    ran = profiled(project, "--format", "json", seconds="500ms")
    assert ran.code == 0
    assert "perf_event_max_sample_rate is 1" in ran.err
    assert ran.json()["sampled_by"] == "timer"


@pytest.mark.parametrize(("words", "said"), [
    (["nothing_of_that_name"], "nothing_of_that_name"),
    ([ID, "--rate", "0"], "--rate"),
    ([ID, "--by", "colour"], "give function, inlined or line"),
    ([ID, "--against", "no_such_side"], "no_such_side"),
    ([ID, "--format", "csv"], "csv shows results"),
])
def test_what_cannot_be_profiled_is_one_clear_line(project, words, said):
    ran = project.pulsebench("profile", "cpu", *words, "--exe", KNOWN)
    assert ran.code == 2
    assert said in ran.only_error()


def test_a_benchmark_that_cannot_be_sampled_says_why(project):
    ran = project.pulsebench("profile", "cpu", "good/fast", "--exe", project.suite("fake_good"))
    assert ran.code == 3
    assert "good/fast" in ran.only_error()
