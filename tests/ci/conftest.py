"""A repository with a CMake project and a Google Benchmark program, and pull requests to it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import hosted_runner
import published_actions
import pytest

HERE = Path(__file__).resolve().parent
WORDS = HERE.parent / "docs" / "words"  # the library of the tutorial
PULSEBENCH = os.environ["PULSEBENCH"]
BUILD = "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build"
NOW = 'date +%s.%N >> "${BUILD_TIMES:-/dev/null}"'  # when a build began or ended, for who asks
CONFIG = {
    "project": "words",
    "suites": ["build/words_bench"],
    "build": {"command": f"{NOW} && {BUILD} && {NOW}"},
}
PRINTED = []  # at the end of the tests
# Eight instructions a character, which no compiler removes: half as much again.
SLOWER = ("    inside = !is_blank(c);", "    inside = !is_blank(c);\n    asm volatile(\"%s\");"
          % ("nop\\n" * 16))
BROKEN = ("#include \"words.hpp\"", "#error broken")


def pytest_terminal_summary(terminalreporter):
    for line in PRINTED:
        terminalreporter.write_line(line)


class Repository:
    """The upstream repository. A pull request is a branch, and its merge into main as GitHub makes it."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(WORDS, folder)
        (folder / "pulsebench.json").write_text(json.dumps(CONFIG))
        self.git("init", "-q", "-b", "main")
        self.commit("words")
        self.git("branch", "fork")
        (folder / "README.md").write_text("What main got after the pull requests forked.\n")
        self.commit("more")

    def git(self, *words):
        return subprocess.run(
            ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *words],
            cwd=self.folder, check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def pull_request(self, branch, change=None):
        """The `pull_request` part of the event, as far as the workflows read it."""
        self.git("switch", "-q", "-c", branch, "fork")
        source = self.folder / "words.cpp"
        if change:
            assert change[0] in source.read_text()
            source.write_text(source.read_text().replace(*change))
        else:
            source.write_text(f"{source.read_text()}\n// a comment\n")
        self.commit(branch)
        head = self.git("rev-parse", "HEAD")
        self.git("switch", "-q", "--detach", "main")
        self.git("merge", "-q", "--no-edit", branch)
        self.git("update-ref", f"refs/pull/{branch}/merge", "HEAD")
        self.git("switch", "-q", "main")
        self.git("branch", "-q", "-D", branch)  # it is in a fork
        return {"base": {"sha": self.git("rev-parse", "main")}, "head": {"sha": head}}


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    return Repository(tmp_path_factory.mktemp("upstream") / "words")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A home with the program on its PATH, and commands that a hosted runner has."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "bin").mkdir()
    (folder / "bin" / "pulsebench").symlink_to(PULSEBENCH)
    sudo = folder / "bin" / "sudo"
    sudo.write_text('#!/bin/sh\necho "sudo $*"\n')  # packages are there, or the test says so
    sudo.chmod(0o755)
    return folder


@pytest.fixture
def make_job(tmp_path, home, repository):
    """A job in a workspace of its own: make_job(ref, event)."""

    def make(ref, event, workspace=None, **context):
        workspace = workspace or tmp_path / "workspace"
        temp = tmp_path / f"temp{len(list(tmp_path.iterdir()))}"
        workspace.mkdir(exist_ok=True)
        temp.mkdir()
        return hosted_runner.Job(
            workspace=workspace, temp=temp,
            context={
                "github": {"event": event, "workspace": str(workspace), "token": "secret-token",
                           "ref": ref, "sha": "0" * 40, "repository": "ada/words",
                           "action_repository": "OWNER/pulsebench"},
                "runner": {"os": "Linux", "temp": str(temp)}, **context,
            },
            actions=published_actions.Actions(repository.folder, ref, tmp_path / "artifacts"),
            environment={"PATH": f"{home}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(home),
                         "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"},
        )  # fmt: skip

    return make
