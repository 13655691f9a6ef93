"""What the GPUs do while a benchmark runs, by a driver that the tests bring along."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "gpu.schema.json").read_text())


@pytest.fixture
def gpu(project):
    def profile(fake, *words):
        if fake is not None:
            project.environment.update(LD_LIBRARY_PATH=os.environ["FAKE_NVML"], NVML_FAKE=fake)
        ran = project.pulsebench("profile", "gpu", "good/fast", "--exe", project.suite("fake_good"),
                                 "--no-tune", "--time", "0.2s", *words)
        assert ran.code == 0, ran.err
        return ran

    return profile


def test_without_a_driver_one_line_says_so_and_nothing_fails(gpu):
    assert gpu(None).out.startswith("no NVIDIA GPU driver here: libnvidia-ml.so.1: cannot open shared")


def test_a_driver_that_is_not_loaded_is_named(gpu):
    assert gpu("init=9").out == "the NVIDIA GPU driver does not answer: Driver Not Loaded\n"


def test_every_figure_has_its_unit(gpu):
    ran = gpu("")
    assert " an operation, by the energy counter; " in " ".join(ran.out.split())
    for line in ["energy             500 J  energy counter", "memory, peak     257 MiB  of the device",
                 "memory, added    1 MiB", "temperature 64 °C highest", "SM clock 1710 MHz mean",
                 "throttled none at the start: none",
                 "utilization absent shorter than the 1 s that the driver averages"]:
        assert " ".join(line.split()) in " ".join(ran.out.split())


def test_a_figure_that_is_not_supported_is_absent_with_its_reason_and_the_others_are_there(gpu):
    found = json.loads(gpu("nosupport=energy,throttle=4", "--format", "json").out)
    jsonschema.validate(found, SCHEMA)
    device = found["devices"][0]
    assert device["energy_by"] == "mean power x time"
    # 250 W for as long as it was watched.
    assert device["energy_joules"]["value"] == pytest.approx(250 * found["seconds"])
    assert device["energy_joules_per_op"]["value"] == pytest.approx(250 * found["ns_per_op"] / 1e9)
    assert device["throttling"] == {"at_start": "software power cap", "at_end": "software power cap"}
    found = json.loads(gpu("nosupport=temperature", "--format", "json").out)
    jsonschema.validate(found, SCHEMA)
    absent = found["devices"][0]
    assert absent["temperature_celsius"] == {"absent": "Not Supported"}
    assert absent["sm_clock_mhz"] == {"value": 1710}


def test_a_benchmark_that_is_not_there_is_an_error_with_or_without_a_gpu(project):
    ran = project.pulsebench("profile", "gpu", "good/none", "--exe", project.suite("fake_good"))
    assert ran.code == 2
    assert "no benchmark is left to run" in ran.only_error()


FAKE_NSYS = """#!/bin/bash
if [ "$1" = stats ]; then
  echo "Time (%),Total Time (ns),Instances,Avg (ns),Name"
  echo '100.0,5000,2,2500.0,"void add<int>(int*)"'
else
  output="${3#--output=}"; shift 3; "$@" || exit; echo report > "$output.nsys-rep"
fi
"""


@pytest.mark.skipif(os.environ["SANITIZED"] != "",
                    reason="a program that leaks fails under a sanitizer")
def test_the_report_of_nsys_is_kept_and_its_kernels_are_shown(project):
    nsys = project.write("tools/nsys", FAKE_NSYS)
    nsys.chmod(0o755)
    project.environment["PATH"] = f"{nsys.parent}:/usr/bin:/bin"
    ran = project.pulsebench("profile", "gpu", "heap/leaky", "--exe", os.environ["HEAP_SUITE"],
                             "--with", "nsys")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("1 kernel; 100 % of their time in void add<")
    assert (project.root / ".pulsebench" / "profiles" / "heap_leaky.nsys-rep").is_file()


def test_a_tool_of_nvidia_that_is_not_installed_is_one_line(project):
    ran = project.pulsebench("profile", "gpu", "heap/leaky", "--exe", os.environ["HEAP_SUITE"],
                             "--with", "ncu")
    assert ran.code == 2
    assert ran.only_error().startswith("pulsebench: ncu is not installed; NVIDIA's own packages")
