"""Results kept under a name; files that are torn, foreign, newer or out of reach."""

import json
import os
import signal
import subprocess

import pytest

BAD_NAMES = ["../x", "/etc/x", "a/../b", ".hidden", "a//b", "", "a b", "last", "-x", "\x1b[31m",
             "x" * 300]


@pytest.mark.parametrize("name", BAD_NAMES, ids=repr)
def test_a_bad_name_is_refused_and_writes_nothing(project, name):
    project.save("main")
    before = project.files()
    outside = sorted(os.listdir(project.root.parent))
    ran = project.pulsebench("baseline", "save", "--", name)
    assert ran.code == 2
    assert "\x1b" not in ran.only_error()
    assert project.files() == before
    assert sorted(os.listdir(project.root.parent)) == outside


def test_rm_and_show_do_not_leave_the_folder(project):
    secret = project.write("secret.json", "{}")
    (project.root / "baselines").mkdir()
    assert project.pulsebench("baseline", "rm", "../secret").code == 2
    assert secret.exists()


def test_a_baseline_is_saved_listed_shown_and_removed(project):
    project.run("fake_good")
    assert project.pulsebench("baseline", "save", "nightly/2026-01-01").code == 0
    listed = project.pulsebench("baseline", "list", "--format", "json").json()["baselines"]
    assert [entry["name"] for entry in listed] == ["nightly/2026-01-01"]
    shown = project.pulsebench("baseline", "show", "nightly/2026-01-01")
    assert shown.code == 0 and "good/fast" in shown.out
    assert project.pulsebench("baseline", "rm", "nightly/2026-01-01").code == 0
    assert not project.baseline("nightly/2026-01-01").exists()
    ran = project.pulsebench("baseline", "rm", "nightly/2026-01-01")
    assert ran.code == 2
    ran.only_error()


def test_rm_of_what_is_not_there_names_what_is_near_and_advises_no_save(project):
    assert "there is none" in project.pulsebench("baseline", "rm", "mian").only_error()
    project.save("main")
    line = project.pulsebench("baseline", "rm", "mian").only_error()
    assert "did you mean main?" in line and "--save" not in line
    assert "baseline list" in project.pulsebench("baseline", "rm", "something").only_error()


def test_save_says_which_run_it_takes_and_when_it_was_measured(project):
    project.run("fake_good")
    (run,) = (project.root / ".pulsebench" / "runs").iterdir()
    started = json.loads((run / "result.json").read_text())["started"]
    ran = project.pulsebench("baseline", "save", "main")
    assert ran.code == 0
    assert f"run {run.name}, measured {started}" in ran.out


def test_a_run_with_injected_work_is_saved_with_a_warning_where_that_is_asked_for(project):
    ran = project.run("fake_good", "--save", "slowed", "--inject", "good/fast=15")
    assert ran.code == 0
    assert "warning: slowed has work injected on purpose" in ran.err


def test_save_refuses_an_injected_run_and_next_does_not_offer_it(project):
    ran = project.run("fake_good", "--inject", "good/fast=15")
    assert "baseline save" not in ran.out
    refused = project.pulsebench("baseline", "save", "main")
    assert refused.code == 2
    assert "work was injected into good/fast on purpose" in refused.only_error()
    assert not project.baseline("main").exists()
    assert project.pulsebench("baseline", "save", "main", "--force").code == 0


def test_save_refuses_an_interrupted_run_rather_than_take_the_one_before(project, wait_until):
    assert "pulsebench baseline save main" in project.run("fake_good").out
    process = project.start("run", "--exe", project.suite("fake_slow_visits"))
    wait_until(lambda: b"%" in process.stderr.readline(), "the first launches")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"baseline save" not in out
    refused = project.pulsebench("baseline", "save", "main")
    assert refused.code == 2
    assert "incomplete: interrupted by SIGINT" in refused.only_error()
    again = project.pulsebench("compare", "last", "last", "--no-confirm")
    assert "is incomplete (interrupted by SIGINT); last is the run before it" in again.err
    assert not project.baseline("main").exists()
    assert project.pulsebench("baseline", "save", "main", "--force").code == 0


