"""The workflow for pull requests, with the action, on real pull requests."""

import time
import xml.etree.ElementTree as ElementTree

import conftest
import hosted_runner

WORKFLOW = hosted_runner.load("docs/ci/github/pulsebench.yml")


def run(make_job, branch, pull_request, **inputs):
    job = make_job(f"refs/pull/{branch}/merge", {"pull_request": pull_request})
    steps = WORKFLOW["jobs"]["ab"]["steps"]
    steps = [{**step, "with": {"time-budget": "60s", **inputs}} if "OWNER" in step.get("uses", "") else step
             for step in steps]  # the program is on the PATH: no version
    times = job.temp / "build_times"
    job.environment["BUILD_TIMES"] = str(times)
    started = time.monotonic()
    job.run({**WORKFLOW["jobs"]["ab"], "steps": steps})
    whole = time.monotonic() - started
    began_and_ended = [float(line) for line in times.read_text().split()]
    builds = sum(began_and_ended[1::2]) - sum(began_and_ended[::2])
    conftest.PRINTED.append(f"{branch}: {whole - builds:.1f} s beside {builds:.1f} s of builds; 60 s "
                            "are allowed")
    return job


def test_an_unchanged_pull_request_passes(make_job, repository, tmp_path):
    job = run(make_job, "unchanged", repository.pull_request("unchanged"))
    assert not job.failed, job.log
    # On a busy machine the time budget may end before every benchmark has its verdict.
    assert job.outputs["verdict"] in ("unchanged", "inconclusive")
    assert job.outputs["exit-code"] == "0"
    assert "count/10" in job.step("Report").summary
    assert "::error" not in job.log
    names = sorted(file.name for file in (tmp_path / "artifacts" / "pulsebench").iterdir())
    assert names == ["junit.xml", "report.html", "report.md", "report.txt", "verdict.json"]


def test_a_slower_pull_request_fails_and_names_the_benchmark(make_job, repository, tmp_path):
    job = run(make_job, "slower", repository.pull_request("slower", conftest.SLOWER))
    assert job.names[-1] == "Gate"
    assert job.step("Gate").code == 1
    assert (job.outputs["verdict"], job.outputs["exit-code"]) == ("regressed", "1")
    assert "count/10" in job.step("Measure old and new in turns").out
    assert "count/10" in job.step("Report").summary
    assert "::error title=regressed%3A count/10::" in job.step("Report").out
    kept = tmp_path / "artifacts" / "pulsebench"
    failed = ElementTree.parse(kept / "junit.xml").findall(".//testcase/failure/..")
    assert {"count/10", "count/100"} <= {case.get("name") for case in failed}
    assert "longest" not in {case.get("name") for case in failed}
    assert "count/10" in (kept / "report.html").read_text()
