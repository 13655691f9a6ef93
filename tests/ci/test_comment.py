"""The workflow that comments: who decides where it writes, and what of an untrusted artifact is shown."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import hosted_runner
import pytest

WORKFLOW = hosted_runner.load("docs/ci/github/pulsebench-comment.yml")
HEAD = "6" * 40
LARGEST_COMMENT = 65536  # characters; GitHub answers "body is too long (maximum is 65536 characters)"
PULLS = "GET repos/ada/words/pulls"
ARTIFACTS = "GET repos/ada/words/actions/runs/77/artifacts"
ZIP = "GET repos/ada/words/actions/artifacts/5/zip"
COMMENTS = "repos/ada/words/issues/12/comments"
NEW = {PULLS: [{"number": 12, "head": {"sha": HEAD}}], f"GET {COMMENTS}": [], f"POST {COMMENTS}": {}}


class Comment:
    """The job that comments, after the answers of GitHub were chosen."""

    def __init__(self, make_job, folder):
        self.make_job, self.folder = make_job, folder
        (folder / "bin").mkdir()
        shutil.copy(Path(__file__).with_name("gh"), folder / "bin")

    def artifact(self, files, size=None):
        """Answers for an artifact with these files."""
        archive = self.folder / "artifact.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
            for name, content in files.items():
                written.writestr(name, content)
        found = {"id": 5, "size_in_bytes": size or archive.stat().st_size, "expired": False}
        return {ARTIFACTS: {"artifacts": [found]}, ZIP: f"file:{archive}"}

    def run(self, answers, branch="patch", conclusion="failure", event="pull_request"):
        job = self.make_job("refs/heads/main", {"workflow_run": {
            "id": 77, "event": event, "conclusion": conclusion, "head_branch": branch, "head_sha": HEAD,
            "head_repository": {"id": 9, "owner": {"login": "bob"}},
            "html_url": "https://github.com/ada/words/actions/runs/77"}})  # fmt: skip
        job.path.append(str(self.folder / "bin"))
        calls = self.folder / "calls"
        calls.write_text("")
        (self.folder / "answers").write_text(json.dumps(answers))
        job.environment.update(GH_CALLS=str(calls), GH_ANSWERS=str(self.folder / "answers"))
        job.run(WORKFLOW["jobs"]["comment"])
        self.calls = [json.loads(line) for line in calls.read_text().splitlines()]
        return job

    @property
    def written(self):
        return [call for call in self.calls if call["method"] != "GET"]

    def body(self):
        (call,) = self.written
        body = call["values"]["body"]
        assert len(body) <= LARGEST_COMMENT
        return body

    def check_all_is_text(self):
        """After the line of our own each line is indented: code in Markdown, which ends nowhere."""
        marker, headline, blank, *rest = self.body().split("\n")
        assert marker == "<!-- pulsebench -->"
        assert headline.startswith("**pulsebench: failure** ([run and report](https://github.com/ada/words/")
        assert blank == ""
        assert [line for line in rest if line and not line.startswith("    ")] == []
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", self.body())
        return "\n".join(line.removeprefix("    ") for line in rest)


@pytest.fixture
def comment(make_job, tmp_path):
    return Comment(make_job, tmp_path)


def test_the_report_is_shown_below_the_pull_request_that_github_names(comment):
    job = comment.run({**NEW, **comment.artifact({"report.txt": "regressed: 1 of 3\n", "number": "999"})})
    assert not job.failed, job.log
    assert comment.written[0]["path"] == COMMENTS
    assert comment.check_all_is_text() == "regressed: 1 of 3\n"
    assert comment.calls[0]["values"]["head"] == "bob:patch"


def test_an_earlier_comment_of_the_workflow_alone_is_renewed(comment):
    old = [{"id": 1, "user": {"login": "mallory"}, "body": "<!-- pulsebench --> mine"},
           {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "of another workflow"},
           {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- pulsebench -->\nold"}]
    path = "repos/ada/words/issues/comments/3"
    job = comment.run({**NEW, **comment.artifact({"report.txt": "unchanged\n"}),
                       f"GET {COMMENTS}": old, f"PATCH {path}": {}})
    assert not job.failed, job.log
    assert [(call["method"], call["path"]) for call in comment.written] == [("PATCH", path)]


HOSTILE = b"\n".join([
    b"```\n@everyone <script>alert(1)</script> ![x](https://evil.example/x.png)\n~~~",
    b"a\r@everyone\r\n\x0b\x0c@all\x1b[31m\x00\n\n\n# heading",
    b"$(touch hacked) `touch hacked` ${{ github.token }} ; touch hacked\n::set-output name=x::y",
    b"\xff\xfe not UTF-8", b"<!-- pulsebench -->"])  # fmt: skip


def test_no_text_of_the_artifact_becomes_markdown(comment):
    job = comment.run({**NEW, **comment.artifact({"report.txt": HOSTILE})})
    assert not job.failed, job.log
    assert "@everyone <script>" in comment.check_all_is_text()
    assert not (job.workspace / "hacked").exists()


@pytest.mark.parametrize("text", ["\n" * 300_000, "\N{GRINNING FACE}\n" * 50_000], ids=["lines", "emoji"])
def test_a_long_report_is_cut_to_what_a_comment_may_have(comment, text):
    job = comment.run({**NEW, **comment.artifact({"report.txt": text})})
    assert not job.failed, job.log
    comment.check_all_is_text()


def test_a_file_that_unpacks_to_very_much_is_not_unpacked_whole(comment):
    answers = comment.artifact({"report.txt": b"a" * 50_000_000})
    job = comment.run({**NEW, **answers})
    assert not job.failed, job.log
    assert len(comment.body()) <= LARGEST_COMMENT
    assert sum(file.stat().st_size for file in job.workspace.iterdir()) < 1_000_000


def test_a_large_artifact_is_not_downloaded(comment):
    job = comment.run({**NEW, **comment.artifact({"report.txt": "x"}, size=10_000_001)})
    assert not job.failed, job.log
    assert "zip" not in "".join(call["path"] for call in comment.calls)
    assert "too large" in job.log
    comment.check_all_is_text()


@pytest.mark.parametrize("files", [
    {}, {"other.txt": "x", "../report.txt": "x", "a/../../report.txt": "x", "/tmp/report.txt": "y"},
], ids=["empty", "other names"])
def test_an_artifact_without_a_report_leaves_the_conclusion(comment, files):
    job = comment.run({**NEW, **comment.artifact(files)})
    assert not job.failed, job.log
    assert "cannot be read" in comment.check_all_is_text()
    assert {file.name for file in job.workspace.iterdir()} <= {
        "pulls", "artifacts", "report.zip", "report.txt", "comment", "comments"}


def test_an_archive_that_is_none_leaves_the_conclusion(comment):
    answers = comment.artifact({"report.txt": "x"})
    (comment.folder / "artifact.zip").write_bytes(b"PK\x03\x04 torn")
    job = comment.run({**NEW, **answers})
    assert not job.failed, job.log
    assert "cannot be read" in comment.check_all_is_text()


def test_a_run_without_an_artifact_leaves_the_conclusion(comment):
    job = comment.run({**NEW, ARTIFACTS: {"artifacts": []}})
    assert not job.failed, job.log
    assert comment.check_all_is_text() == ""


@pytest.mark.parametrize("pulls", [[], [{"number": 12, "head": {"sha": "7" * 40}}]])
def test_nothing_is_written_without_an_open_pull_request_of_this_commit(comment, pulls):
    job = comment.run({**NEW, PULLS: pulls, **comment.artifact({"report.txt": "x"})})
    assert not job.failed, job.log
    assert comment.written == []


def test_the_name_of_a_branch_is_not_run(comment):
    branch = "-f body=x;$(touch hacked)'\"`touch hacked`"
    job = comment.run({**NEW, **comment.artifact({"report.txt": "x"})}, branch=branch)
    assert not job.failed, job.log
    assert comment.calls[0]["values"]["head"] == f"bob:{branch}"
    assert not (job.workspace / "hacked").exists()


@pytest.mark.parametrize("given", [{"event": "push"}, {"conclusion": "cancelled"}])
def test_other_runs_are_passed_over(comment, given):
    job = comment.run(NEW, **given)
    assert (job.done, comment.calls) == ([], [])


@pytest.mark.parametrize("lost", [PULLS, ARTIFACTS, ZIP, f"GET {COMMENTS}", f"POST {COMMENTS}"])
def test_an_error_of_github_fails_the_job_and_writes_nothing_twice(comment, lost):
    answers = {**NEW, **comment.artifact({"report.txt": "x"})}
    del answers[lost]
    job = comment.run(answers)
    assert job.failed
    assert len(comment.written) == (1 if lost.startswith("POST") else 0)


def test_the_job_runs_no_action_and_checks_nothing_out():
    assert [step for step in WORKFLOW["jobs"]["comment"]["steps"] if "uses" in step] == []
    assert WORKFLOW["permissions"] == {}
    assert WORKFLOW["jobs"]["comment"]["permissions"] == {"actions": "read", "pull-requests": "write"}
