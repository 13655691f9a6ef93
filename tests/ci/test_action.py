"""The action: every exit code reaches the gate, and the report comes first."""

import json
import stat
import tarfile
from pathlib import Path

import conftest
import expressions
import pytest

PULL_REQUEST = {"pull_request": {"base": {"sha": "b" * 40}, "head": {"sha": "c" * 40}}}
DOCUMENT = {
    "schema": "pulsebench-comparison", "version": 1, "kind": "ab", "base": "b", "candidate": "c",
    "verdict": "failed", "exit_code": 3, "summary": "1 of 1 benchmark is not measured", "judged": 0,
    "benchmarks": [],
}  # fmt: skip


def program(folder, code, document):
    """Ends `ab` with the code, after it wrote the document; `report` is the real one's."""
    file = folder / "a program"
    kept = folder / "document.json"
    kept.write_text(document)
    file.write_text(f"""#!/bin/bash
printf '%s\\n' "$@" > '{folder}/arguments.'"$1"
if [ "$1" != ab ]; then exec '{conftest.PULSEBENCH}' "$@"; fi
for word in "$@"; do case $word in json=*) [ -s '{kept}' ] && cp '{kept}' "${{word#json=}}";; esac; done
exit {code}
""")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def use(make_job, event=PULL_REQUEST, **inputs):
    job = make_job("refs/pull/1/merge", event)
    job.use({"uses": "./", "with": inputs}, job.context)
    return job


@pytest.mark.parametrize("code", [2, 3, 4, 5, 6, 70, 130, 143])
def test_an_exit_code_without_a_document_reaches_the_gate_after_the_report(make_job, tmp_path, code):
    job = use(make_job, executable=str(program(tmp_path, code, "")))
    assert job.step("Gate").code == code
    assert (job.outputs["verdict"], job.outputs["exit-code"]) == ("none", str(code))
    assert f"exit code {code}" in job.step("Report").summary
    assert "::error title=pulsebench::" in job.step("Report").out
    kept = sorted(file.name for file in (tmp_path / "artifacts" / "pulsebench").iterdir())
    assert kept == ["report.md", "report.txt"]


@pytest.mark.parametrize("code", [0, 3, 70])
def test_an_exit_code_with_a_document_reaches_the_gate_after_the_report(make_job, tmp_path, code):
    document = json.dumps(DOCUMENT, indent=2)
    job = use(make_job, executable=str(program(tmp_path, code, document)))
    assert job.step("Gate").code == code
    assert (job.outputs["verdict"], job.outputs["exit-code"]) == ("failed", str(code))
    assert "(exit 3)" in job.step("Report").summary  # of the document
    assert (tmp_path / "artifacts" / "pulsebench" / "report.html").exists()


def test_a_torn_document_is_a_failed_step_and_not_a_green_gate(make_job, tmp_path):
    job = use(make_job, executable=str(program(tmp_path, 70, '{"schema": "pulsebench-comp')))
    assert [step.name for step in job.done if step.code] == ["Report", "Gate"]
    assert (tmp_path / "artifacts" / "pulsebench" / "verdict.json").exists()


def test_a_program_that_is_not_there_fails_the_gate(make_job):
    assert use(make_job, executable="/no/such/program").step("Gate").code == 127


def test_no_base_is_said_so_and_nothing_is_measured(make_job, tmp_path):
    job = use(make_job, event={"pull_request": None}, executable=str(program(tmp_path, 0, "")))
    assert job.step("Gate").code == 2
    assert "give the action the input base" in job.log
    assert not (tmp_path / "arguments.ab").exists()


def test_the_inputs_are_arguments_whatever_they_contain(make_job, tmp_path):
    hostile = "a b'\"$(touch hacked);`touch hacked`"
    job = use(make_job, executable=str(program(tmp_path, 0, "")), base=hostile, filter=hostile,
              tier="0,1", **{"fail-on": "1", "time-budget": "9s"})
    words = (tmp_path / "arguments.ab").read_text().splitlines()
    assert words[:6] == ["ab", "--merge-base", "--time-budget=9s", "--tier=0,1", f"--filter={hostile}",
                         "--fail-on=1"]
    assert words[-3:] == ["--", hostile, "c" * 12]
    assert not (job.workspace / "hacked").exists()


