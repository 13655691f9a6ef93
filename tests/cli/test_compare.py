"""run, change something, run again, compare: what a CI does."""

import json
import os
import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent / "golden"


def compared(project, *words):
    ran = project.pulsebench("compare", *words, "--format", "json")
    document = ran.json()
    assert document["exit_code"] == ran.code
    return ran, {benchmark["id"]: benchmark for benchmark in document["benchmarks"]}


def test_a_slowed_operation_fails_the_comparison_and_is_the_only_one_named(measured):
    ran, benchmarks = compared(measured, "main", "pr-123")
    assert ran.code == 1
    regressed = [name for name, b in benchmarks.items() if b["verdict"] == "regressed"]
    assert regressed == ["good/fast"]
    slowed = benchmarks["good/fast"]
    assert slowed["gates"] is True
    assert round(slowed["change_percent"], 1) == 15.0
    assert slowed["threshold_percent"] == 5
    low, high = slowed["change_interval_percent"]
    assert low <= slowed["change_percent"] <= high


def test_the_text_names_exactly_the_slowed_operation_with_its_figures(measured):
    ran = measured.pulsebench("compare", "main", "pr-123")
    assert ran.code == 1
    assert "good/fast" in ran.out and "good/slow" not in ran.out
    (row,) = [line for line in ran.out.splitlines() if "good/fast" in line and "%" in line]
    for figure in ["4.00", "4.60", "+15.0 %", "5"]:
        assert figure in row, row
    assert "regressed" in ran.out.splitlines()[0]


def test_two_runs_of_the_same_suite_compare_without_a_finding(measured):
    ran, benchmarks = compared(measured, "main", "again")
    assert ran.code == 0
    assert {b["verdict"] for b in benchmarks.values()} == {"unchanged"}


def test_a_run_faster_than_the_threshold_is_improved_and_gates_nothing(measured):
    ran, benchmarks = compared(measured, "pr-123", "main")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "improved"


@pytest.mark.parametrize("golden", ["regressed.txt", "unchanged.txt", "regressed.md"])
def test_the_report_looks_as_it_should(measured, golden):
    words = {
        "regressed.txt": ["main", "pr-123"],
        "unchanged.txt": ["main", "again"],
        "regressed.md": ["main", "pr-123", "--format", "markdown"],
    }[golden]
    ran = measured.pulsebench("compare", *words)
    assert ran.err == ""
    if "PULSEBENCH_UPDATE_GOLDEN" in os.environ:  # after a change of the report: run once so, read the diff
        (GOLDEN / golden).write_text(ran.out)
    assert ran.out == (GOLDEN / golden).read_text()


@pytest.mark.parametrize("words, code", [([], 1), (["--allow-missing"], 0), (["--fail-on", "3"], 0)])
def test_a_benchmark_that_is_gone_fails_the_gate_unless_that_is_allowed(project, words, code):
    project.save("main")
    project.save("pr-123", "--filter", "good/slow")
    ran, benchmarks = compared(project, "main", "pr-123", *words)
    assert ran.code == code
    gone = [name for name, b in benchmarks.items() if b["missing"]]
    assert "good/fast" in gone and "good/slow" not in gone
    assert ran.json()["verdict"] == ("missing" if code else "unchanged")
    text = project.pulsebench("compare", "main", "pr-123", *words).out
    assert f"{len(gone)} " in text.splitlines()[0] and "missing from pr-123" in text.splitlines()[0]
    assert ("--allow-missing" in text.splitlines()[-1]) == (code == 1)
    assert compared(project, "pr-123", "main")[0].code == 0, "a new benchmark is fine"


def test_results_without_a_benchmark_in_common_are_not_comparable(project):
    project.save("main", "--filter", "good/fast")
    project.save("pr-123", "--filter", "good/slow")
    ran, _ = compared(project, "main", "pr-123")
    assert ran.code == 4
    assert ran.json()["verdict"] == "not_judged"


def test_a_wider_threshold_lets_the_change_pass(measured):
    ran, benchmarks = compared(measured, "main", "pr-123", "--threshold", "0=30")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "unchanged"


def test_a_change_at_the_threshold_is_inconclusive_and_fails_only_when_strict(measured):
    # Measuring again would call it unchanged by chance: one time in twenty at most.
    words = ["main", "pr-123", "--threshold", "0=15", "--no-confirm"]
    ran, benchmarks = compared(measured, *words)
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "inconclusive"
    strict = measured.pulsebench("compare", *words, "--strict")
    assert strict.code == 5


