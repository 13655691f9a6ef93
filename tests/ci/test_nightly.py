"""The nightly workflow and GitLab's nightly job: two nights on one machine, kept in a branch of their own."""

import json
import shutil
import subprocess

import conftest
import hosted_runner
import pytest
from test_gitlab import Job

WORKFLOW = hosted_runner.load("docs/ci/github/pulsebench-nightly.yml")
STUB = """#!/bin/bash
case $1 in
  run) exit {run};;
  trend) exit {trend};;
  dashboard) mkdir -p "$3";;
esac
"""


@pytest.fixture
def origin(tmp_path, repository):
    """A repository of its own, as nights push to it."""
    bare = tmp_path / "host" / "ada" / "words"
    subprocess.run(["git", "clone", "-q", "--bare", repository.folder, bare], check=True)
    shutil.copytree(bare, f"{bare}.git")  # as GitLab calls it
    return bare


def git(folder, *words):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def night(make_job, tmp_path, origin):
    """One night in the workspace that the machine keeps."""

    def run(program=None):
        job = make_job("refs/heads/main", {}, workspace=tmp_path / "workspace")
        job.actions.upstream = origin
        job.environment.update(GITHUB_SERVER_URL=f"file://{tmp_path}/host", GITHUB_REPOSITORY="ada/words")
        if program:
            job.path.append(str(program))
        return job.run(WORKFLOW["jobs"]["measure"])

    return run


def kept(repository):
    """The files that the branch has, and its number of commits."""
    names = git(repository, "ls-tree", "-r", "--name-only", "pulsebench-data").split()
    return names, int(git(repository, "rev-list", "--count", "pulsebench-data"))


def check_kept(repository, nights):
    names, commits = kept(repository)
    assert commits == nights
    assert {name.split("/")[1] for name in names} == {"anchor", "nightly"}
    (history,) = [name for name in names if name.startswith("baselines/nightly/history/")]
    (line,) = git(repository, "show", f"pulsebench-data:{history}").splitlines()  # of one day
    return json.loads(line)


def test_a_second_night_stands_on_the_first(night, origin, tmp_path):
    first = night()
    assert not first.failed, first.log
    assert check_kept(origin, 1)["benchmarks"].keys() == {"count/10", "count/100", "longest"}
    assert (tmp_path / "artifacts" / "github-pages" / "index.html").exists()
    assert first.step("Trend").summary
    shutil.rmtree(tmp_path / "workspace" / "baselines")  # as in a new checkout
    second = night()
    assert not second.failed, second.log
    # The fourth figure of a benchmark is the ratio to the anchor, and 1 for the anchor's own executable.
    assert [figures[3] for figures in check_kept(origin, 2)["benchmarks"].values()] == [1, 1, 1]
    status = git(tmp_path / "workspace", "status", "--porcelain", "--untracked-files=no")
    assert status == ""


@pytest.mark.parametrize("run, trend, code", [(0, 0, 0), (3, 0, 3), (0, 1, 1), (3, 1, 3), (70, 2, 70)])
def test_the_gate_has_the_code_of_the_run_or_else_of_the_trend(night, tmp_path, run, trend, code):
    commands = tmp_path / "commands"
    commands.mkdir()
    (commands / "pulsebench").write_text(STUB.format(run=run, trend=trend))
    (commands / "pulsebench").chmod(0o755)
    assert night(commands).step("Gate").code == code


def test_the_right_to_write_is_in_the_step_alone_that_pushes():
    holders = [step["name"] for step in WORKFLOW["jobs"]["measure"]["steps"]
               if "github.token" in json.dumps(step)]
    assert holders == ["Keep"]


def test_a_push_that_is_refused_fails_the_night_after_the_trend(night, origin):
    hook = origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    job = night()
    assert job.failed
    assert job.step("Keep").code != 0
    assert job.step("Trend").code == 0
    assert job.names[-1] == "Gate"


def test_the_nights_of_gitlab_are_kept_too(tmp_path, home, repository, origin):
    job = Job("nightly", "pulsebench-nightly", tmp_path / "words", home, repository,
              CI_SERVER_URL=f"file://{tmp_path}/host", CI_PROJECT_PATH="ada/words")  # fmt: skip
    job.job["script"][:0] = job.job["before_script"]
    ran = job.run("main")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    check_kept(f"{origin}.git", 1)
    for path in hosted_runner.load("docs/ci/gitlab/nightly.yml")["pulsebench-nightly"]["artifacts"]["paths"]:
        assert (job.workspace / path).exists(), path
    assert (job.workspace / "public" / "index.html").exists()
