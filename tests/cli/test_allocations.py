"""What operations take from the heap."""

import json
import os
import subprocess


def allocations(project, *words):
    ran = project.pulsebench("run", "--preset", "quick", "--counters", "none", "--allocations",
                             "--exe", os.environ["COUNTED"], "--format", "json", *words)
    return ran, {b["id"]: b["allocations"] for b in ran.json()["benchmarks"]}


def test_allocations_their_bytes_and_their_peak_are_counted(project):
    _, found = allocations(project, "--filter", "allocates|steps")
    # 100 and 100 bytes held together, then 1000 alone: glibc rounds to 104, 104 and 1000.
    assert found["counted/allocates"]["per_op"] == 3
    assert found["counted/allocates"]["bytes_per_op"] == 1200
    assert 1000 <= found["counted/allocates"]["peak_bytes"] < 1200
    assert found["counted/steps"]["per_op"] == 0
    assert found["counted/steps"]["bytes_per_op"] == 0


def test_a_loop_that_is_not_ours_is_not_counted_and_says_so(project):
    _, found = allocations(project, "--filter", "plain_loop")
    assert "pulsebench::measure" in found["counted/plain_loop"]["reason"]


def test_an_allocation_in_an_operation_that_may_have_none_misses_its_target(project):
    target = {"id": "counted/allocates", "max_ns_per_op": 1e9, "max_allocations_per_op": 0}
    project.write("config/targets.json", json.dumps(
        {"schema": "pulsebench-targets", "version": 1, "targets": [target]}))
    words = ["run", "--preset", "quick", "--exe", os.environ["COUNTED"], "--filter", "allocates",
             "--enforce-targets"]
    ran = project.pulsebench(*words)
    assert ran.code == 6
    assert "counted/allocates: 3 allocations per operation; its target allows none" in ran.out


def test_what_has_a_bound_on_allocations_is_counted_in_every_run_and_nothing_else(project):
    target = {"id": "counted/steps", "max_allocations_per_op": 0}
    project.write("config/targets.json", json.dumps(
        {"schema": "pulsebench-targets", "version": 1, "targets": [target]}))
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ["COUNTED"], "--filter",
                             "allocates|steps", "--enforce-targets", "--format", "json")
    assert ran.code == 0
    found = {b["id"]: b for b in ran.json()["benchmarks"]}
    assert found["counted/steps"]["allocations"]["per_op"] == 0
    assert "allocations" not in found["counted/allocates"]


def test_allocations_bytes_and_peak_have_a_table(project):
    ran = project.pulsebench("run", "--preset", "quick", "--exe", os.environ["COUNTED"], "--filter",
                             "allocates|steps", "--allocations", "--counters", "none")
    table = ran.table("Allocations")
    assert "1 of 2 counted allocate" in ran.out
    row = next(line for line in table.splitlines() if "counted/allocates" in line)
    assert "1.17 KiB" in row and "─ counted/steps" not in table


def test_a_plain_google_benchmark_run_reports_allocations_where_asked(project):
    def entry(*words):
        ran = subprocess.run(
            [os.environ["COUNTED"], "--benchmark_filter=allocates", "--benchmark_format=json",
             "--benchmark_min_time=0.001", *words], capture_output=True, check=True)
        return json.loads(ran.stdout)["benchmarks"][0]

    assert "allocs_per_iter" not in entry()
    assert entry("--pulsebench_allocations")["allocs_per_iter"] >= 3
