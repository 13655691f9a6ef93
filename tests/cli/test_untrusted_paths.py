"""What a repository, an archive or another user may put where pulsebench looks: links, FIFOs, executables
and files of enormous size. Nothing of it is followed, waited for or started."""

import hashlib
import json
import os
import shutil
import stat
import subprocess

import pytest


def git(project, *words):
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words],
        cwd=project.root, env=project.environment, check=True, capture_output=True,
    )  # fmt: skip


def near(project):
    """Results main and near, 5.5 % apart: a comparison measures both again."""
    project.save("main", "--seed", "1")
    project.save("near", "--seed", "3", "--inject", "good/fast=5.5")


def trap(project, folder):
    """A program that leaves a file, in `folder` under the name of its SHA-256. Returns the sum and
    the file."""
    started = project.root / "started"
    content = f"#!/bin/sh\ntouch {started}\n"
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    project.write(f"{folder}/{sha256}", content).chmod(0o755)
    return sha256, started


def naming(project, name, sha256):
    """A copy of the result, which names that executable."""
    document = json.loads(project.baseline(name).read_text())
    for suite in document["suites"]:
        suite["sha256"] = sha256
    project.write(f"{name}.json", json.dumps(document))
    return f"./{name}.json"


@pytest.mark.parametrize("folder", [".pulsebench/bin", "suites"])
def test_an_executable_that_no_run_kept_is_not_started(project, folder):
    near(project)
    sha256, started = trap(project, folder)
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    project.write("config/pulsebench.json", json.dumps({**config, "suites": ["suites"]}))
    ran = project.pulsebench(
        "compare", naming(project, "main", sha256), naming(project, "near", sha256), "--format", "json")
    assert ran.code == 0
    (fast,) = [one for one in ran.json()["benchmarks"] if one["id"] == "good/fast"]
    assert (fast["verdict"], fast["unconfirmed_code"]) == ("inconclusive", "suite_unavailable")
    assert not started.exists()


def test_what_a_run_kept_is_started_for_any_result_that_names_it(project):
    near(project)
    (sha256,) = project.binaries()
    ran = project.pulsebench(
        "compare", naming(project, "main", sha256), naming(project, "near", sha256), "--format", "json")
    (fast,) = [one for one in ran.json()["benchmarks"] if one["id"] == "good/fast"]
    assert fast["confirmed_live"] is True


@pytest.fixture
def tracked(project):
    """A project whose repository holds .pulsebench."""
    near(project)
    git(project, "init", "-q", ".")
    git(project, "add", "-f", ".")
    git(project, "commit", "-qm", "all of it")
    return project


