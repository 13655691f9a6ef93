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


def test_a_cold_and_a_warm_start_are_measured(project):
    found = benchmarks(project, "--filter", "^workflow/start:")
    assert {name: benchmark["status"] for name, benchmark in found.items()} == {
        "workflow/start:cold_start": "ok", "workflow/start:warm_start": "ok"}
    assert all(1e5 < benchmark["median_ns_per_op"] < 6e10 for benchmark in found.values())
