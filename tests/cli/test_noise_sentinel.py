"""What a real suite says about the noise around it, with a real program in its way."""

import os
import subprocess
import sys

import pytest

from conftest import Project

HOG = "import os, sys; os.sched_setaffinity(0, {int(sys.argv[1])}); print(flush=True)\nwhile True: pass"


@pytest.fixture
def hog_on():
    """Keeps a CPU busy until the test ends."""
    hogs = []

    def start(cpu):
        hogs.append(
            subprocess.Popen([sys.executable, "-c", HOG, str(cpu)], stdout=subprocess.PIPE)
        )
        hogs[-1].stdout.readline()  # it is there

    yield start
    for hog in hogs:
        hog.kill()
        hog.communicate()


def run_floors(project, cpu, *words):
    # Not tuned: with nice -10 the suite would leave the hog a tenth of the CPU only.
    return project.pulsebench(
        "run", "--exe", os.environ["FLOORS"], "--filter", "relaxed_load", "--cpus", str(cpu),
        "--no-tune", "--preset", "quick", *words,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def test_a_hog_on_the_measuring_cpu_is_named_as_the_cause(project, hog_on):
    cpu = max(os.sched_getaffinity(0))
    hog_on(cpu)
    ran = run_floors(project, cpu, "--format", "json")
    assert ran.code == 0, ran.err
    result = ran.json()["benchmarks"][0]
    launches = result["launches"]
    assert result["disturbed_slices"]["run_delay"] > 0
    assert sum(launches["disturbed"]) > 0
    # With two tasks for one CPU one of them always waits.
    assert result["disturbed_launches"]["crowded"] == len(launches["launch"])


def test_a_run_beside_a_hog_says_how_much_of_the_time_was_disturbed_and_by_what(project, hog_on):
    cpu = max(os.sched_getaffinity(0))
    hog_on(cpu)
    ran = run_floors(project, cpu, "--explain")
    assert ran.code == 0, ran.err
    shown = " ".join(ran.out.split())
    assert "of the measured time was disturbed" in shown
    assert "waiting for a CPU" in shown
    assert "more tasks than CPUs in" in shown