COMMANDS = [["compare", "main", "near"], ["run", "--preset", "quick"], ["baseline", "save", "x"],
            ["baseline", "approve", "good/fast", "--reason", "x"], ["ab", "HEAD", "HEAD"],
            ["baseline", "show", "last"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_tracked_folder_of_ours_is_refused(tracked, command):
    before = tracked.files()
    ran = tracked.pulsebench(*command)
    assert ran.code == 2
    line = ran.only_error()
    assert "tracked by git" in line and "git rm -r --cached .pulsebench" in line
    assert tracked.files() == before


def test_a_tracked_folder_that_was_untracked_is_used_again(tracked):
    git(tracked, "rm", "-q", "-r", "--cached", ".pulsebench")
    assert tracked.pulsebench("compare", "main", "near", "--no-confirm").code == 0


def test_a_folder_of_ours_with_more_names_than_git_may_print_is_refused(tracked):
    index = "".join(f"100644 {'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'} 0\t.pulsebench/{i:0100}\n"
                    for i in range(12_000))  # fmt: skip
    subprocess.run(["git", "update-index", "--index-info"], cwd=tracked.root, input=index.encode(),
                   env=tracked.environment, check=True)  # fmt: skip
    ran = tracked.pulsebench("compare", "main", "near", "--no-confirm")
    assert ran.code == 2
    assert "tracked by git" in ran.only_error()


def test_a_repository_of_another_user_is_asked_too(tracked):
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for path in [tracked.root, *(tracked.root / ".git").rglob("*"), tracked.root / ".git"]:
        os.chown(path, 1000, 1000)
    ran = tracked.pulsebench("compare", "main", "near", "--no-confirm")
    assert ran.code == 2
    assert "tracked by git" in ran.only_error()


def test_a_run_ignores_its_own_folder_for_git(project):
    git(project, "init", "-q", ".")
    project.save("main")
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=project.root,
                          env=project.environment, check=True, capture_output=True)  # fmt: skip
    assert b"baselines/main/" in seen.stdout and b".pulsebench" not in seen.stdout


@pytest.mark.parametrize("file", ["baselines/x.json", "baselines/approved.json", "config/targets.json",
                                  "config/pulsebench.json"])  # fmt: skip
@pytest.mark.parametrize("what", ["fifo", "link", "folder", "sparse", "device"])
def test_what_lies_in_the_place_of_a_file_is_one_clear_line(project, file, what):
    project.save("main")
    project.save("x")
    path = project.root / file
    if path.exists():
        path.unlink()
    if what == "fifo":
        os.mkfifo(path)
    elif what == "link":
        path.symlink_to(project.write("elsewhere.json", project.baseline("main").read_text()))
    elif what == "folder":
        path.mkdir()
    elif what == "sparse":
        path.touch()
        os.truncate(path, 10 << 30)
    elif os.geteuid() == 0:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    else:
        pytest.skip("only root can make a device")
    ran = project.pulsebench("compare", "main", "x", "--no-confirm")
    assert ran.code == 2
    assert file in ran.only_error()
    assert project.pulsebench("baseline", "list").code == (2 if "config" in file else 0)


def test_an_explicit_path_may_be_a_pipe_or_a_link(project):
    project.save("main")
    (project.root / "link.json").symlink_to(project.baseline("main"))
    assert project.pulsebench("compare", "main", "./link.json", "--no-confirm").code == 0
    os.mkfifo(project.root / "pipe.json")
    with subprocess.Popen(["cp", project.baseline("main"), project.root / "pipe.json"]) as writer:
        assert project.pulsebench("compare", "main", "./pipe.json", "--no-confirm").code == 0
    assert writer.returncode == 0


def test_a_root_that_a_link_leads_to_is_one(project):
    project.save("main")
    (project.root.parent / "link").symlink_to(project.root)
    assert project.pulsebench("--root", str(project.root.parent / "link"), "baseline", "show", "main").code == 0


@pytest.mark.parametrize("name", ["baselines", "config"])
def test_a_folder_that_is_a_link_is_refused(project, name):
    project.save("main")
    shutil.move(project.root / name, project.root.parent / "elsewhere")
    (project.root / name).symlink_to(project.root.parent / "elsewhere")
    ran = project.pulsebench("--root", str(project.root), "compare", "main", "main", "--no-confirm")
    assert ran.code == 2
    assert "is a symbolic link" in ran.only_error()


def test_a_report_goes_through_a_link_and_keeps_the_mode_of_the_file(project):
    project.save("main")
    report = project.write("reports/1.json", "x")
    report.chmod(0o600)
    link = project.root / "latest.json"
    link.symlink_to("reports/1.json")
    for target in ("latest.json", "reports/1.json"):
        report.write_text("x")
        assert project.pulsebench("baseline", "show", "main", "--format", "json", "-o", target).code == 0
        assert link.is_symlink() and json.loads(report.read_text())
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert os.listdir(project.root / "reports") == ["1.json"]


@pytest.mark.parametrize("target", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_report_to_an_open_file_is_appended_there(project, target):
    project.save("main")
    log = project.write("log", "before\n")
    with log.open("a") as opened:
        process = project.start("baseline", "show", "main", "-o", target, stdout=opened)
        assert process.wait(timeout=30) == 0, process.stderr.read()
    text = log.read_text()
    assert text.startswith("before\n") and "good/fast" in text


def test_a_report_to_a_fifo_is_written_into_it(project):
    project.save("main")
    os.mkfifo(project.root / "pipe")
    with subprocess.Popen(["cat", project.root / "pipe"], stdout=subprocess.PIPE) as reader:
        assert project.pulsebench("baseline", "show", "main", "-o", "pipe").code == 0
        assert b"good/fast" in reader.communicate()[0]
    assert stat.S_ISFIFO((project.root / "pipe").stat().st_mode)


def test_a_key_that_comes_twice_is_refused(project):
    project.save("main")
    text = project.baseline("main").read_text()
    project.write("baselines/x.json", text.replace('"benchmarks":', '"benchmarks": [], "benchmarks":', 1))
    ran = project.pulsebench("compare", "main", "x", "--no-confirm")
    assert ran.code == 2
    assert "has the key 'benchmarks' twice" in ran.only_error()


def test_a_time_that_is_none_is_refused(project):
    project.save("main")
    document = json.loads(project.baseline("main").read_text())
    launches = document["benchmarks"][0]["launches"]
    launches["reference_ns"] = [5e-324] * len(launches["reference_ns"])
    project.write("x.json", json.dumps(document))
    ran = project.pulsebench("compare", "main", "./x.json", "--no-confirm")
    assert ran.code == 2
    assert "reference_ns" in ran.only_error()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_run_of_root_that_we_cannot_read_is_not_passed_over(project):
    project.save("main")
    (run,) = (project.root / ".pulsebench" / "runs").iterdir()
    run.chmod(0)
    assert project.pulsebench("compare", "main", "last", "--no-confirm").code == 2
    run.chmod(0o700)
