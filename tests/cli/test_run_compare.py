"""`run --compare`: one step from a changed tree to a verdict."""

import pytest


@pytest.fixture
def main(project):
    project.save("main")
    return project


def test_a_run_is_measured_and_compared_in_one_step(main):
    ran = main.run("fake_good", "--compare", "main")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("unchanged: ") and "measured run " in ran.err
    slowed = main.run("fake_good", "--compare", "main", "--inject", "good/fast=15", "--format", "json")
    assert slowed.code == 1
    document = slowed.json()
    assert (document["kind"], document["exit_code"]) == ("compare", 1)
    assert document["candidate"] == "this run"
    assert "--new last" in main.run("fake_good", "--compare", "main", "--inject",
                                    "good/fast=15").out


def test_the_exit_code_is_that_of_compare(main):
    run = lambda *words: main.run("fake_good", "--compare", "main", *words)
    assert run("--inject", "good/fast=15", "--threshold", "0=30").code == 0
    assert run("--inject", "good/fast=15", "--fail-on", "1").code == 0
    assert run("--inject", "good/fast=15", "--threshold", "0=15", "--no-confirm", "--strict").code == 5


def test_only_what_the_run_was_asked_to_measure_can_be_missing(main):
    assert main.run("fake_good", "--compare", "main", "--filter", "good/slow").code == 0
    assert main.run("fake_good", "--compare", "main", "--tier", "1").code == 0
    main.save("more", suite="fake_crash.mended")
    ran = main.run("fake_good", "--compare", "more", "--format", "json")
    # Another suite than the one that was named measured it.
    assert [b["id"] for b in ran.json()["benchmarks"] if b["missing"]] == ["bad/crash"]
    assert ran.code == 1
    assert main.run("fake_good", "--compare", "more", "--allow-missing").code == 0


def test_the_run_is_saved_too_and_last_is_the_run_before(main):
    ran = main.run("fake_good", "--compare", "main", "--save", "pr-123", "--format", "json")
    assert ran.code == 0 and ran.json()["candidate"] == "pr-123"
    assert "saved as pr-123" in ran.err
    ran = main.run("fake_good", "--compare", "last", "--format", "json")
    assert ran.code == 0 and ran.json()["base"].startswith("run ")


def test_what_cannot_be_compared_with_is_refused_before_anything_is_measured(main):
    runs = lambda: len(list((main.root / ".pulsebench" / "runs").iterdir()))
    before = runs()
    for words, code, part in [
        (["--compare", "nowhere"], 2, "no baseline 'nowhere'"),
        (["--compare", "-"], 2, "standard input"),
        (["--compare", "main", "--save", "main"], 2, "the same baseline"),
        (["--strict"], 2, "--compare"),
        (["--compare", "main", "--map", "x"], 2, "--map"),
    ]:
        ran = main.run("fake_good", *words)
        assert ran.code == code, words
        assert part in ran.only_error()
    assert runs() == before


def test_a_crash_is_no_pass(main):
    main.save("whole", suite="fake_crash.mended")
    assert main.run("fake_crash", "--compare", "whole").code == 3