def test_save_warns_of_uncommitted_changes(project):
    project.write("file", "one")
    for words in (["init", "-q"], ["add", "file"], ["commit", "-qm", "one"]):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words],
                       cwd=project.root, check=True)  # fmt: skip
    project.write("file", "two")
    project.run("fake_good")
    ran = project.pulsebench("baseline", "save", "main")
    assert ran.code == 0 and "warning: it was measured with uncommitted changes" in ran.err


def test_save_warns_of_a_subset_and_next_offers_the_whole(project):
    ran = project.run("fake_good", "--filter", "good/")
    assert "pulsebench run --save main" in ran.out.splitlines()[-1]
    ran = project.pulsebench("baseline", "save", "main")
    assert ran.code == 0
    assert "warning: it has only the benchmarks that" in ran.err


def test_the_baselines_of_this_machine_are_listed_alone_where_that_is_asked_for(project):
    project.save("main")
    document = json.loads(project.baseline("main").read_text())
    document["machine"]["key"] = "0123456789abcdef"
    project.baseline("other").write_text(json.dumps(document))
    names = lambda *words: [
        entry["name"]
        for entry in project.pulsebench("baseline", "list", "--format", "json", *words).json()["baselines"]
    ]
    assert names() == ["main", "other"]
    assert names("--here") == ["main"]


def test_saving_without_a_run_says_how_to_get_one(project):
    ran = project.pulsebench("baseline", "save", "main")
    assert ran.code == 2
    assert "pulsebench run" in ran.only_error()


def test_a_missing_baseline_says_what_there_is(project):
    project.save("main")
    ran = project.pulsebench("compare", "mian", "main")
    assert ran.code == 2
    line = ran.only_error()
    assert "mian" in line and "main" in line.replace("mian", "")


