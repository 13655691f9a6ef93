"""A fleet without Slurm: everything else runs in tests/fleet."""

import json

import pytest


@pytest.fixture
def without_slurm(project):
    """Nothing on PATH, as on a machine where Slurm is not installed."""
    project.environment["PATH"] = str(project.root)


@pytest.mark.parametrize("words", [["submit", "old", "new"], ["submit", "--resume", "last"], ["kinds"]])
def test_without_slurm_one_line_says_what_to_do(project, without_slurm, words):
    ran = project.pulsebench("fleet", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "'sbatch' is not on PATH" in ran.err and "install slurm-client" in ran.err
    assert not (project.root / ".pulsebench" / "fleet").exists()


@pytest.mark.parametrize("words", [["status", "last"], ["collect", "last"]])
def test_where_nothing_was_submitted_one_line_says_so(project, words):
    ran = project.pulsebench("fleet", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "no run in" in ran.err and "fleet submit OLD NEW" in ran.err


@pytest.mark.parametrize("run", ["../../etc", "", "-x", "20261129T093712Z-00000g"])
def test_what_is_not_the_id_of_a_run_is_never_a_path(project, run):
    ran = project.pulsebench("fleet", "status", "--", run)
    assert ran.code == 2
    assert "is not the id of a run" in ran.err


@pytest.mark.parametrize("words", [[], ["old", "new", "--resume", "last"]])
def test_the_sides_or_a_run_are_named_and_not_both(project, words):
    ran = project.pulsebench("fleet", "submit", *words)
    assert ran.code == 2
    assert "OLD and NEW, or a run with --resume" in ran.err


def test_a_kind_is_a_key(project):
    ran = project.pulsebench("fleet", "submit", "old", "new", "--kind", "epyc")
    assert ran.code == 2
    assert "16 hexadecimal digits" in ran.err


def test_a_task_begins_in_a_job_alone(project):
    ran = project.pulsebench("fleet", "task")
    assert ran.code == 2
    assert "SLURM_ARRAY_TASK_ID is not set" in ran.err


def test_a_plan_of_another_user_or_a_torn_one_is_not_followed(project):
    run = project.root / ".pulsebench" / "fleet" / "20261129T093712Z-000007"
    run.mkdir(parents=True, mode=0o700)
    (run / "plan.json").write_text(json.dumps({"schema": "pulsebench-fleet-plan", "version": 2}))
    ran = project.pulsebench("fleet", "status", "last")
    assert ran.code == 2
    assert "plan.json" in ran.err and "newer" in ran.err
    run.chmod(0o777)
    ran = project.pulsebench("fleet", "status", run.name)
    assert ran.code == 2
    assert "can be written by others" in ran.err
