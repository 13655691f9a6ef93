"""`run --all`: one command builds, measures and compares a project."""

import json

from workloads import AI, REPORT, configure, report_program, row


def all_of(project, *words):
    return project.pulsebench("run", "--all", "--preset", "quick", "--no-tune", *words)


def build_by(project, command):
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["build"] = {"command": command}
    project.write("config/pulsebench.json", json.dumps(config))


def test_one_command_builds_measures_and_compares_by_itself(project):
    configure(project, ai=AI)
    build_by(project, "cp source.sh report.sh && chmod +x report.sh")
    project.write("source.sh", REPORT.replace("@RATE@", "100"))
    first = all_of(project)
    assert first.code == 0, first.out + first.err
    assert "building: cp source.sh" in first.err and "built in " in first.err
    assert "no baseline main of this kind of machine yet" in first.err
    assert list((project.root / "baselines/main").iterdir())
    same = all_of(project)
    assert same.code == 0
    assert "unchanged: 3 of 3" in same.out
    project.write("source.sh", REPORT.replace("@RATE@", "80"))
    slower = all_of(project)
    assert slower.code == 1
    assert "-20.0 %" in row(slower, "ai:rate")


def test_the_time_of_each_part_is_said_at_the_end(project):
    report_program(project, 5)
    configure(project, ai=AI, idle={"kind": "command", "command": ["true"]})
    build_by(project, "true")
    parts = lambda ran: [line.split()[0] for line in ran.err.partition("time of each part:\n")[2].splitlines()]
    assert parts(all_of(project)) == ["build", "ai", "idle", "in"]
    again = all_of(project)
    assert parts(again) == ["build", "ai", "idle", "comparison", "in"], again.err
    assert "time of each part" not in project.pulsebench("run", "--preset", "quick", "--no-tune").err


def test_a_failed_build_measures_nothing_and_shows_its_end(project):
    configure(project, ai=AI)
    build_by(project, "echo no compiler; exit 3")
    ran = all_of(project)
    assert ran.code == 2
    assert "  no compiler\n" in ran.err
    assert "the build failed with exit code 3" in ran.err
    assert not (project.root / "baselines").exists()


def test_a_dry_run_builds_nothing(project):
    report_program(project, 5)
    configure(project, ai=AI)
    build_by(project, "touch built")
    ran = all_of(project, "--dry-run")
    assert ran.code == 0 and not (project.root / "built").exists()
    assert "nothing is built" not in ran.err


def test_one_part_is_measured_alone(project):
    report_program(project, 5)
    configure(project, ai=AI)
    ran = project.pulsebench("run", "--only", "suites")
    assert ran.code == 2
    assert "--only" in ran.only_error()
    listed = project.pulsebench("run", "--list", "--only", "workloads")
    assert "ai:rate" in listed.out


def test_all_is_of_the_project(project):
    ran = project.pulsebench("run", "--all", "--exe", "/bin/true")
    assert ran.code == 2
    assert "--all measures the project" in ran.only_error()
