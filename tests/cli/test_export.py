"""Results written for other tools."""

import json

import pytest


def test_a_result_is_written_for_benchstat_a_line_a_launch(measured):
    ran = measured.pulsebench("export", "main", "--to", "go")
    assert ran.code == 0
    lines = [line for line in ran.out.splitlines() if line.startswith("Benchmark_good/fast")]
    stored = json.loads(measured.baseline("main").read_text())
    (fast,) = (one for one in stored["benchmarks"] if one["id"] == "good/fast")
    assert [float(line.split()[2]) for line in lines] == fast["launches"]["p25_ns_per_op"]


def test_a_result_is_written_to_a_file_for_each_tool(measured, tmp_path):
    for format in ("go", "bencher", "github-action-benchmark", "openmetrics", "csv"):
        file = tmp_path / format
        ran = measured.pulsebench("export", "main", "--to", format, "-o", str(file))
        assert ran.code == 0 and ran.out == "" and ran.err == ""
        assert "good/fast" in file.read_text()
    stored = json.loads(measured.baseline("main").read_text())
    bencher = json.loads((tmp_path / "bencher").read_text())
    for one in stored["benchmarks"]:
        assert bencher[one["id"]]["latency"]["value"] == pytest.approx(one["median_ns_per_op"])
    entries = json.loads((tmp_path / "github-action-benchmark").read_text())
    assert {entry["name"] for entry in entries} == set(bencher)
    assert (tmp_path / "openmetrics").read_text().endswith("\n# EOF\n")


def test_what_has_no_measurement_is_left_out_and_said_so(project):
    project.run("fake_crash", "--save", "crashed")
    ran = project.pulsebench("export", "last", "--to", "bencher")
    assert ran.code == 0 and "no measurement" in ran.err
    assert "1 of 4 benchmarks has" in ran.err
    written = json.loads(ran.out)
    assert "good/fast" in written and not any(name.startswith("bad/") for name in written)


@pytest.mark.parametrize("words, part", [
    (["main"], "--to is required"),
    (["main", "--to", "xml"], "go, bencher, github-action-benchmark, hyperfine, openmetrics or csv"),
    (["nothing", "--to", "go"], "no baseline 'nothing'"),
])
def test_a_bad_export_is_one_clear_line(measured, words, part):
    ran = measured.pulsebench("export", *words)
    assert ran.code == 2 and part in ran.only_error()
