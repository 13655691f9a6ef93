"""Reports for other tools: each is what its receiver accepts, and a name injects nothing."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Project

HERE = Path(__file__).resolve().parent
HOSTILE = "=x%0A::add-mask::y|`<b>\"&'"  # as fake_suite.cpp has it
SUMMARY_BYTES = 900 * 1024
COMMENT_BYTES = 60_000


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A project with the baseline 'main' and the run 'pr-123', in which good/fast and a benchmark of
    a hostile name cost 15 % more. Its source file is in the project."""
    made = Project(tmp_path_factory.mktemp("hostile") / "project")
    made.write("src/fake.cpp", "\n" * 10)
    made.save("main", "--seed", "1", suite="fake_hostile")
    made.rebuild("fake_hostile", slower=15)
    made.save("pr-123", "--seed", "2", suite="fake_hostile")
    return made


def compared(project, form):
    ran = project.pulsebench("compare", "main", "pr-123", "--format", form)
    assert (ran.code, ran.err) == (1, "")
    return ran.out


def junit(text, tmp_path):
    """The document, which has to fit the schema."""
    file = tmp_path / "junit.xml"
    file.write_text(text)
    words = ["xmllint", "--noout", "--nonet", "--schema", str(HERE / "junit.xsd"), str(file)]
    checked = subprocess.run(words, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    return ElementTree.fromstring(text)


def test_junit_fails_what_regressed_and_has_every_benchmark(hostile, tmp_path):
    root = junit(compared(hostile, "junit"), tmp_path)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {"good/fast", "good/slow", "floors/load", HOSTILE}
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"good/fast", HOSTILE} and root.get("failures") == "2"
    assert cases["good/fast"].find("failure").text.endswith("\nsrc/fake.cpp:7")


def test_junit_of_ab_has_the_time_that_was_spent(project, tmp_path):
    program = project.suite("fake_good")
    ran = project.pulsebench("ab", program, program, "--max-blocks", "6", "--format", "junit")
    root = junit(ran.out, tmp_path)
    times = [float(case.get("time")) for case in root.iter("testcase")]
    assert len(times) == 3 and float(root.get("time")) == pytest.approx(sum(times), abs=0.01)


def test_junit_of_a_run_tells_what_crashed(project, tmp_path):
    ran = project.run("fake_crash", "--format", "junit")
    assert ran.code == 3
    root = junit(ran.out, tmp_path)
    assert [case.get("name") for case in root.iter("testcase") if case.find("error") is not None] == [
        "bad/crash"
    ]
    assert root.get("tests") == "4" and root.get("errors") == "1"


def test_annotations_point_at_source_lines_and_give_no_other_command(hostile):
    lines = compared(hostile, "github").splitlines()
    assert all(re.match("::(error|warning|notice)( [^:]*)?::", line) for line in lines)
    name = "=x%250A%3A%3Aadd-mask%3A%3Ay|`<b>\"&'"
    start = f"::error title=regressed%3A {name},file=src/fake.cpp,line=7::"
    assert len([line for line in lines if line.startswith(start)]) == 1


@pytest.mark.parametrize(
    "form, most", [("github-summary", SUMMARY_BYTES), ("github-comment", COMMENT_BYTES)]
)
def test_a_summary_quotes_a_hostile_name(hostile, form, most):
    text = compared(hostile, form)
    assert len(text.encode()) <= most
    # A fence longer than the name's backtick, and the bar of a table escaped.
    assert "``" + HOSTILE.replace("|", "\\|") + "``" in text


def test_code_quality_lists_what_failed_at_its_source_line(hostile):
    issues = json.loads(compared(hostile, "codequality"))
    assert len(issues) == 2 and len({issue["fingerprint"] for issue in issues}) == 2
    for issue in issues:
        assert issue["severity"] == "major" and issue["check_name"] == "pulsebench-regressed"
        assert issue["location"] == {"path": "src/fake.cpp", "lines": {"begin": 7}}
    assert any(issue["description"].startswith(HOSTILE) for issue in issues)
    assert json.loads(compared(hostile, "codequality")) == issues


