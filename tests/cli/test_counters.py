"""What is counted beside the time, on this machine's own kernel."""

import json
import os
import subprocess

import jsonschema
import pytest
from conftest import SOURCE

USUAL = ["cycles", "instructions", "branches", "branch-misses", "L1-dcache-load-misses",
         "LLC-load-misses", "dTLB-load-misses", "context-switches", "cpu-migrations", "page-faults"]


def counted(project, *words):
    """The benchmarks of a short run of the counted suite, by id."""
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ["COUNTED"],
                             "--format", "json", *words)
    document = ran.json()
    schema = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return ran, {benchmark["id"]: benchmark for benchmark in document["benchmarks"]}


def values(benchmark):
    return {counter["name"]: counter["per_op"] for counter in benchmark.get("counters", [])}


def absent(benchmark):
    return {name: group["reason"] for group in benchmark.get("counters_absent", [])
            for name in group["events"]}


def test_the_usual_events_are_counted_or_say_why_not(project):
    ran, results = counted(project, "--filter", "faults")
    assert ran.code == 0, ran.err
    faults = results["counted/faults"]
    assert sorted([*values(faults), *absent(faults)]) == sorted(USUAL)
    # A sanitizer's allocator touches a few pages of its own between two readings.
    allowed = 0.1 if os.environ["SANITIZED"] else 0.005
    assert abs(values(faults)["page-faults"] - 1.0) < allowed
    # A hardware event that is not counted here has no value at all, and a way out.
    for name in ("cycles", "instructions"):
        if name in values(faults):
            assert values(faults)[name] > 0
        else:
            assert "--instructions" in absent(faults)[name] or "perf_event_paranoid" in absent(faults)[name]


def test_only_the_events_of_the_list_are_counted(project):
    _, results = counted(project, "--filter", "steps", "--counters", "page-faults")
    assert list(values(results["counted/steps"])) == ["page-faults"]
    assert values(results["counted/steps"])["page-faults"] < 0.01


@pytest.mark.skipif(os.environ["SANITIZED"] != "", reason="a sanitizer needs /proc")
def test_without_proc_the_reason_is_that_the_cpu_is_unknown(project):
    program = os.environ["PULSEBENCH"]
    without_proc = ["unshare", "--mount", "--map-root-user", "sh", "-c", 'mount -t tmpfs tmpfs /proc && "$@"', "sh"]
    if subprocess.run([*without_proc, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("a process without /proc cannot be made; run as root, or allow user namespaces")
    shown = subprocess.run([*without_proc, program, "counters", "list"], capture_output=True, text=True,
                           env=project.environment, check=True)  # fmt: skip
    assert "/proc/cpuinfo cannot be read: mount /proc" in " ".join(shown.stdout.split())
    assert "libpfm does not know" not in shown.stdout


def test_none_counts_nothing(project):
    _, results = counted(project, "--filter", "steps", "--counters", "none")
    assert "counters" not in results["counted/steps"]
    assert "counters_absent" not in results["counted/steps"]


def test_a_loop_that_is_not_ours_says_so(project):
    _, results = counted(project, "--filter", "plain_loop", "--counters", "page-faults")
    assert "pulsebench::measure" in absent(results["counted/plain_loop"])["page-faults"]


def test_an_event_that_nobody_knows_is_refused_before_anything_runs(project):
    ran = project.run("fake_good", "--counters", "cycles,page-fault")
    assert ran.code == 2
    assert "'page-fault'" in ran.only_error() and "page-faults?" in ran.only_error()


def test_the_dashboard_says_once_why_events_are_absent(project):
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ["COUNTED"],
                             "--filter", "steps|faults", "--explain")
    assert ran.out.count("not counted") <= 1
    assert ("not counted" in ran.out) == ("ipc" not in ran.out)


def test_the_list_says_what_opens_here_and_why_not(project):
    ran = project.pulsebench("counters", "list", "--format", "json")
    assert ran.code == 0
    events = {event["name"]: event for event in ran.json()["default"]}
    assert list(events) == USUAL
    assert all(event["counted"] or event["note"] for event in events.values())
    assert events["page-faults"]["counted"]
    assert any(unit["name"] == "perf" for unit in ran.json()["units"])


def test_the_list_as_text_names_each_usual_event_and_all_names_every_one(project):
    short, whole = project.pulsebench("counters", "list"), project.pulsebench("counters", "list", "--all")
    assert all(name in short.out for name in USUAL)
    assert "perf::PERF_COUNT_SW_PAGE_FAULTS" in whole.out
    assert "perf::PERF_COUNT_SW_PAGE_FAULTS" not in short.out


def test_another_cpu_that_libpfm_is_told_of_is_listed_but_does_not_open(project):
    project.environment.update(LIBPFM_FORCE_PMU="icl", LIBPFM_ENCODE_INACTIVE="1")
    ran = project.pulsebench("counters", "list", "--format", "json")
    (unit,) = ran.json()["units"]
    assert unit["name"] == "icl" and len(unit["events"]) > 50
