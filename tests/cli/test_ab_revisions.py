"""`ab` of git revisions: they are built, measured and cleaned up."""

import json
import os
import shutil
import signal
import subprocess

import pytest


def git(root, *words):
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
        cwd=root, check=True, capture_output=True,
    )


def under_git(project, build, *ignored):
    """Its revisions are built by the shell command `build`, which leaves the suites in out/."""
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["build"] = {"command": f"mkdir -p out && {build}", "suites": "out"}
    project.write("config/pulsebench.json", json.dumps(config))
    project.write(".gitignore", "".join(f"{folder}/\n" for folder in [".pulsebench", *ignored]))
    git(project.root, "init", "-q")


def test_two_git_revisions_are_built_once_measured_and_cleaned_up(project):
    """The build command copies the suite that the revision names."""
    root = project.root
    under_git(project, f"cp {os.environ['FAKE_SUITE']} out/$(cat suite.txt)")
    project.write("suite.txt", "fake_good")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "commit", "-qm", "two", "--allow-empty")
    ran = project.pulsebench("ab", "HEAD~1", "HEAD", "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.err.count("building ") == 2
    assert not list((root / ".pulsebench" / "worktrees").iterdir())
    again = project.pulsebench("ab", "HEAD~1", "HEAD")
    assert again.code == 0
    assert "building " not in again.err


@pytest.fixture
def building(project, wait_until):
    """`ab` of two revisions, once a program that the build of the first started is running."""
    root = project.root
    program = root / "compiler"
    shutil.copy(shutil.which("sleep"), program)
    under_git(project, f"echo > started && {program} 1000; true", "compiler")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "commit", "-qm", "two", "--allow-empty")
    process = project.start("ab", "HEAD~1", "HEAD")
    wait_until(lambda: list(root.glob(".pulsebench/worktrees/*/started")), "the build")
    yield process
    process.kill()


@pytest.mark.parametrize("which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_ends_and_leaves_no_work_tree(
    project, building, no_process_left, which, code
):
    building.send_signal(which)
    _, err = building.communicate(timeout=30)
    no_process_left(project.root)
    assert building.returncode == code
    assert "the build of 'HEAD~1' was interrupted" in err.decode()
    assert not list((project.root / ".pulsebench" / "worktrees").iterdir())
    listed = subprocess.check_output(["git", "worktree", "list"], cwd=project.root)
    assert listed.count(b"\n") == 1


def test_a_build_ends_with_a_killed_pulsebench(project, building, wait_until, no_process_left):
    building.kill()
    building.communicate(timeout=30)
    program = str(project.root / "compiler")
    wait_until(
        lambda: subprocess.run(["pgrep", "-f", program], capture_output=True).returncode == 1,
        "the end of the build",
    )
    no_process_left(project.root)


def test_an_approval_against_a_commit_holds_where_the_old_side_is_that_commit(project):
    """Built anew, it is another file than the one that was measured, but the same commit."""
    root = project.root
    under_git(project, f"cat {os.environ['FAKE_SUITE']} built.txt > out/fake_good && chmod +x out/*",
              "suites", "baselines")
    project.suite("fake_good")
    for commit, slower in [("one", 0), ("two", 15)]:
        project.write("built.txt", f"\nslower={slower} pause=0\n")
        git(root, "add", "-A")
        git(root, "commit", "-qm", commit)
        git(root, "tag", commit)
        if commit == "one":
            project.save("main")
    project.run("fake_good", "--inject", "good/fast=15")
    assert project.pulsebench("ab", "one", "two").code == 1
    project.pulsebench("baseline", "approve", "good/fast", "--reason", "worth it")
    ran = project.pulsebench("ab", "one", "two", "--format", "json")
    assert (ran.code, ran.json()["verdict"]) == (0, "approved")
    git(root, "reset", "-q", "--hard", "one")
    git(root, "commit", "-qm", "the same again", "--allow-empty")
    assert project.pulsebench("ab", "HEAD", "two").code == 1, "nobody approved against this commit"
