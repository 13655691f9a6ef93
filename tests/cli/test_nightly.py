"""`run --reason nightly`: a line a night in the history of this kind of machine, and the anchor."""

import datetime
import json

DAY = "nightly/2026-01-31"


def night(project, *words, suite="fake_good", save=DAY):
    return project.run(suite, "--reason", "nightly", "--save", save, *words)


def history(project):
    """The nights of the one kind of machine there is, by day."""
    (file,) = (project.root / "baselines/nightly/history").glob("*.jsonl")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert all(line["machine_kind"] == file.stem for line in lines)
    return {line["night"]: line for line in lines}


def test_a_night_is_saved_and_is_a_line_of_the_history_which_a_rerun_replaces(project):
    ran = night(project, "--seed", "1")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "next: pulsebench trend"
    assert "night 2026-01-31 added to " in ran.err and "no anchor on this kind of machine" in ran.err
    first = history(project)["2026-01-31"]
    stored = json.loads(project.baseline(DAY).read_text())
    assert (first["run"], first["machine_key"]) == (stored["run_id"], stored["machine"]["key"])
    assert set(first["benchmarks"]) == {"good/fast", "good/slow"}  # and not the floor
    assert first["benchmarks"]["good/fast"][3] is None
    assert "host_name" not in first["facts"]
    night(project, "--seed", "2")
    night(project, save="nightly/today")
    nights = history(project)
    assert sorted(nights) == ["2026-01-31", str(datetime.datetime.now(datetime.timezone.utc).date())]
    assert nights["2026-01-31"]["run"] != first["run"]


def test_a_night_that_is_no_date_is_refused_before_anything_is_measured(project):
    for save in ("nightly/soon", "nightly/2026-02-30", "nightly/2026-1-1"):
        ran = night(project, save=save)
        assert ran.code == 2
        assert "save a nightly run as nightly/DATE" in ran.only_error()
    assert not (project.root / "baselines").exists()
    assert not (project.root / ".pulsebench").exists()


def test_what_is_no_night_has_no_line_and_says_why(project):
    project.save(DAY)
    ran = project.run("fake_good", "--reason", "nightly")
    assert "save it with --save nightly/today" in ran.err
    ran = night(project, "--inject", "good/fast=15")
    assert "no line of this run: work was injected into good/fast on purpose" in ran.err
    assert not (project.root / "baselines/nightly/history").exists()


def test_a_benchmark_that_crashed_or_was_filtered_is_missing_in_the_line(project):
    ran = night(project, suite="fake_crash")
    assert ran.code == 3
    assert "2 of 3 operations, the others have no figure" in ran.err
    assert not project.baseline(DAY).exists()
    night(project, "--filter", "^good/fast$", save="nightly/2026-02-01")
    nights = history(project)
    assert set(nights["2026-01-31"]["benchmarks"]) == {"good/fast", "good/slow"}
    assert set(nights["2026-02-01"]["benchmarks"]) == {"good/fast"}


def test_the_anchor_is_measured_beside_the_night_by_the_executable_that_was_kept(project):
    project.save("anchor")
    night(project)
    assert history(project)["2026-01-31"]["benchmarks"]["good/fast"][3] == 1
    project.rebuild("fake_good", slower=20)
    ran = night(project)
    assert "2 operations, 2 with a ratio to the anchor" in ran.err
    costs = history(project)["2026-01-31"]["benchmarks"]
    assert abs(costs["good/fast"][3] - 1.2) < 0.01
    assert abs(costs["good/slow"][3] - 1.0) < 0.01


def test_an_anchor_that_was_changed_is_not_started(project):
    project.save("anchor")
    (kept,) = project.binaries()
    trap = project.root / "started"
    (project.root / ".pulsebench/bin" / kept).write_text(f"#!/bin/sh\ntouch {trap}\n")
    project.rebuild("fake_good", slower=20)
    ran = night(project)
    assert ran.code == 0 and not trap.exists()
    assert "no ratio to the anchor: good/fast, good/slow" in ran.err
    assert "was changed since it was kept" in ran.err
    assert history(project)["2026-01-31"]["benchmarks"]["good/fast"][3] is None


def test_prune_removes_old_results_of_nights_and_nothing_else(project):
    night(project, save="nightly/2026-01-12")  # a Monday
    stored, text = project.baseline("nightly/2026-01-12"), project.baseline("nightly/2026-01-12").read_text()
    (file,) = (project.root / "baselines/nightly/history").glob("*.jsonl")
    line = file.read_text()
    for day in range(1, 12):
        project.write(f"baselines/nightly/2026-01-{day:02}/{stored.name}", text)
        file.write_text(file.read_text() + line.replace("2026-01-12", f"2026-01-{day:02}"))
    project.save("main")
    project.write("baselines/nightly/notes.json", "{}")
    before = project.files()
    planned = project.pulsebench("baseline", "prune", "--nights", "3", "--dry-run")
    assert planned.code == 0 and planned.out.startswith("would remove 7 nights; kept 5 nights")
    assert project.files() == before
    ran = project.pulsebench("baseline", "prune", "--nights", "3")
    assert ran.code == 0 and ran.out.startswith("removed 7 nights; kept 5 nights (3 newest, 1 epoch, 1 sunday)")
    gone = sorted(set(before) - set(project.files()))
    assert gone == [f"baselines/nightly/2026-01-{day:02}/{stored.name}" for day in (2, 3, 5, 6, 7, 8, 9)]
    assert len(history(project)) == 12
    for wrong in ("x", "-1", "1.5"):
        assert project.pulsebench("baseline", "prune", "--nights", wrong).code == 2
