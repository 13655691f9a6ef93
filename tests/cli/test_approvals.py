"""An accepted regression passes, is shown with its reason everywhere, and hides no second one."""

import json
import shutil

import pytest

from conftest import Project

APPROVE = ["baseline", "approve", "good/fast", "--reason", "checks for overflow now"]


@pytest.fixture(scope="module")
def measured_once(tmp_path_factory):
    shared = Project(tmp_path_factory.mktemp("slowed") / "project")
    shared.save("main", "--seed", "1")
    shared.save("pr-123", "--seed", "2", "--inject", "good/fast=15")
    return shared


@pytest.fixture
def slowed(measured_once, project):
    """A copy of its own of 'main', and of a last run 'pr-123' in which good/fast costs 15 % more."""
    shutil.copytree(measured_once.root, project.root, dirs_exist_ok=True)
    return project


def approvals_file(project):
    return project.root / "baselines" / "approved.json"


def change_approval(project, **fields):
    document = json.loads(approvals_file(project).read_text())
    document["approved"][0].update(fields)
    approvals_file(project).write_text(json.dumps(document))


def compared(project, base="main", candidate="pr-123"):
    ran = project.pulsebench("compare", base, candidate, "--format", "json")
    return ran, {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def test_an_approved_regression_passes_and_says_who_when_and_why(slowed):
    assert slowed.pulsebench("compare", "main", "pr-123").code == 1
    said = slowed.pulsebench(*APPROVE)
    assert said.code == 0 and "approved.json" in said.out
    ran, benchmarks = compared(slowed)
    assert (ran.code, ran.json()["verdict"]) == (0, "approved")
    assert "approved" in ran.json()["summary"]
    fast = benchmarks["good/fast"]
    assert fast["verdict"] == "regressed"
    assert fast["approval"]["reason"] == "checks for overflow now"
    assert fast["approval"]["until"] is None
    # 15 % and one more threshold of 5 % on top: 1.15 * 1.05 = 1.2075.
    assert fast["approval"]["up_to_percent"] == pytest.approx(20.75, abs=0.02)
    assert benchmarks["good/slow"]["approval"] is None
    assert slowed.pulsebench("compare", "main", "pr-123", "--strict").code == 0


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_report_shows_it_as_approved(slowed, form):
    slowed.pulsebench(*APPROVE, "--until", "2999-12-31")
    ran = slowed.pulsebench("compare", "main", "pr-123", "--format", form)
    assert ran.code == 0
    out = " ".join(ran.out.split())
    assert "1 of 3 benchmarks is slower beyond its threshold, and approved" in out
    assert "regressed, approved" in out
    assert "until 2999-12-31: checks for overflow now" in out


def against_itself(project, old, *words):
    return project.pulsebench("ab", old, project.suite("fake_good"), "--filter", "good/fast",
                              "--inject", "good/fast=15", "--format", "json", *words)


def test_ab_lets_it_pass_where_its_old_side_is_what_the_baseline_measured(slowed):
    old = slowed.suite("fake_good")
    assert against_itself(slowed, old).code == 1
    slowed.pulsebench(*APPROVE)
    ran = against_itself(slowed, old)
    (fast,) = ran.json()["benchmarks"]
    assert (ran.code, ran.json()["verdict"], fast["verdict"]) == (0, "approved", "regressed")
    assert fast["approval"]["reason"] == "checks for overflow now"


def test_ab_against_another_build_is_not_covered(slowed, tmp_path):
    other = shutil.copy(slowed.suite("fake_good"), tmp_path / "other")
    with open(other, "ab") as file:
        file.write(b"!")  # runs as before, and is another file
    slowed.pulsebench(*APPROVE)
    ran = against_itself(slowed, other)
    assert ran.code == 1
    assert "approval_of_other_baseline" in ran.json()["benchmarks"][0]["reason_codes"]


def test_a_second_regression_on_top_is_not_covered(slowed):
    slowed.pulsebench(*APPROVE)
    slowed.save("worse", "--inject", "good/fast=23")
    ran, benchmarks = compared(slowed, "main", "worse")
    assert ran.code == 1
    assert benchmarks["good/fast"]["approval"] is None
    assert "approval_exceeded" in benchmarks["good/fast"]["reason_codes"]
    slowed.save("near", "--inject", "good/fast=17")
    assert compared(slowed, "main", "near")[0].code == 0


def test_of_what_two_results_cannot_tell_no_more_than_the_threshold_is_taken(slowed):
    slowed.save("doubtful", "--inject", "good/fast=7")
    assert slowed.pulsebench(*APPROVE).code == 0
    (approval,) = json.loads(approvals_file(slowed).read_text())["approved"]
    assert approval["change_percent"] == 7
    assert approval["up_to_percent"] == 10.25  # 1.05 * 1.05
    ran, benchmarks = compared(slowed, "main", "doubtful")
    assert ran.code == 0, "settled live as regressed, and covered"
    assert benchmarks["good/fast"]["confirmed_live"] and benchmarks["good/fast"]["approval"]


def test_the_way_to_approve_is_shown_where_it_fails(slowed):
    ran = slowed.pulsebench("compare", "main", "pr-123")
    assert ran.out.splitlines()[-1].endswith(
        "pulsebench baseline approve good/fast --new pr-123 --reason TEXT")


def test_another_baseline_is_not_covered(slowed):
    slowed.pulsebench(*APPROVE)
    slowed.save("main", "--seed", "9")  # the same, measured again: nobody approved against it
    ran, benchmarks = compared(slowed)
    assert ran.code == 1
    assert "approval_of_other_baseline" in benchmarks["good/fast"]["reason_codes"]


def test_another_version_of_the_benchmark_is_not_covered(slowed):
    slowed.pulsebench(*APPROVE)
    change_approval(slowed, benchmark_version=2)
    ran, benchmarks = compared(slowed)
    assert ran.code == 1
    assert "approval_of_other_version" in benchmarks["good/fast"]["reason_codes"]


def test_an_expired_approval_counts_as_none_and_says_so(slowed):
    slowed.pulsebench(*APPROVE)
    change_approval(slowed, until="2020-02-29")
    ran, benchmarks = compared(slowed)
    assert (ran.code, benchmarks["good/fast"]["approval"]) == (1, None)
    for form in ["text", "markdown", "json"]:
        ran = slowed.pulsebench("compare", "main", "pr-123", "--format", form)
        assert "its approval expired on 2020-02-29" in " ".join(ran.out.split())


def test_the_file_is_whole_sorted_and_for_people(slowed):
    slowed.run("fake_good", "--inject", "good/fast=15", "--inject", "good/slow=30")
    slowed.pulsebench("baseline", "approve", "good/slow", "--reason", "b")
    slowed.pulsebench(*APPROVE)
    text = approvals_file(slowed).read_text()
    document = json.loads(text)
    assert (document["schema"], document["schema_version"]) == ("pulsebench-approvals", 1)
    assert [one["id"] for one in document["approved"]] == ["good/fast", "good/slow"]
    assert len(text.splitlines()) > 20, "a field a line, for a diff"
    slowed.pulsebench("baseline", "approve", "good/fast", "--reason", "a better one")
    again = json.loads(approvals_file(slowed).read_text())["approved"]
    assert [one["reason"] for one in again] == ["a better one", "b"], "the newer one stands"
    assert sorted(path.name for path in (slowed.root / "baselines").iterdir()) == [
        "approved.json", "main", "pr-123"]


def test_approvals_are_listed_and_taken_back(slowed):
    assert "nothing is approved" in slowed.pulsebench("baseline", "approve", "--list").out
    slowed.pulsebench(*APPROVE)
    listed = slowed.pulsebench("baseline", "approve", "--list")
    assert "good/fast  +15.0 %, up to +20.8 %" in listed.out and "overflow" in listed.out
    assert slowed.pulsebench("baseline", "approve", "good/fast", "--remove").code == 0
    assert slowed.pulsebench("compare", "main", "pr-123").code == 1
    ran = slowed.pulsebench("baseline", "approve", "good/fast", "--remove")
    assert ran.code == 2
    assert "is not approved" in ran.only_error()


def test_the_approvals_are_no_baseline(slowed):
    slowed.pulsebench(*APPROVE)
    assert "approved" not in slowed.pulsebench("baseline", "list").out
    before = approvals_file(slowed).read_bytes()
    for command in [["baseline", "save", "approved"], ["baseline", "rm", "approved"]]:
        ran = slowed.pulsebench(*command)
        assert ran.code == 2
        assert "approvals" in ran.only_error()
    assert approvals_file(slowed).read_bytes() == before


REFUSED = {
    "an unknown id": (["good/fats", "--reason", "x"], "did you mean good/fast?"),
    "nothing to approve": (["good/slow", "--reason", "x"], "nothing to approve"),
    "no id": (["--reason", "x"], "which benchmark?"),
    "no reason": (["good/fast"], "--reason TEXT"),
    "an empty reason": (["good/fast", "--reason", ""], "--reason TEXT"),
    "a blank reason": (["good/fast", "--reason", "  "], "--reason TEXT"),
    "a reason that steers": (["good/fast", "--reason", "\x1b[31mred"], "control characters"),
    "a reason of two lines": (["good/fast", "--reason", "a\nb"], "one line"),
    "an endless reason": (["good/fast", "--reason", "x" * 401], "at most 400 bytes"),
    "no date": (["good/fast", "--reason", "x", "--until", "tomorrow"], "2026-01-31"),
    "no day": (["good/fast", "--reason", "x", "--until", "2999-02-29"], "2026-01-31"),
    "a past day": (["good/fast", "--reason", "x", "--until", "2020-01-01"], "is past"),
    "no such result": (["good/fast", "--reason", "x", "--new", "nope"], "nope"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_approved_is_one_clear_line(slowed, what):
    words, expected = REFUSED[what]
    ran = slowed.pulsebench("baseline", "approve", *words)
    assert ran.code == 2
    line = ran.only_error()
    assert expected in line and "\x1b" not in line
    assert not approvals_file(slowed).exists()


SPOILT = {
    "torn": (lambda text: text[: len(text) // 2], "torn"),
    "empty": (lambda text: "", "torn"),
    "foreign": (lambda text: '{"schema": "something-else"}', "pulsebench-approvals"),
    "a list": (lambda text: "[1]", "must be an object"),
    "newer": (lambda text: text.replace('"schema_version": 1', '"schema_version": 99'), "99"),
    "without a reason": (lambda text: text.replace("checks for overflow now", ""), "reason"),
    "without a ceiling": (lambda text: text.replace("up_to_percent", "up"), "up_to_percent"),
    "with a senseless day": (lambda text: text.replace('"until": null', '"until": "soon"'), "until"),
    "with a list for a text": (lambda text: text.replace('"by": "', '"by": ["').replace(
        '",\n      "on"', '"],\n      "on"'), "by"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_file_is_one_clear_line_and_no_pass(slowed, how):
    slowed.pulsebench(*APPROVE)
    spoil, word = SPOILT[how]
    text = approvals_file(slowed).read_text()
    approvals_file(slowed).write_text(spoil(text))
    assert approvals_file(slowed).read_text() != text
    suite = slowed.suite("fake_good")
    for command in [["compare", "main", "pr-123"], ["ab", suite, suite], APPROVE,
                    ["baseline", "approve", "--list"]]:
        ran = slowed.pulsebench(*command)
        assert ran.code == 2
        line = ran.only_error()
        assert "approved.json" in line and word in line
    assert approvals_file(slowed).read_text() == spoil(text)


def test_a_reason_from_elsewhere_steers_neither_terminal_nor_page(slowed):
    slowed.pulsebench(*APPROVE)
    change_approval(slowed, reason="\x1b[2J</code>|`@everyone` [x](http://example.org)", by="\x07")
    text = slowed.pulsebench("compare", "main", "pr-123")
    assert text.code == 0 and "\x1b" not in text.out and "\x07" not in text.out
    page = slowed.pulsebench("compare", "main", "pr-123", "--format", "markdown").out
    (row,) = [line for line in page.splitlines() if line.startswith("|") and "good/fast" in line]
    assert "\x1b" not in row
    assert "``" in row, "a code span fenced by more backticks than the reason has"
    assert row.count("|") - row.count("\\|") == 9, "its bar is no column"


def test_a_read_only_folder_is_one_clear_line(slowed, small_disk):
    make_read_only = small_disk(slowed.root / "baselines", "1m")
    slowed.save("main")
    slowed.run("fake_good", "--inject", "good/fast=15")
    make_read_only()
    ran = slowed.pulsebench(*APPROVE)
    assert ran.code == 2
    assert "ead-only" in ran.only_error()


def test_another_machines_result_cannot_be_approved_against(slowed):
    document = json.loads(slowed.baseline("main").read_text())
    document["machine"]["key"] = "0123456789abcdef"
    slowed.baseline("main").write_text(json.dumps(document))
    assert slowed.pulsebench(*APPROVE).code == 4
