"""Benchmarks that no comparison of stored results can call unchanged."""

import json


def test_a_benchmark_that_stored_runs_can_never_decide_is_named_when_it_is_saved(project):
    for number in range(5):
        assert project.run("fake_good").code == 0
        newest = sorted((project.root / ".pulsebench/runs").glob("*/result.json"))[-1]
        result = json.loads(newest.read_text())
        for benchmark in result["benchmarks"]:
            if benchmark["id"] == "good/slow":
                benchmark["median_ns_per_op"] *= 1 + 0.1 * (number % 2)
        newest.write_text(json.dumps(result))
    saved = project.save("main")
    said = " ".join(saved.err.split())
    assert "compare can never call unchanged" in said
    # R: sd(log(c(1, 1.1, 1, 1.1, 1, 1))) = 0.0492
    assert "good/slow (σ 4.9 % in 6 runs, threshold 10 %); pulsebench ab can" in said
    assert "good/fast" not in said
    assert "good/slow (σ 4.9 %" in " ".join(project.pulsebench("baseline", "save", "again").err.split())
