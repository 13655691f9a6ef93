"""A build measured against itself. Fake suites have exact times, so that what is resolved, and how
often a decision errs, is known before."""

import signal

import pytest


def noise(project, suite, *words):
    return project.pulsebench("noise", "--exe", project.suite(suite), *words)


def noise_json(project, suite, *words):
    ran = noise(project, suite, "--format", "json", *words)
    return ran, {benchmark["id"]: benchmark for benchmark in ran.json().get("benchmarks", [])}


def test_the_first_sentence_says_what_the_machine_resolves_and_which_gates_hold(project):
    ran = noise(project, "fake_good", "--seed", "1")
    assert ran.code == 0
    first = ran.out.split("\n\n")[0].replace("\n", " ")
    assert first == (
        "this machine resolves 0.1 % or better on 3 of 3 benchmarks; tier 0's 5 % gate is "
        "supported for 1 of 1; tier 1's 10 % threshold is supported for 1 of 1"
    )
    assert "· seed 1\n" in ran.out
    assert "blocks" in ran.err  # progress


def test_each_benchmark_has_its_resolution_threshold_and_decisions(project):
    ran, benchmarks = noise_json(project, "fake_good", "--max-blocks", "20")
    assert ran.code == 0
    document = ran.json()
    assert document["kind"] == "noise" and document["max_blocks"] == 20
    fast = benchmarks["good/fast"]
    assert fast["resolves_percent"] == 0 and fast["mean_resolves_percent"] == 0
    assert fast["threshold_percent"] == 5 and fast["gates"] and fast["supported"]
    assert fast["blocks"] == 20
    assert (fast["decisions"], fast["false_alarms"], fast["passed"]) == (4, 0, 4)  # 5 pass one
    assert benchmarks["floors/load"]["gates"] is False


def test_few_blocks_resolve_nothing_and_strict_says_so_in_the_exit_code(project):
    ran, benchmarks = noise_json(project, "fake_good", "--max-blocks", "8", "--strict")
    assert ran.code == 5
    assert benchmarks["good/fast"]["resolves_percent"] is None
    assert benchmarks["good/fast"]["reason_code"] == "few_blocks"
    assert noise(project, "fake_good", "--max-blocks", "8").code == 0


def test_a_crash_costs_its_benchmark_alone_and_ends_with_3(project):
    ran, benchmarks = noise_json(project, "fake_crash", "--max-blocks", "20")
    assert ran.code == 3
    assert "killed by SIG" in benchmarks["bad/crash"]["reason"]
    assert benchmarks["good/fast"]["supported"]


def test_what_skips_itself_is_listed_and_fails_nothing(project):
    ran, benchmarks = noise_json(project, "fake_skips", "--max-blocks", "20", "--strict")
    assert ran.code == 0, ran.err
    skipped = benchmarks["bad/skips"]
    assert (skipped["failed"], skipped["reason_code"]) == (False, "skipped")
    assert "no such device" in skipped["reason"]
    assert noise(project, "fake_skips", "--filter", "bad").code == 3  # nothing was measured


@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_the_report_goes_to_the_file_that_is_named(project, format):
    words = ["--max-blocks", "4", "--format", format, "-o", "noise.out"]
    ran = noise(project, "fake_good", *words)
    assert ran.code == 0
    assert ran.out.startswith("too few blocks")
    assert "too few blocks" in (project.root / "noise.out").read_text()


def test_the_self_proof_counts_false_alarms_and_detections_by_threshold(project):
    ran = noise(project, "fake_good", "--inject", "7", "--rounds", "4", "--format", "json")
    assert ran.code == 0
    document = ran.json()
    assert document["kind"] == "proof"
    rows = {
        (row["threshold_percent"], row["injected_percent"]): row for row in document["decisions"]
    }
    # Two of tier 0 (one of them a floor), one of tier 1; half of the four rounds injected.
    assert {key: row["decisions"] for key, row in rows.items()} == {
        (5, 0): 4, (5, 7): 4, (10, 0): 2, (10, 7): 2,
    }
    assert rows[5, 0]["unchanged"] == 4 and rows[5, 7]["regressed"] == 4
    assert rows[10, 7]["unchanged"] == 2  # 7 % is within 10 %
    low, high = rows[5, 0]["regressed_rate"]["interval"]
    assert low == pytest.approx(0) and high == pytest.approx(0.4899, abs=1e-4)  # Wilson, 0 of 4
    assert 0 < rows[5, 7]["mean_seconds"] <= rows[5, 7]["worst_seconds"]
    assert document["failed"] == []


def test_the_self_proof_says_first_how_often_it_erred(project):
    ran = noise(project, "fake_good", "--tier", "0", "--inject", "10", "--rounds", "2")
    assert ran.code == 0
    assert ran.out.startswith("0 false alarms in 2 decisions on code that is not slower")
    assert "+10 % was flagged in 2 of 2" in ran.out.replace("\n", " ")


def test_a_time_budget_ends_the_rounds(project):
    ran = noise(project, "fake_good", "--inject", "7", "--time-budget", "2s", "--format", "json")
    assert ran.code == 0
    assert ran.json()["rounds"] >= 1
    assert "seconds" in ran.err


@pytest.mark.parametrize("which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize(
    "words, reported",
    [(["--max-blocks", "60"], "this machine"), (["--inject", "7", "--rounds", "30"], "false alarms")],
    ids=["noise", "self-proof"],
)
def test_an_interrupted_measurement_reports_what_it_has(
    project, no_process_left, which, code, words, reported
):
    process = project.start(
        "noise", "--exe", project.suite("fake_slow_visits"), "--filter", "fast", *words
    )
    seen = b""
    while b"%" not in seen:  # progress: a tenth is done
        byte = process.stderr.read(1)
        assert byte, seen.decode()
        seen += byte
    process.send_signal(which)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == code
    assert reported in out.decode().replace("\n", " ")
    no_process_left(project.root)


BAD_VALUES = [
    ["--inject", "0"],
    ["--inject", "good/fast=7"],
    ["--rounds", "3"],
    ["--inject", "7", "--rounds", "0"],
    ["--max-blocks", "3"],
    ["--family-alpha", "1"],
    ["--filter", "nothing/matches"],
    ["--format", "xml"],
]


@pytest.mark.parametrize("words", BAD_VALUES, ids=" ".join)
def test_a_value_that_cannot_be_is_one_clear_line(project, words):
    ran = noise(project, "fake_good", *words)
    assert ran.code == 2
    ran.only_error()
