"""What other tools wrote: read, shown, compared, and never judged."""

import json
from pathlib import Path

import pytest

FORMATS = Path(__file__).resolve().parents[1] / "formats"
GOOGLE = FORMATS / "google-benchmark" / "1.7.1.json"


def google_benchmark(project, name, **times):
    """A report with a benchmark for each name, of 3 repetitions."""
    rows = [
        {"name": key, "run_name": key, "run_type": "iteration", "repetitions": 3, "threads": 1,
         "iterations": 1000, "real_time": ns, "cpu_time": ns, "time_unit": "ns"}
        for key, ns in times.items() for _ in range(3)
    ]
    report = {"context": {"host_name": "ci", "library_version": "v1.9.4"}, "benchmarks": rows}
    return str(project.write(name, json.dumps(report)))


def test_a_report_is_shown_with_what_it_is(project):
    ran = project.pulsebench("import", str(GOOGLE))
    assert ran.code == 0 and ran.err == ""
    assert "budget/consume" in ran.out and "0.873 ns" in ran.out
    assert "imported from Google Benchmark" in ran.out and "never gates" in ran.out
    assert not (project.root / "baselines").exists()


def test_an_import_is_a_result_document(project):
    ran = project.pulsebench("import", str(GOOGLE), "--format", "json", "-o", "result.json")
    assert ran.code == 0
    document = json.loads((project.root / "result.json").read_text())
    assert document["kind"] == "imported"
    assert document["machine"]["key"] == "imported:vm"
    assert document["imported_from"]["format"] == "google-benchmark"
    (benchmark,) = document["benchmarks"]
    assert benchmark["median_ns_per_op"] == pytest.approx(0.8728444)
    assert len(benchmark["launches"]["launch"]) == 1 and "robust_cv_percent" not in benchmark


def test_what_is_saved_of_a_row_without_a_measurement_can_be_read(project):
    report = json.loads(Path(google_benchmark(project, "report.json", bad=5.0, good=5.0)).read_text())
    report["benchmarks"][1]["threads"] = 0
    file = str(project.write("report.json", json.dumps(report)))
    ran = project.pulsebench("import", file, "--save", "one")
    assert "'threads' must be a whole number from 1 to 1000000, not 0" in " ".join(ran.out.split())
    shown = project.pulsebench("baseline", "show", "one")
    assert shown.code == 0 and "bad" in shown.out and "good" in shown.out


def test_an_import_is_saved_listed_shown_and_compared_with_a_warning(project):
    before = google_benchmark(project, "before.json", slower=100.0, same=50.0, gone=1.0)
    after = google_benchmark(project, "after.json", slower=150.0, same=50.0)
    for name, file in (("before", before), ("after", after)):
        ran = project.pulsebench("import", file, "--save", name)
        assert ran.code == 0 and f"saved as {name}" in ran.out
    assert "before" in project.pulsebench("baseline", "list").out
    shown = project.pulsebench("baseline", "show", "before")
    assert shown.code == 0 and "imported from Google Benchmark v1.9.4" in shown.out
    ran = project.pulsebench("compare", "before", "after", "--threshold", "1", "--fail-on", "0,1,2,3")
    assert ran.code == 0
    assert "imported results are shown, and never judged" in ran.out
    assert "+50.0 %" in ran.out
    assert "the old result was imported from Google Benchmark" in ran.out
    compared = project.pulsebench("compare", "before", "after", "--format", "json").json()
    judged = {one["id"]: one for one in compared["benchmarks"]}
    assert judged["slower"]["verdict"] == "not_judged" and not judged["slower"]["gates"]
    assert judged["slower"]["change_percent"] == pytest.approx(50.0)
    assert judged["slower"]["reason_codes"] == ["imported"]
    assert judged["gone"]["missing"] is True
    assert compared["exit_code"] == 0
    assert compared["warning_codes"].count("imported_result") == 2


def test_an_import_is_compared_with_a_run_only_when_asked_and_never_gates(project):
    project.save("main")
    file = google_benchmark(project, "theirs.json", **{"good/fast": 1e6})
    assert project.pulsebench("import", file, "--save", "theirs").code == 0
    ran = project.pulsebench("compare", "main", "theirs")
    assert ran.code == 4 and "different machines" in ran.only_error()
    ran = project.pulsebench("compare", "main", "theirs", "--on-mismatch", "warn")
    assert ran.code == 0 and "imported from Google Benchmark" in ran.out


def test_a_folder_of_criterion_and_standard_input_are_read(project):
    ran = project.pulsebench("import", str(FORMATS / "criterion"))
    assert ran.code == 0 and "codec/encode/4096" in ran.out and "813 ns" in ran.out
    text = (FORMATS / "go" / "bench.txt").read_bytes()
    ran = project.pulsebench("import", "-", "--from", "go", stdin=text)
    assert ran.code == 0 and "BenchmarkEncode" in ran.out


@pytest.mark.parametrize("words, part", [
    (["no-such-file.json"], "no-such-file.json"),
    ([str(FORMATS / "hyperfine" / "without-times.csv")], "--export-json"),
    ([str(GOOGLE), "--from", "jmh"], "it is not the list that JMH writes"),
    ([str(GOOGLE), "--from", "lotus"], "google-benchmark, hyperfine"),
    ([str(GOOGLE), "--save", "../x"], "the baseline name"),
    (["config"], "Criterion.rs"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_imported_is_one_clear_line(project, words, part):
    before = project.files()
    ran = project.pulsebench("import", *words)
    assert ran.code == 2
    assert part in ran.only_error()
    assert project.files() == before


def test_compare_and_show_say_what_a_foreign_file_is_and_how_to_import_it(project):
    project.save("main")
    for words in (["compare", "main", str(GOOGLE)], ["compare", str(GOOGLE), "main"],
                  ["baseline", "show", str(GOOGLE)]):
        ran = project.pulsebench(*words)
        assert ran.code == 2
        line = ran.only_error()
        assert "is a result of Google Benchmark, not of pulsebench" in line
        assert f"pulsebench import {GOOGLE} --save NAME" in line
    ran = project.pulsebench("compare", "main", str(FORMATS / "hyperfine" / "1.15.json"))
    assert "is a result of hyperfine" in ran.only_error()
    ran = project.pulsebench("compare", "main", "-", stdin=GOOGLE.read_bytes())
    assert ran.code == 2 and "pulsebench import" in ran.only_error()


def test_a_hostile_name_steers_no_terminal(project):
    file = google_benchmark(project, "hostile.json", **{"\x1b[31m\n::add-mask::x": 5.0})
    ran = project.pulsebench("import", file)
    assert ran.code == 0
    assert "\x1b" not in ran.out and "\n::" not in ran.out
