"""The GitLab jobs, on the same pull requests: their scripts in bash as GitLab's runner starts it."""

import json
import subprocess
import xml.etree.ElementTree as ElementTree

import conftest
import hosted_runner
import pytest


class Job:
    """A job of a template in a clone of the repository. Source: docs.gitlab.com, "Shells": bash with
    errexit and pipefail; before_script and script run in one shell."""

    def __init__(self, template, name, workspace, home, repository, **variables):
        self.job = hosted_runner.load(f"docs/ci/gitlab/{template}.yml")[name]
        self.workspace = workspace
        subprocess.run(["git", "clone", "-q", "--config", "remote.origin.fetch=+refs/pull/*:refs/pull/*",
                        repository.folder, workspace], check=True)
        self.environment = {
            "PATH": f"{home}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "CI": "true",
            "CI_PROJECT_DIR": str(workspace), "LC_ALL": "C.UTF-8", **variables,
        }  # fmt: skip
        for key, value in self.job["variables"].items():
            self.environment.setdefault(key, value.replace("$CI_PROJECT_DIR", str(workspace)))

    def run(self, head):
        subprocess.run(["git", "-C", self.workspace, "checkout", "-q", "--detach", head], check=True)
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(self.job["script"])], cwd=self.workspace,
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip


@pytest.fixture
def job(tmp_path, home, repository):
    def make(pull_request, **variables):
        return Job("merge-request", "pulsebench", tmp_path / "words", home, repository,
                   CI_MERGE_REQUEST_DIFF_BASE_SHA=pull_request["base"]["sha"], **variables)

    return make


def test_a_slower_merge_request_fails_and_every_report_names_the_benchmark(job, repository):
    merge_request = repository.pull_request("slower-here", conftest.SLOWER)
    job = job(merge_request, PULSEBENCH_OPTIONS="--time-budget=60s --filter=^count/10$")
    ran = job.run(merge_request["head"]["sha"])
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "count/10" in ran.stdout
    reports = job.job["artifacts"]["reports"]
    failed = ElementTree.parse(job.workspace / reports["junit"]).findall(".//testcase/failure/..")
    assert [case.get("name") for case in failed] == ["count/10"]
    (issue,) = json.loads((job.workspace / reports["codequality"]).read_text())
    assert (issue["severity"], "count/10" in issue["description"]) == ("major", True)
    assert "count/10" in (job.workspace / reports["metrics"]).read_text()
    assert "count/10" in (job.workspace / "pulsebench-report" / "report.html").read_text()


def test_a_merge_request_that_does_not_build_ends_with_the_exit_code(job, repository):
    broken = repository.pull_request("broken-here", conftest.BROKEN)["head"]
    ran = job({"base": broken}).run(broken["sha"])
    assert ran.returncode == 2
    assert "no verdict, exit code 2" in ran.stdout
    assert "#error broken" in ran.stderr


@pytest.mark.parametrize("code", [3, 4, 5, 70])
def test_every_exit_code_passes(job, repository, tmp_path, code):
    (tmp_path / "commands").mkdir()
    program = tmp_path / "commands" / "pulsebench"
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    merge_request = {"base": {"sha": "main"}}
    job = job(merge_request)
    job.environment["PATH"] = f"{tmp_path}/commands:{job.environment['PATH']}"
    assert job.run("main").returncode == code
