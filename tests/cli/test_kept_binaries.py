"""The suites behind stored results are kept by content, as long as a result names them."""

import fcntl
import hashlib
import os
import shutil
from pathlib import Path

import pytest


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_a_run_keeps_its_suite_by_content_and_ready_to_start(project):
    project.save("main")
    suite = project.suite("fake_good")
    assert project.binaries() == [sha256(suite)]
    kept = project.root / ".pulsebench" / "bin" / sha256(suite)
    assert kept.read_bytes() == Path(suite).read_bytes()
    assert os.access(kept, os.X_OK)
    (build,) = project.run("fake_good", "--format", "json").json()["suites"]
    assert build["sha256"] == kept.name
    assert len(project.binaries()) == 1, "the same content is kept once"


def test_a_rebuilt_suite_is_another_binary(project):
    project.save("main")
    first = project.binaries()
    project.rebuild("fake_good", 7)
    project.save("pr-123")
    assert len(project.binaries()) == 2
    assert set(first) < set(project.binaries())


def age(project):
    """Makes the kept binaries older than pruning requires."""
    for path in (project.root / ".pulsebench" / "bin").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_binary_goes_with_the_last_result_that_names_it(project):
    project.save("main")
    named = project.binaries()
    project.rebuild("fake_good", 7)
    project.run("fake_good")
    runs = project.root / ".pulsebench" / "runs"
    shutil.rmtree(runs)
    age(project)
    project.run("fake_good")
    assert set(named) < set(project.binaries()), "the baseline main names it"
    project.pulsebench("baseline", "rm", "main")
    project.run("fake_good")
    assert project.binaries() == [sha256(project.suite("fake_good"))]


def test_a_file_that_is_none_of_ours_is_not_pruned(project):
    project.save("main")
    readme = project.write(".pulsebench/bin/README", "leave me")
    blob = project.write(f".pulsebench/bin/{hashlib.sha256(b'leave me').hexdigest()}", "leave me")
    age(project)
    project.run("fake_good")
    assert readme.exists() and blob.exists()


@pytest.fixture
def unnamed(project):
    """A project with an old binary that no result names any more."""
    project.save("main")
    project.pulsebench("baseline", "rm", "main")
    shutil.rmtree(project.root / ".pulsebench" / "runs")
    project.rebuild("fake_good", 7)
    return project


def test_a_binary_that_is_young_is_not_pruned(unnamed):
    unnamed.run("fake_good")
    assert len(unnamed.binaries()) == 2
    age(unnamed)
    unnamed.run("fake_good")
    assert unnamed.binaries() == [sha256(unnamed.suite("fake_good"))]


def test_a_binary_that_a_comparison_uses_is_not_pruned(unnamed):
    age(unnamed)
    (binary,) = unnamed.binaries()
    with open(unnamed.root / ".pulsebench" / "bin" / binary, "rb") as in_use:
        fcntl.flock(in_use, fcntl.LOCK_SH)  # as compare does while it measures
        unnamed.run("fake_good")
        assert binary in unnamed.binaries()
    unnamed.run("fake_good")
    assert binary not in unnamed.binaries()


def test_no_binary_is_pruned_while_a_result_cannot_be_read(unnamed):
    age(unnamed)
    torn = unnamed.write("baselines/torn.json", "{")
    unnamed.run("fake_good")
    assert len(unnamed.binaries()) == 2
    torn.unlink()
    unnamed.run("fake_good")
    assert len(unnamed.binaries()) == 1


def test_a_kept_binary_that_was_changed_is_replaced_by_the_next_run(project):
    project.save("main")
    kept = project.root / ".pulsebench" / "bin" / project.binaries()[0]
    kept.write_bytes(b"#!/bin/sh\n")
    project.run("fake_good")
    assert sha256(kept) == kept.name


def test_a_full_disk_loses_the_keeping_alone(project, small_disk):
    small_disk(project.root / ".pulsebench" / "bin", "16k")
    ran = project.run("fake_good", "--save", "main")
    assert ran.code == 0
    (line,) = [line for line in ran.err.splitlines() if "no space left" in line]
    assert line.startswith("warning: the suites are not kept")
    assert project.binaries() == [], "nor is half a file left"
    assert "good/fast" in ran.out and project.baseline("main").exists()
    assert list((project.root / ".pulsebench" / "runs").glob("*/result.json"))


def test_a_read_only_folder_loses_the_keeping_alone(project, small_disk):
    make_read_only = small_disk(project.root / ".pulsebench" / "bin", "16m")
    make_read_only()
    ran = project.run("fake_good", "--save", "main")
    assert ran.code == 0
    (line,) = [line for line in ran.err.splitlines() if "ead-only" in line]
    assert line.startswith("warning: the suites are not kept")
    assert project.baseline("main").exists()


OURS = [".pulsebench", *(f".pulsebench/{name}" for name in ("runs", "bin", "kept", "tmp", "builds", "worktrees"))]


@pytest.mark.parametrize("name", OURS)
def test_a_link_in_place_of_our_folder_is_refused_by_every_command(project, name):
    victim = project.root.parent / "victim"
    for content in range(3):
        snapshot = victim / hashlib.sha256(bytes([content])).hexdigest()
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_text("precious")
    before = sorted(victim.iterdir())
    link = project.root / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(victim)
    ran = project.run("fake_good", "--save", "main")
    assert ran.code == 2
    assert f"{link} is a symbolic link" in ran.only_error()
    for command in (["ab", "HEAD~1", "HEAD"], ["baseline", "show", "last"], ["baseline", "save", "x"]):
        assert f"{link} is a symbolic link" in project.pulsebench(*command).only_error()
    assert sorted(victim.iterdir()) == before
    assert not project.baseline("main").exists()


def test_a_link_among_the_binaries_is_not_pruned(project):
    project.save("main")
    precious = project.write("precious", "leave me")
    link = project.root / ".pulsebench" / "bin" / ("a" * 64)
    link.symlink_to(precious)
    project.run("fake_good")
    assert link.is_symlink() and precious.exists()
