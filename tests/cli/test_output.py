"""Where a report goes: the terminal, a file, several formats at once."""

import json

import pytest

REGRESSED = ["compare", "main", "pr-123"]


def test_the_verdict_line_is_on_the_terminal_where_the_report_is_in_a_file(measured, tmp_path):
    file = tmp_path / "verdict.json"
    ran = measured.pulsebench(*REGRESSED, "--format", "json", "-o", str(file))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("regressed: ") and ran.out.count("\n") == 1
    assert json.loads(file.read_text())["exit_code"] == 1


def test_exports_stand_beside_the_report_of_the_terminal(measured, tmp_path):
    as_json, as_markdown = tmp_path / "verdict.json", tmp_path / "verdict.md"
    alone = measured.pulsebench(*REGRESSED)
    ran = measured.pulsebench(
        *REGRESSED, "--export", f"json={as_json}", "--export", f"markdown={as_markdown}"
    )
    assert (ran.code, ran.out, ran.err) == (1, alone.out, "")
    assert json.loads(as_json.read_text())["verdict"] == "regressed"
    assert "| " in as_markdown.read_text()


def test_an_export_to_stdout_leaves_it_pure(measured):
    ran = measured.pulsebench(*REGRESSED, "--export", "json=-")
    assert ran.code == 1
    assert ran.json()["verdict"] == "regressed"
    assert ran.err.startswith("regressed: ")


def test_json_on_stdout_is_all_there_is(measured):
    ran = measured.pulsebench(*REGRESSED, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.json()["exit_code"] == 1


def test_an_export_that_cannot_be_written_is_named_and_the_others_are_written(measured, tmp_path):
    written = tmp_path / "verdict.json"
    ran = measured.pulsebench(
        *REGRESSED, "--export", "markdown=/dev/full", "--export", f"json={written}"
    )
    assert ran.code == 2
    assert "/dev/full" in ran.err
    assert ran.out.startswith("regressed: ")
    assert json.loads(written.read_text())["verdict"] == "regressed"


@pytest.mark.parametrize("export", ["json", "json=", "xml=a.xml", "=a.json"])
def test_an_export_names_a_format_and_a_file(measured, export):
    ran = measured.pulsebench(*REGRESSED, "--export", export)
    assert ran.code == 2
    assert "--export" in ran.only_error()


def test_details_are_shown_only_where_they_are_asked_for(project):
    project.save("main", "--seed", "1")
    short = project.pulsebench("baseline", "show", "main").out
    explained = project.pulsebench("baseline", "show", "main", "--explain").out
    assert len(explained) > len(short)