def test_a_tier_that_does_not_gate_reports_and_passes(measured):
    ran, benchmarks = compared(measured, "main", "pr-123", "--fail-on", "1")
    assert ran.code == 0
    assert benchmarks["good/fast"]["verdict"] == "regressed"
    assert benchmarks["good/fast"]["gates"] is False


def test_the_spread_between_runs_is_the_default_until_enough_runs_are_kept(measured):
    ran, benchmarks = compared(measured, "main", "again")
    assert {b["run_sigma_percent"] for b in benchmarks.values()} == {0.5}
    assert {b["run_sigma_learnt_from_runs"] for b in benchmarks.values()} == {0}
    assert ran.json()["history_runs"] == 3
    assert "run-to-run noise: assumed" in measured.pulsebench("compare", "main", "again").out


def test_the_spread_between_runs_is_learnt_from_five_of_one_build(project):
    project.save("main")
    for _ in range(3):
        project.run("fake_good")
    project.save("injected", "--inject", "good/fast=15")
    ran, benchmarks = compared(project, "main", "injected")
    assert ran.json()["history_runs"] == 5
    # The suite's times are exact: the least spread that is believed is 0.3 %.
    assert benchmarks["good/slow"]["run_sigma_percent"] == 0.3
    assert benchmarks["good/slow"]["run_sigma_learnt_from_runs"] == 5
    assert benchmarks["good/fast"]["run_sigma_learnt_from_runs"] == 0, "injected runs teach nothing"
    text = project.pulsebench("compare", "main", "injected").out
    assert "measured in 5 runs for 2 of 3 benchmarks, assumed for the others" in text


def test_more_threads_than_cpus_never_gate_and_their_threshold_is_20(project):
    project.save("main", suite="fake_threads")
    project.save("slowed", "--inject", "threads/many=50", suite="fake_threads")
    ran, benchmarks = compared(project, "main", "slowed")
    assert ran.code == 0
    crowded = benchmarks["threads/many"]
    assert crowded["verdict"] == "regressed"
    assert (crowded["gates"], crowded["oversubscribed"]) == (False, True)
    assert crowded["threshold_percent"] == 20
    assert "oversubscribed" in crowded["reason_codes"]


def test_the_new_side_is_the_newest_run_unless_it_is_named(project):
    project.save("main")
    project.run("fake_good", "--inject", "good/fast=15")
    ran, benchmarks = compared(project, "main")
    assert ran.code == 1 and benchmarks["good/fast"]["verdict"] == "regressed"
    document = ran.json()
    assert document["candidate"] == "last" and document["candidate_origin"].startswith("run 20")


def test_an_improvement_is_confirmed_or_called_unconfirmed(measured):
    ran, benchmarks = compared(measured, "pr-123", "main")
    assert ran.json()["verdict"] == "improved"
    assert benchmarks["good/fast"]["confirmed_live"] is True
    ran, benchmarks = compared(measured, "pr-123", "main", "--no-confirm")
    assert (ran.code, ran.json()["verdict"]) == (0, "unconfirmed")
    assert benchmarks["good/fast"]["verdict"] == "improved"
    text = measured.pulsebench("compare", "pr-123", "main", "--no-confirm").out
    assert text.startswith("unconfirmed: ") and "improved, unconfirmed" in text


def test_a_file_and_standard_input_are_references_too(measured):
    stored = measured.baseline("pr-123")
    assert measured.pulsebench("compare", "main", str(stored)).code == 1
    assert measured.pulsebench("compare", "main", "-", stdin=stored.read_bytes()).code == 1


def test_a_comparison_is_exported_in_several_formats_beside_its_report(measured, tmp_path):
    verdict, page, report = (tmp_path / name for name in ("v.json", "p.md", "report.txt"))
    exports = ("--export", f"json={verdict}", "--export", f"markdown={page}")
    ran = measured.pulsebench("compare", "main", "pr-123", *exports)
    assert (ran.code, ran.out) == (1, measured.pulsebench("compare", "main", "pr-123").out)
    assert json.loads(verdict.read_text())["exit_code"] == 1
    assert page.read_text().startswith("## regressed: ")
    silent = measured.pulsebench("compare", "main", "pr-123", *exports, "-o", str(report))
    assert silent.out == ran.out.splitlines()[0] + "\n", "the verdict still goes to the terminal"
    assert report.read_text() == ran.out


@pytest.mark.parametrize("export", ["json", "json=", "xml=out.xml", "=out"])
def test_an_export_without_a_known_format_or_a_file_is_refused(measured, export):
    assert "--export" in measured.pulsebench("compare", "main", "pr-123", "--export",
                                             export).only_error()


