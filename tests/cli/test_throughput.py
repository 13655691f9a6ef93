"""What goes through in a second."""

import os
import re

import pytest


def processed(project, program, *words):
    ran = project.pulsebench("run", "--preset", "quick", "--counters", "none", "--exe", program,
                             "--format", "json", *words)
    return {b["id"]: b for b in ran.json()["benchmarks"]}


def amounts(benchmark):
    return benchmark["bytes_processed_per_op"], benchmark["items_processed_per_op"]


@pytest.mark.parametrize("program", ["PROCESSED", "PROCESSED_FOREIGN"])
def test_bytes_and_items_of_an_operation_are_kept_whatever_clock_the_benchmark_goes_by(
        project, program):
    found = processed(project, os.environ[program], "--filter", "plain/(cpu|wall|two)")
    assert len(found) == 3
    for benchmark in found.values():
        assert amounts(benchmark) == pytest.approx((1000, 3), rel=1e-5)


def test_an_operation_that_is_measured_in_slices_says_what_it_goes_through(project):
    found = processed(project, os.environ["PROCESSED"], "--filter", "measured")
    assert amounts(found["measured/one"]) == pytest.approx((1000, 3), rel=1e-5)
    assert amounts(found["measured/two/threads:2"]) == pytest.approx((1000, 3), rel=1e-5)
    assert "bytes_processed_per_op" not in found["measured/unsaid"]


def test_the_dashboard_has_a_table_of_what_goes_through_in_a_second(project):
    words = ["run", "--preset", "quick", "--counters", "none", "--exe", os.environ["PROCESSED"]]
    ran = project.pulsebench(*words, "--filter", "measured/(one|unsaid)")
    table = ran.table("Throughput")
    assert re.search(r"1000 B +\d[\d.]* [MG]iB/s", table)
    assert re.search(r"3 items +\d[\d.]* M items/s", table)
    assert "measured/unsaid" not in table
    assert project.pulsebench(*words, "--filter", "unsaid").table("Throughput") == ""


def test_throughput_of_both_sides_stands_beside_the_verdict(project):
    program = os.environ["PROCESSED"]
    words = ["run", "--preset", "quick", "--counters", "none", "--exe", program,
             "--filter", "measured/one"]
    assert project.pulsebench(*words, "--save", "old").code == 0
    assert project.pulsebench(*words, "--inject", "measured/one=50", "--save", "new").code == 0
    compared = project.pulsebench("compare", "old", "new", "--no-confirm", "--explain")
    assert re.search(r"iB/s → \d[\d.]* [MG]iB/s", compared.out)
    judged = project.pulsebench("compare", "old", "new", "--no-confirm", "--format",
                                "json").json()["benchmarks"][0]
    for side in ("base", "candidate"):
        rate = 1000 * 1e9 / judged[f"{side}_ns_per_op"]
        assert judged[f"{side}_bytes_per_second"] == pytest.approx(rate, rel=1e-4)
        assert judged[f"{side}_items_per_second"] == pytest.approx(rate * 3 / 1000, rel=1e-4)


def test_ab_says_the_throughput_of_both_sides(project):
    program = os.environ["PROCESSED_FOREIGN"]
    ran = project.pulsebench("ab", program, program, "--filter", "cpu_time", "--max-blocks", "4",
                             "--format", "json")
    judged = ran.json()["benchmarks"][0]
    rate = 1000 * 1e9 / judged["candidate_ns_per_op"]
    assert judged["candidate_bytes_per_second"] == pytest.approx(rate, rel=1e-4)
