"""Benchmarks that no comparison of stored results can call unchanged."""

import json


def results(project):
    return set((project.root / ".pulsebench/runs").glob("*/result.json"))


def measured_as(project, slow_ns):
    """A run whose medians are set: what a machine measures differs from run to run."""
    before = results(project)
    assert project.run("fake_good").code == 0
    [measured] = results(project) - before
    result = json.loads(measured.read_text())
    for benchmark in result["benchmarks"]:
        benchmark["median_ns_per_op"] = slow_ns if benchmark["id"] == "good/slow" else 1
    measured.write_text(json.dumps(result))


def test_a_benchmark_that_stored_runs_can_never_decide_is_named_when_it_is_saved(project):
    for slow_ns in (1, 1.1, 1, 1.1, 1, 1):
        measured_as(project, slow_ns)
    saved = project.pulsebench("baseline", "save", "main")
    said = " ".join(saved.err.split())
    assert "compare can never call unchanged" in said
    # R: sd(log(c(1, 1.1, 1, 1.1, 1, 1))) = 0.0492
    assert "good/slow (σ 4.9 % in 6 runs, threshold 10 %); pulsebench ab can" in said
    assert "good/fast" not in said
    again = project.run("fake_good", "--save", "again")
    assert "compare can never call unchanged" in again.err
