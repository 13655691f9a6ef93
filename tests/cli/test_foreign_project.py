"""A project with a configuration of its own, measured by a pulsebench that has suites beside it."""

import json
import os
import shutil

import pytest

GOOD = {"good/fast", "good/slow", "floors/load"}  # of every fake suite


@pytest.fixture
def foreign(project):
    """The project has pulsebench.json in its root; the program lies elsewhere, beside suites that
    were built with it."""
    shutil.rmtree(project.root / "config")
    installed = project.root.parent / "installed"
    (installed / "suites").mkdir(parents=True)
    shutil.copy(os.environ["FAKE_SUITE"], installed / "suites" / "fake_beside")
    shutil.copy(os.environ["PULSEBENCH"], installed / "pulsebench")
    project.program = str(installed / "pulsebench")
    return project


def configure(project, **settings):
    settings.setdefault("sampling", {"launch_limit_ms": 1500})
    project.write("pulsebench.json", json.dumps(settings))


def listed(project, *words):
    ran = project.pulsebench("run", "--list", "--format", "json", *words)
    assert ran.code == 0, ran.err
    return {benchmark["id"] for benchmark in ran.json()["benchmarks"]}


def test_the_configuration_of_the_root_comes_before_suites_beside_the_program(foreign):
    foreign.suite("fake_good")
    configure(foreign, suites=["suites"])
    assert listed(foreign) == GOOD


@pytest.mark.parametrize("entry, fact", [
    ("build/bench", "does not exist"),
    ("suites/*_bench", "matches no executable"),
    ("empty", "has no executables"),
    ("notes.txt", "is not an executable file"),
])  # fmt: skip
def test_an_entry_that_names_no_program_is_named_with_its_file(foreign, entry, fact):
    foreign.suite("fake_good")
    (foreign.root / "empty").mkdir()
    foreign.write("notes.txt", "none")
    configure(foreign, suites=["suites", entry])
    ran = foreign.pulsebench("run")
    assert ran.code == 2
    line = ran.only_error()
    assert f"the suite '{entry}' in {foreign.root}/pulsebench.json {fact}" in line


def test_a_glob_names_programs_and_one_that_is_named_twice_is_measured_once(foreign):
    foreign.suite("fake_good")
    foreign.write("suites/fake_good.log", "a log is no program")
    configure(foreign, suites=["suites/fake_good", "suites/fake_*"])
    assert listed(foreign) == GOOD


@pytest.mark.parametrize("settings, way_out", [
    (None, "has no pulsebench.json that names its benchmarks; create one with pulsebench init"),
    ({}, "pulsebench.json names no suites; add \"suites\""),
])  # fmt: skip
def test_without_suites_the_way_out_is_shown(foreign, settings, way_out):
    if settings is not None:
        configure(foreign, **settings)
    ran = foreign.pulsebench("run")
    assert ran.code == 2
    assert way_out in ran.only_error() and "--exe" in ran.only_error()


def test_a_program_on_the_command_line_needs_no_entry(foreign):
    configure(foreign, suites=["build/bench"])
    assert listed(foreign, "--exe", foreign.suite("fake_good")) == GOOD


def test_the_project_of_the_program_measures_the_suites_beside_it(foreign):
    """pulsebench's own repository has its build folder below its root."""
    build = foreign.root / "build" / "bin"
    shutil.copytree(foreign.root.parent / "installed", build)
    foreign.program = str(build / "pulsebench")
    configure(foreign, suites=["build/other"])
    assert listed(foreign) == GOOD | {"bad/beside"}


def test_two_configurations_of_one_root_are_refused(foreign):
    configure(foreign, suites=["suites"])
    foreign.write("config/pulsebench.json", "{}")
    ran = foreign.pulsebench("run")
    assert ran.code == 2
    assert "has a pulsebench.json and a config/pulsebench.json; keep one" in ran.only_error()


def test_the_root_is_the_nearest_folder_with_a_configuration(foreign):
    foreign.suite("fake_good")
    configure(foreign, suites=["suites"])
    inner = foreign.root / "src" / "deep"
    inner.mkdir(parents=True)
    ran = foreign.pulsebench("run", "--list", folder=inner)
    assert ran.code == 0, ran.err
    assert "good/fast" in ran.out and "bad/beside" not in ran.out