def test_a_push_is_compared_with_the_given_base(make_job, tmp_path):
    use(make_job, event={"pull_request": None}, base="origin/main",
        executable=str(program(tmp_path, 0, "")))
    assert (tmp_path / "arguments.ab").read_text().splitlines()[-2:] == ["origin/main", "HEAD"]


def test_a_release_is_installed_by_its_version(make_job, tmp_path):
    release = tmp_path / "pulsebench-1.2.3" / "bin"
    release.mkdir(parents=True)
    program(tmp_path, 4, "").rename(release / "pulsebench")
    with tarfile.open(tmp_path / "package.tar.gz", "w:gz") as package:
        package.add(release.parent, arcname="pulsebench-1.2.3")
    commands = tmp_path / "commands"
    commands.mkdir()
    gh = commands / "gh"
    gh.write_text(f"""#!/bin/bash
printf '%s\\n' "$@" "$GH_TOKEN" > '{tmp_path}/arguments.gh'
while [ "$1" != --output ]; do shift; done
cp '{tmp_path}/package.tar.gz' "$2"
""")
    gh.chmod(0o755)
    job = make_job("refs/pull/1/merge", PULL_REQUEST)
    job.path.append(str(commands))
    job.use({"uses": "./", "with": {"version": "1.2.3"}}, job.context)
    assert job.step("Gate").code == 4, job.log
    words = (tmp_path / "arguments.gh").read_text().splitlines()
    assert words[:5] == ["release", "download", "v1.2.3", "--repo", "OWNER/pulsebench"]
    assert words[-1] == "secret-token"


def test_two_uses_in_one_job_have_a_report_each(make_job, tmp_path):
    job = make_job("refs/pull/1/merge", PULL_REQUEST)
    for artifact in ("first", "second"):
        job.use({"uses": "./", "with": {"executable": str(program(tmp_path, 0, "")), "artifact": artifact}},
                job.context)  # fmt: skip
    assert sorted(folder.name for folder in (tmp_path / "artifacts").iterdir()) == ["first", "second"]


# ---- the runner itself -----------------------------------------------------------------------


@pytest.mark.parametrize("text, value", [
    ("github.ref", "main"), ("a.b || 'HEAD'", "HEAD"), ("github.none.head.sha || 'HEAD'", "HEAD"),
    ("!cancelled() && github.ref == 'main'", True), ("github.ref != 'main' || (1 == 2)", False),
    ("'it''s'", "it's"),
])  # fmt: skip
def test_expressions_mean_what_github_documents(text, value):
    context = {"github": {"ref": "main", "none": None}, "a": {"b": ""}}
    assert expressions.evaluate(text, context, {"cancelled": lambda: False}) == value


@pytest.mark.parametrize("text", ["github.reff", "github.ref.x", "cancelledd()", "github.ref ==", "a b", "#"])
def test_an_unknown_expression_is_an_error(text):
    with pytest.raises((ValueError, IndexError)):
        expressions.evaluate(text, {"github": {"ref": "main"}, "a": {}})


def test_a_summary_of_more_than_a_mebibyte_is_refused(make_job):
    job = make_job("main", {})
    step = {"run": 'head -c 1048577 /dev/zero > "$GITHUB_STEP_SUMMARY"'}
    with pytest.raises(AssertionError, match="refused"):
        job.run({"steps": [step]})


def test_steps_run_as_on_github(make_job):
    job = make_job("main", {})
    job.run({"steps": [
        {"id": "one", "run": "false | true\necho x=1 >> $GITHUB_OUTPUT\necho y=2 >> $GITHUB_ENV"},
        {"name": "two", "run": "echo $X$y",
         "env": {"X": "${{ steps.one.outputs.x }}${{ steps.one.outputs.none }}"}},
        {"name": "three", "shell": "bash", "run": "false | true\necho reached"},
        {"name": "four", "run": "echo skipped"},
        {"name": "five", "if": "${{ !cancelled() }}", "run": "echo five"},
    ]})  # fmt: skip
    assert [step.out for step in job.done] == ["", "12\n", "", "five\n"]
    assert job.failed
