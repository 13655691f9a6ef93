"""Help, versions, and words that pulsebench does not know."""

import pytest

COMMANDS = [
    ["run"],
    ["compare"],
    ["ab"],
    ["noise"],
    ["baseline"],
    ["baseline", "save"],
    ["baseline", "list"],
    ["baseline", "show"],
    ["baseline", "rm"],
    ["doctor"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_a_help_with_examples(project, command):
    ran = project.pulsebench(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Examples:" in ran.out
    assert "pulsebench " + " ".join(command) in ran.out


def test_the_help_lists_every_command_and_exit_code(project):
    ran = project.pulsebench("--help")
    assert ran.code == 0
    for word in ["run", "compare", "baseline", "doctor", "130", "70"]:
        assert word in ran.out


def test_the_version_is_one_line(project):
    ran = project.pulsebench("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("pulsebench ") and ran.out.count("\n") == 1


def test_no_command_is_bad_usage(project):
    ran = project.pulsebench()
    assert ran.code == 2
    assert "--help" in ran.only_error()


NEAR = [
    (["run", "--teir", "0"], "--tier"),
    (["run", "--svae", "main"], "--save"),
    (["run", "--time-buget=60s"], "--time-budget"),
    (["compare", "main", "pr", "--only-chnged"], "--only-changed"),
    (["comapre", "main", "pr"], "compare"),
    (["baseline", "sav", "main"], "save"),
]


@pytest.mark.parametrize("words, meant", NEAR, ids=lambda value: str(value))
def test_an_unknown_word_suggests_the_near_one(project, words, meant):
    ran = project.pulsebench(*words)
    assert ran.code == 2
    assert f"did you mean {meant}?" in ran.only_error()


def test_a_word_that_is_near_nothing_points_to_the_help(project):
    ran = project.pulsebench("run", "--zzzzzzzz")
    assert ran.code == 2
    assert "--help" in ran.only_error()


BAD_VALUES = [
    ["run", "--tier", "7"],
    ["run", "--preset", "leisurely"],
    ["run", "--filter", "("],
    ["run", "--inject", "good/fast"],
    ["run", "--inject", "good/fast=lots"],
    ["run", "--inject", "nobody/knows=15"],
    ["run", "--seed", "first"],
    ["run", "--time-budget", "soon"],
    ["run", "--format", "xml"],
    ["run", "--reason", "boredom"],
    ["run", "--cpus", "99999"],
    ["run", "--save", "../x"],
    ["run", "--root", "/nowhere"],
    ["run", "--color", "mauve"],
    ["compare", "main"],
    ["compare", "main", "pr", "--threshold", "0"],
    ["compare", "main", "pr", "--on-mismatch", "cry"],
]


@pytest.mark.parametrize("words", BAD_VALUES, ids=" ".join)
def test_a_value_that_cannot_be_is_one_clear_line(project, words):
    if words[0] == "run":
        words = [*words, "--exe", project.suite("fake_good")]
    before = project.files()
    ran = project.pulsebench(*words)
    assert ran.code == 2
    ran.only_error()
    assert project.files() == before


def test_a_suite_that_does_not_exist_is_named(project):
    ran = project.pulsebench("run", "--exe", "no/such/suite")
    assert ran.code == 2
    assert "no/such/suite" in ran.only_error()


def test_a_broken_configuration_names_file_and_field(project):
    project.write("config/pulsebench.json", '{"tiers": {"0": {"threshold_percent": "five"}}}')
    ran = project.run("fake_good")
    assert ran.code == 2
    line = ran.only_error()
    assert "config/pulsebench.json" in line and "tiers.0.threshold_percent" in line


def test_control_characters_of_an_argument_do_not_reach_the_terminal(project):
    ran = project.pulsebench("compare", "\x1b[31mred", "main")
    assert ran.code == 2
    assert "\x1b" not in ran.err


def test_two_dashes_end_the_options(project):
    program = project.suite("-fake_good")
    ran = project.pulsebench("ab", "--max-blocks", "4", "--", program, program)
    assert ran.code == 0, ran.err
    assert "unknown option '--nonsense'" in project.pulsebench("run", "--nonsense", "--").only_error()