def changed_copy(measured, tmp_path, change):
    document = json.loads(measured.baseline("again").read_text())
    change(document)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(document))
    return str(file)


def other_machine(document):
    document["machine"]["key"] = "0123456789abcdef"


def test_a_kernel_or_a_mitigation_that_drifted_warns_and_refuses_nothing(measured, tmp_path):
    def drift(document):
        document["machine"]["shown"].update(kernel="9.9.9", mitigations="none\x1b[2J")

    file = changed_copy(measured, tmp_path, drift)
    ran = measured.pulsebench("compare", "main", file, "--format", "json")
    assert ran.code == 0
    document = ran.json()
    facts = [text for text, code in zip(document["warnings"], document["warning_codes"])
             if code == "fact_changed"]
    assert len(facts) == 2
    assert any("kernel" in fact and "9.9.9" in fact for fact in facts)
    assert any("mitigations" in fact for fact in facts)
    assert "\x1b" not in measured.pulsebench("compare", "main", file).out


def test_another_machine_is_refused_by_the_facts_that_differ_alone(measured, tmp_path):
    def exchange_the_cpu(document):
        other_machine(document)
        document["machine"]["hashed"].update(cpu_model="Another 9000", caches="L1 Data 1K")

    ran = measured.pulsebench("compare", "main", changed_copy(measured, tmp_path, exchange_the_cpu))
    assert ran.code == 4
    line = ran.only_error()
    assert "cpu_model '" in line and "and 'Another 9000'" in line and "caches" in line
    assert "architecture" not in line and "numa_nodes" not in line


def test_results_of_two_machines_are_refused_unless_told_otherwise(measured, tmp_path):
    file = changed_copy(measured, tmp_path, other_machine)
    ran = measured.pulsebench("compare", "main", file)
    assert ran.code == 4
    assert "0123456789abcdef" in ran.only_error() or "machine" in ran.only_error()
    assert measured.pulsebench("compare", "main", file, "--on-mismatch", "warn").code == 0


def other_model(document):
    document["machine"]["key"] = "0123456789abcdef"
    document["machine"]["hashed"]["cpu_model"] = "Another CPU"


def test_the_facts_in_which_two_machines_differ_are_shown(measured, tmp_path):
    ran = measured.pulsebench("compare", "main", changed_copy(measured, tmp_path, other_model))
    assert ran.code == 4
    line = ran.only_error()
    assert "cpu_model" in line
    assert "Another CPU" in line


@pytest.mark.parametrize("fact", ["kernel", "mitigations"])
def test_a_fact_that_may_drift_warns_and_is_compared_all_the_same(measured, tmp_path, fact):
    def drift(document):
        assert fact in document["machine"]["shown"]
        document["machine"]["shown"][fact] = "another"

    ran = measured.pulsebench("compare", "main", changed_copy(measured, tmp_path, drift))
    assert ran.code == 0
    assert fact in ran.out + ran.err
    assert "another" in ran.out + ran.err


def test_a_benchmark_that_crashed_in_the_new_run_is_no_pass(measured, project):
    project.save("main")
    assert project.run("fake_crash").code == 3
    ran = project.pulsebench("compare", "main", "last")
    assert ran.code in (0, 3)  # bad/crash is new: there is nothing to compare it with
    assert project.pulsebench("baseline", "save", "crashed", "--force").code == 0
    document = json.loads(project.baseline("crashed").read_text())
    document["benchmarks"][0]["status"] = "crashed"
    document["benchmarks"][0]["reason"] = "SIGSEGV"
    broken = project.write("broken.json", json.dumps(document))
    assert project.pulsebench("compare", "main", str(broken)).code == 3


@pytest.mark.parametrize("old, new, code", [
    ("skips", "skips", 0), ("skips", "skips.mended", 0), ("skips.mended", "skips", 3),
])
def test_a_skip_fails_where_the_new_side_alone_skips(project, old, new, code):
    for name, mode in (("main", old), ("pr-123", new)):
        project.run(f"fake_{mode}", "--save", name)
    ran, benchmarks = compared(project, "main", "pr-123")
    assert ran.code == code
    skipped = benchmarks["bad/skips"]
    assert skipped["verdict"] == "not_judged" and skipped["failed"] == (code == 3)
    assert (skipped["reason_codes"] == ["skipped"]) == (old == new)
    text = project.pulsebench("compare", "main", "pr-123").out
    assert "no such device" in text
    if old == new:
        assert "skipped" in text and "failed" not in text


def test_a_run_with_fewer_launches_than_its_tier_asks_for_says_so(measured):
    ran = measured.pulsebench("compare", "main", "again")
    assert re.search(r"launches", ran.out + ran.err)
