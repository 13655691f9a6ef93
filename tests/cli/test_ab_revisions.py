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


@pytest.mark.parametrize(
    "which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
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
    wait_until(
        lambda: not list((project.root / ".pulsebench" / "worktrees").iterdir()),
        "the end of the work tree",
    )
    no_process_left(project.root)


@pytest.fixture
def revisions(project):
    """A project with two revisions whose build copies the fake suite."""

    def make(build=f"cp {os.environ['FAKE_SUITE']} out/fake_good"):
        under_git(project, build, "machine", "baselines")
        git(project.root, "add", "-A")
        git(project.root, "commit", "-qm", "one")
        git(project.root, "commit", "-qm", "two", "--allow-empty")

    return make


def test_two_at_once_share_one_build(project, revisions):
    revisions(f"sleep 1 && cp {os.environ['FAKE_SUITE']} out/fake_good && echo built >> ../../../log")
    both = [project.start("ab", "HEAD~1", "HEAD", "--max-blocks", "4") for _ in range(2)]
    errors = [process.communicate(timeout=60)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert (project.root / "log").read_text() == "built\n" * 2
    # Who waits for the first build may be the one that the other waits for at the second.
    assert sum("is being built by process " in error for error in errors) in (1, 2)


def test_another_command_compiler_or_flag_is_another_build(project, revisions):
    revisions()
    ab = ("ab", "HEAD~1", "HEAD", "--max-blocks", "4")
    assert project.pulsebench(*ab).err.count("building ") == 2
    assert project.pulsebench(*ab).err.count("building ") == 0
    project.environment["CXXFLAGS"] = "-O3"
    assert project.pulsebench(*ab).err.count("building ") == 2
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["build"]["command"] += " && true"
    project.write("config/pulsebench.json", json.dumps(config))
    assert project.pulsebench(*ab).err.count("building ") == 2


def test_no_hook_and_no_variable_of_a_hook_reaches_the_build(project, revisions):
    revisions(f"git rev-parse HEAD > ../../../commit && cp {os.environ['FAKE_SUITE']} out/fake_good")
    hook = project.write(".git/hooks/post-checkout", "#!/bin/sh\ntouch hooked\n")
    hook.chmod(0o755)
    project.environment["GIT_DIR"] = str(project.root / "nowhere")
    ran = project.pulsebench("ab", "HEAD", "HEAD", "--max-blocks", "4")
    assert ran.code == 0, ran.err
    assert not list(project.root.rglob("hooked"))
    head = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=project.root, text=True)
    assert (project.root / "commit").read_text() == head


def test_what_a_killed_build_left_is_removed_by_the_next(project, revisions):
    revisions()
    stale = project.root / ".pulsebench" / "worktrees" / "stale"
    stale.parent.mkdir(parents=True)
    git(project.root, "worktree", "add", "--detach", str(stale), "HEAD")
    assert project.pulsebench("ab", "HEAD~1", "HEAD", "--max-blocks", "4").code == 0
    assert not list(stale.parent.iterdir())
    listed = subprocess.check_output(["git", "worktree", "list"], cwd=project.root)
    assert listed.count(b"\n") == 1


def test_a_failed_build_shows_its_last_lines_and_the_command(project, revisions):
    revisions("for line in $(seq 20); do echo line $line; done; false")
    ran = project.pulsebench("ab", "HEAD~1", "HEAD")
    assert ran.code == 2
    assert "  line 11\n  line 12\n" in ran.err and "  line 20\n" in ran.err
    assert "line 10\n" not in ran.err
    assert ("the build of 'HEAD~1' failed with exit code 1; "
            "build.command in ") in ran.err
    assert "/config/pulsebench.json is 'mkdir -p out && for line" in ran.err
    assert not list((project.root / ".pulsebench" / "worktrees").iterdir())


def test_why_a_revision_cannot_be_looked_up_is_told_in_the_words_of_git(project, revisions):
    project.pulsebench("ab", "a", "b").only_error()
    assert "this is not a git repository" in project.pulsebench("ab", "a", "b").only_error()
    revisions()
    assert "no revision of this git repository" in project.pulsebench("ab", "a", "b").only_error()
    shallow = project.root / "shallow"
    git(project.root, "clone", "-q", "--depth", "1", f"file://{project.root}", str(shallow))
    ran = project.pulsebench("--root", str(shallow), "ab", "HEAD~1", "HEAD")
    assert "shallow clone: git fetch --unshallow" in ran.only_error()
    empty = project.root / "empty"
    empty.mkdir()
    project.environment["PATH"] = str(empty)
    assert "there is no git on PATH" in project.pulsebench("ab", "a", "b").only_error()


def test_the_owner_of_a_checkout_is_told_where_git_refuses_it(project, revisions):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away; run as root")
    revisions()
    project.suite("fake_good")
    for path in [project.root, *project.root.rglob("*")]:
        os.chown(path, 1000, 1000, follow_symlinks=False)
    ran = project.pulsebench("ab", "HEAD~1", "HEAD")
    assert "git says: fatal: detected dubious ownership in repository" in ran.only_error()
    assert "git config --global --add safe.directory" in ran.only_error()
    ran = project.run("fake_good")
    assert ran.code == 0, ran.err
    assert "the result names no commit: git says: fatal: detected dubious ownership" in ran.err


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
