"""`report`: a result, or two of them, as one page for a browser."""

import json

import pytest


def written(file, document):
    file.write_text(json.dumps(document))
    return file


def page_of(ran):
    assert (ran.code, ran.err) == (0, ""), ran.err
    assert ran.out.startswith("<!doctype html>") and ran.out.endswith("</html>\n")
    return ran.out


def test_a_result_is_a_page_with_its_launches_and_the_state_of_the_machine(measured):
    page = page_of(measured.pulsebench("report", "main"))
    assert "<h1>" in page and "good/fast" in page
    assert page.count("<figure>") >= 2
    assert "State of the machine" in page and "Machine and build" in page


def test_two_results_are_a_page_that_says_the_verdict_of_compare_and_exits_with_0(measured):
    compared = measured.pulsebench("compare", "main", "pr-123", "--no-confirm", "--format", "json")
    verdict = compared.json()
    page = page_of(measured.pulsebench("report", "main", "pr-123"))
    assert f"{verdict['verdict']}: {verdict['summary']}" in page.replace("&#39;", "'")
    assert f"(exit {verdict['exit_code']})" in page
    assert "pulsebench baseline approve good/fast" in page
    assert "change by launch" in page and "old above new" in page


def test_what_compare_wrote_as_json_is_shown_with_the_exit_code_of_then(measured, tmp_path):
    file = tmp_path / "verdict.json"
    measured.pulsebench("compare", "main", "pr-123", "--no-confirm", "--format", "json", "-o", str(file))
    verdict = json.loads(file.read_text())
    page = page_of(measured.pulsebench("report", str(file)))
    assert f"{verdict['verdict']}: {verdict['summary']}" in page.replace("&#39;", "'")
    assert f"(exit {verdict['exit_code']})" in page


def test_the_page_goes_to_a_file_and_the_verdict_to_the_terminal(measured, tmp_path):
    file = tmp_path / "report.html"
    ran = measured.pulsebench("report", "main", "pr-123", "-o", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("regressed: ") and ran.out.count("\n") == 1
    assert file.read_text().startswith("<!doctype html>")


def test_a_file_and_standard_input_are_shown_as_a_baseline_is(measured):
    file = measured.baseline("main")
    from_file = page_of(measured.pulsebench("report", str(file)))
    from_input = page_of(measured.pulsebench("report", "-", stdin=file.read_bytes()))
    assert from_file == from_input == page_of(measured.pulsebench("report", "main"))


def test_a_report_is_written_in_every_format(measured):
    text = measured.pulsebench("report", "main", "--format", "text")
    assert text.code == 0 and "good/fast" in text.out and "<html" not in text.out
    assert measured.pulsebench("report", "main", "--format", "json").json()["schema"] == "pulsebench-result"


def test_html_is_a_format_of_every_command(measured, tmp_path):
    file = tmp_path / "verdict.html"
    ran = measured.pulsebench("compare", "main", "pr-123", "--export", f"html={file}")
    assert ran.code == 1
    assert "change by launch" in file.read_text()


@pytest.mark.parametrize(
    "document, words",
    [
        ({"schema": "pulsebench-history", "version": 1}, "'pulsebench-history'; a report shows a result"),
        ({"schema": "pulsebench-result", "schema_version": 99}, "a newer pulsebench wrote the file"),
        ({"context": {}, "benchmarks": []}, "'pulsebench import' reads what other tools write"),
        ([], "not a JSON object"),
    ],
)
def test_a_document_that_is_none_of_a_report_is_refused_in_one_line(measured, tmp_path, document, words):
    file = written(tmp_path / "other.json", document)
    ran = measured.pulsebench("report", str(file))
    assert ran.code == 2
    assert words in ran.only_error() and "other.json" in ran.err


def test_what_does_not_exist_is_refused_in_one_line(measured):
    ran = measured.pulsebench("report", "nothing")
    assert ran.code == 2
    assert "no baseline 'nothing'" in ran.only_error()


def test_results_of_two_machines_are_not_reported_together(measured, tmp_path):
    other = json.loads((measured.baseline("main")).read_text())
    other["machine"]["key"] = "0123456789abcdef"
    file = written(tmp_path / "elsewhere.json", other)
    ran = measured.pulsebench("report", str(file), "pr-123")
    assert ran.code == 4
    ran.only_error()


def test_a_name_of_markup_stays_a_name(measured, tmp_path):
    document = json.loads((measured.baseline("main")).read_text())
    document["benchmarks"][0]["id"] = "<img src=x onerror=alert(1)>"
    file = written(tmp_path / "hostile.json", document)
    page = page_of(measured.pulsebench("report", str(file)))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
