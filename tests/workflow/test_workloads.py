"""The workloads of the example service in config/pulsebench.json, measured once."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PULSEBENCH = Path(os.environ["PULSEBENCH"])
WORKLOADS = {name: workload for name, workload in
             json.loads((ROOT / "config" / "pulsebench.json").read_text())["workloads"].items()
             if name.startswith("workflow/")}
ONE = {"launches": {"0": 1, "1": 1, "2": 1, "3": 1}}


@pytest.fixture
def project(tmp_path):
    """A project with these workloads, the build under test and one launch of each."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "pulsebench.json").write_text(json.dumps({
        "workloads": WORKLOADS, "build": {"command": "true", "suites": str(PULSEBENCH.parent / "suites")},
        "presets": {"one": ONE}, "default_preset": "one"}))
    return tmp_path


def benchmarks(project, *words):
    ran = subprocess.run([PULSEBENCH, "run", "--no-tune", "--format", "json", *words], cwd=project,
                         capture_output=True, text=True, timeout=100, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return {benchmark["id"]: benchmark for benchmark in json.loads(ran.stdout)["benchmarks"]}


def test_every_scenario_has_its_workload(project):
    found = {name.split(":")[0] for name in benchmarks(project, "--list")}
    assert found == {f"workflow/{scenario}" for scenario in (
        "start", "submission/light", "submission/medium", "submission/heavy", "feedback/medium",
        "status/medium", "burst/spike", "sustained/soak")}


def test_a_start_and_load_are_measured_without_an_error(project):
    found = benchmarks(project, "--filter", "^workflow/(start:|.*/medium:(request_time|errors)$)")
    assert {name: benchmark["status"] for name, benchmark in found.items()
            if benchmark["status"] != "ok"} == {}
    assert {"workflow/start:cold_start", "workflow/start:warm_start",
            "workflow/submission/medium:request_time"} <= found.keys()
    errors = {name: found[name]["median"] for name in found if name.endswith(":errors")}
    assert errors == {f"workflow/{scenario}/medium:errors": 0
                      for scenario in ("submission", "feedback", "status")}
