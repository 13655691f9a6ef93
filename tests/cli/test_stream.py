"""What is known already while a run measures: the progress line, and --stream."""

import json
import re

import jsonschema
import pytest
from conftest import SOURCE

SCHEMA = json.loads((SOURCE / "docs" / "result.schema.json").read_text())
STREAM = ["--format", "json", "--stream"]


def check(text):
    """The events; each fits the schema, and each benchmark has one verdict."""
    events = [json.loads(line) for line in text.splitlines()]
    for event in events:
        name = {"verdict": "compared_benchmark", "comparison": "comparison"}[event["event"]]
        schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
        jsonschema.Draft202012Validator(schema).validate(event)
    last = events.pop()
    assert last["event"] == "comparison"
    verdicts = {event["id"]: event["verdict"] for event in events}
    assert len(verdicts) == len(events)
    assert verdicts == {one["id"]: one["verdict"] for one in last["benchmarks"]}
    return last


@pytest.mark.parametrize("suite, code", [("fake_good", 1), ("fake_crash", 1)])
def test_ab_writes_a_line_a_verdict_and_the_comparison(project, suite, code):
    program = project.suite(suite)
    ran = project.pulsebench("ab", program, program, "--inject", "good/fast=10", *STREAM)
    assert ran.code == code
    assert check(ran.out)["exit_code"] == code


def test_a_verdict_is_written_while_others_are_measured(project):
    program = project.suite("fake_slow_visits")
    words = ["ab", program, program, "--inject", "good/fast=3", "--max-blocks", "60", *STREAM]
    process = project.start(*words)
    first = json.loads(process.stdout.readline())
    still_measuring = process.poll() is None
    rest, _ = process.communicate(timeout=60)
    assert first["event"] == "verdict" and still_measuring
    assert len(rest.splitlines()) > 1


def test_compare_and_run_stream_too(measured, project):
    ran = measured.pulsebench("compare", "main", "pr-123", *STREAM)
    assert ran.code == 1 and check(ran.out)["kind"] == "compare"
    project.save("main", "--seed", "1")
    ran = project.run("fake_good", "--compare", "main", *STREAM)
    assert ran.code == 0 and check(ran.out)["verdict"] == "unchanged"


def test_a_stream_goes_with_exports(measured, tmp_path):
    file = tmp_path / "verdict.json"
    ran = measured.pulsebench("compare", "main", "pr-123", *STREAM, "--export", f"json={file}")
    streamed = check(ran.out)
    del streamed["event"]
    assert json.loads(file.read_text()) == streamed


@pytest.mark.parametrize(
    "words", [["--stream"], ["--stream", "--format", "csv"], [*STREAM, "-o", "verdict.json"],
              [*STREAM, "--export", "markdown=-"]],
)  # fmt: skip
def test_a_stream_is_json_on_standard_output(measured, words):
    ran = measured.pulsebench("compare", "main", "pr-123", *words)
    assert ran.code == 2
    assert "--stream writes lines of JSON to standard output: give --format json" in ran.only_error()


def test_run_streams_verdicts_only_where_it_compares(project):
    ran = project.run("fake_good", *STREAM)
    assert ran.code == 2 and "--compare" in ran.only_error()


def test_the_progress_says_what_is_known(project):
    program = project.suite("fake_good")
    ran = project.pulsebench("ab", program, program, "--inject", "good/fast=10")
    assert re.search(r"^ *\d+ %  \d of 3 benchmarks.*; \d unchanged", ran.err, re.MULTILINE), ran.err


def test_the_progress_of_a_run_says_what_failed(project):
    ran = project.run("fake_crash")
    assert re.search(r"^ *\d+ %  \d+ of \d+ launches.*; 1 failed$", ran.err, re.MULTILINE), ran.err