def test_openmetrics_has_a_cost_a_benchmark(hostile):
    lines = compared(hostile, "openmetrics").splitlines()
    assert lines[0] == "# TYPE pulsebench_ns_per_op gauge" and lines[-1] == "# EOF"
    samples = [line for line in lines if not line.startswith("#")]
    sample = re.compile(r'pulsebench_ns_per_op\{benchmark="((?:[^"\\]|\\.)*)",suite="[^"]*"\} (\S+)')
    costs = {}
    for line in samples:
        name, cost = sample.fullmatch(line).groups()
        costs[re.sub(r"\\(.)", r"\1", name)] = float(cost)
    assert set(costs) == {"good/fast", "good/slow", "floors/load", HOSTILE}
    assert costs["good/slow"] == pytest.approx(80, rel=0.01)  # as the fake suite says


def test_csv_has_the_figures_of_the_document_and_no_formula(hostile):
    rows = list(csv.DictReader(io.StringIO(compared(hostile, "csv"))))
    document = json.loads(compared(hostile, "json"))
    assert [row["benchmark"] for row in rows] == [
        "'" + HOSTILE if one["id"] == HOSTILE else one["id"] for one in document["benchmarks"]
    ]
    for row, one in zip(rows, document["benchmarks"], strict=True):
        assert row["verdict"] == one["verdict"]
        assert float(row["change_percent"]) == pytest.approx(one["change_percent"], rel=1e-5)
        assert float(row["candidate_ns_per_op"]) == pytest.approx(one["candidate_ns_per_op"], rel=1e-5)
        assert row["source"] == "src/fake.cpp:7"


def test_one_run_exports_to_every_tool(hostile, tmp_path):
    words = []
    forms = ["junit", "github", "github-summary", "codequality", "openmetrics", "csv", "json"]
    for form in forms:
        words += ["--export", f"{form}={tmp_path / form}"]
    ran = hostile.pulsebench("compare", "main", "pr-123", *words)
    assert ran.code == 1 and ran.out.startswith("regressed: ")
    for form in forms:
        assert (tmp_path / form).read_text() == compared(hostile, form)


def test_a_stored_run_and_its_source_lines_are_shown(hostile):
    rows = list(csv.DictReader(io.StringIO(
        hostile.pulsebench("baseline", "show", "main", "--format", "csv").out
    )))  # fmt: skip
    assert {row["source"] for row in rows} == {"src/fake.cpp:7"}
    assert float(rows[0]["median_ns_per_op"]) > 0


def test_the_harness_knows_the_line_that_measures(project):
    """Of a suite on the real harness: the line is that of a call of measure()."""
    source = HERE / "counted_suite.cpp"
    project.write("tests/cli/counted_suite.cpp", source.read_text())
    ran = project.pulsebench(
        "run", "--exe", os.environ["COUNTED"], "--preset", "quick", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows, ran.err
    lines = source.read_text().splitlines()
    measured = [row for row in rows if row["benchmark"] != "counted/plain_loop"]
    assert len(measured) == len(rows) - 1  # a loop of Google Benchmark's own has no line
    for row in measured:
        file, line = row["source"].rsplit(":", 1)
        assert file == "tests/cli/counted_suite.cpp"
        assert "pulsebench::measure" in lines[int(line) - 1]


@pytest.mark.parametrize("words", [["doctor"], ["noise"], ["tune", "show"], ["baseline", "list"]])
def test_a_command_without_results_refuses_a_format_of_results(measured, words):
    error = measured.pulsebench(*words, "--format", "junit").only_error()
    assert "junit shows results, and this command has none; give text, " in error


def test_a_listing_has_no_results_either(project):
    ran = project.run("fake_good", "--list", "--export", "csv=out.csv")
    assert ran.code == 2
    assert ran.err == "pulsebench: csv shows results, and nothing was measured; give text, markdown or json\n"