def torn(text):
    return text[: len(text) // 2]


def newer(text):
    document = json.loads(text)
    (key,) = [key for key in ("schema_version", "version") if key in document]
    document[key] = 99
    return json.dumps(document)


def without_benchmarks(text):
    document = json.loads(text)
    del document["benchmarks"]
    return json.dumps(document)


def with_nothing_for_a_number(text):
    document = json.loads(text)
    document["benchmarks"][0]["launches"]["p25_ns_per_op"][0] = None
    return json.dumps(document)


SPOILT = {
    "torn": (torn, []),
    "empty": (lambda text: "", []),
    "foreign": (lambda text: '{"name": "somebody-elses", "version": 3}', ["schema"]),
    "a list": (lambda text: "[1, 2, 3]", []),
    "binary": (lambda text: "\x00\x01\x1b[31m\x02", []),
    "newer": (newer, ["99"]),
    "without benchmarks": (without_benchmarks, ["benchmarks"]),
    "with a hole": (with_nothing_for_a_number, ["p25_ns_per_op"]),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_is_no_result_is_one_line_with_file_and_field(project, how):
    project.save("main")
    spoil, words = SPOILT[how]
    stored = project.baseline("main")
    spoilt = project.write("baselines/spoilt.json", spoil(stored.read_text()))
    text = spoilt.read_bytes()
    for command in (["compare", "main", "spoilt"], ["compare", "spoilt", "main"],
                    ["baseline", "show", "spoilt"], ["run", "--like", "spoilt",
                     "--exe", project.suite("fake_good")]):
        ran = project.pulsebench(*command)
        assert ran.code == 2, (command, ran.err)
        line = ran.only_error()
        assert "spoilt.json" in line and "\x1b" not in line
        assert all(word in line for word in words), line
    assert spoilt.read_bytes() == text


def test_a_spoilt_file_does_not_hide_the_other_baselines(project):
    project.save("main")
    project.write("baselines/spoilt.json", "{")
    ran = project.pulsebench("baseline", "list")
    assert ran.code == 0
    assert "main" in ran.out and "spoilt" in ran.out


def test_a_folder_in_place_of_a_baseline_is_one_clear_line(project):
    (project.root / "baselines" / "main.json").mkdir(parents=True)
    ran = project.pulsebench("baseline", "show", "main")
    assert ran.code == 2
    ran.only_error()


def test_a_full_disk_is_one_clear_line_and_leaves_no_half_written_file(project, small_disk):
    baselines = project.root / "baselines"
    small_disk(baselines, "4k")
    (baselines / "filler").write_bytes(b"x" * 4096)
    ran = project.run("fake_good", "--save", "main")
    assert ran.code == 2
    (line,) = [line for line in ran.err.splitlines() if "no space left" in line.lower()]
    assert "baselines" in line
    assert [path.name for path in baselines.rglob("*") if path.is_file()] == ["filler"]
    assert "good/fast" in ran.out, "what was measured is shown all the same"
    assert list((project.root / ".pulsebench" / "runs").glob("*/result.json"))


def test_a_full_disk_keeps_the_baseline_that_was_there(project, small_disk):
    baselines = project.root / "baselines"
    small_disk(baselines, "64k")
    project.save("main")
    before = project.baseline("main").read_bytes()
    room = os.statvfs(baselines)
    (baselines / "filler").write_bytes(b"x" * (room.f_bavail * room.f_frsize))
    assert project.run("fake_good", "--save", "main").code == 2
    assert project.baseline("main").read_bytes() == before
    assert sorted(os.listdir(baselines)) == ["filler", "main"]


def test_a_read_only_baselines_folder_is_one_clear_line(project, small_disk):
    baselines = project.root / "baselines"
    make_read_only = small_disk(baselines, "1m")
    project.save("main")
    make_read_only()
    ran = project.run("fake_good", "--save", "pr-123")
    assert ran.code == 2
    (line,) = [line for line in ran.err.splitlines() if "ead-only" in line]
    assert "baselines" in line
    assert project.pulsebench("baseline", "rm", "main").code == 2
    assert project.pulsebench("compare", "main", "main").code == 0


def test_a_full_disk_under_a_report_is_one_clear_line(project):
    ran = project.run("fake_good", "-o", "/dev/full")
    assert ran.code == 2
    assert "/dev/full" in ran.err.splitlines()[-1]


def test_a_closed_pipe_leaves_the_exit_code_to_the_verdict_and_says_nothing(measured):
    for words, code in [
        (["run", "--list", "--exe", measured.suite("fake_good")], 0),
        (["compare", "main", "again"], 0),
        (["compare", "main", "pr-123"], 1),
    ]:
        reading, writing = os.pipe()
        os.close(reading)  # before it starts: it may be done sooner than we are
        process = measured.start(*words, stdout=writing)
        os.close(writing)
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == code


def test_a_torn_newest_run_is_an_error_and_an_older_one_is_not_taken_for_it(project):
    project.save("main", "--seed", "1")
    project.run("fake_good", "--seed", "2", "--inject", "good/fast=15")
    results = (project.root / ".pulsebench" / "runs").glob("*/result.json")
    newest = max(results, key=lambda file: file.stat().st_mtime_ns)
    os.truncate(newest, 5000)
    for command in (["compare", "main", "last", "--no-confirm"], ["baseline", "save", "x"]):
        ran = project.pulsebench(*command)
        assert ran.code == 2
        line = ran.only_error()
        assert str(newest) in line and "measure again" in line
    assert not project.baseline("x").exists()


def test_a_comparison_says_how_many_runs_it_could_not_learn_from(project):
    project.save("main", "--seed", "1")
    (result,) = (project.root / ".pulsebench" / "runs").glob("*/result.json")
    os.truncate(result, 5000)
    project.save("pr-123", "--seed", "2")
    ran = project.pulsebench("compare", "main", "pr-123")
    assert ran.code == 0
    assert "1 of 2 stored runs cannot be read" in " ".join(ran.out.split())
