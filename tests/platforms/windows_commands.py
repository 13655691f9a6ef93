"""Beside commands.py, what is particular to Windows: what is refused, with one clear line, and what is absent, with a
reason."""

import pytest
from project import SUITE, Project

PORTED = "see docs/platforms.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("words", [
    ["profile", "cpu", "poll_cycle/no_hooks", "--rate", "100"], ["tune", "apply"], ["tune"], ["doctor"],
    ["counters", "list"], ["fleet", "submit", "old", "new"], ["advise", "x"], ["bisect", "HEAD~1", "HEAD"],
])  # fmt: skip
def test_a_command_that_is_not_ported_is_refused_in_one_line(project, words):
    ran = project.start(*words)
    assert ran.returncode == 2
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"pulsebench: pulsebench {words[0]} does not work on Windows: ")
    assert line.endswith(PORTED)


@pytest.mark.parametrize("words", [
    ["ab", SUITE, SUITE, "--affected"], ["run", "--all"],
])  # fmt: skip
def test_what_a_ported_command_lacks_is_refused_in_one_line(project, words):
    ran = project.start(*words)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.splitlines()[-1].endswith(f"on Windows so far; {PORTED}")


def test_state_that_windows_does_not_tell_has_a_reason(project):
    project.run("reasons", "--instructions", "--allocations")
    document = project.document("reasons")
    for fact in document["state"]:
        assert fact.get("before") or fact.get("after") or fact["reason"], fact
    (aslr,) = (fact for fact in document["state"] if fact["name"] == "aslr_in_suites")
    assert aslr["reason"] == "Windows randomises every process; results spread more"
    for benchmark in document["benchmarks"]:
        assert benchmark["allocations"] == {"reason": "allocations cannot be counted on Windows"}
        assert benchmark["exact"]["reason"] == "instructions cannot be counted on Windows"
        assert benchmark["launches"]["cpu_p25_ns_per_op"][0] > 0


def test_a_foreign_program_is_refused(project, tmp_path):
    """One of another system, as a program without the harness is."""
    other = tmp_path / "program.exe"
    other.write_bytes(b"MZ")
    ran = project.start("run", "--exe", other)
    assert ran.returncode != 0
    assert "pulsebench: " in ran.stderr
