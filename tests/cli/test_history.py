"""`history`: the kept runs and baselines as a series a benchmark."""

import json

import pytest


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Three kept runs in which good/fast costs more each time, the second kept as main. Tests read
    it and change nothing."""
    from conftest import Project

    project = Project(tmp_path_factory.mktemp("kept") / "project")
    for number, slower in enumerate([0, 10, 30]):
        project.rebuild("fake_good", slower)
        words = ["--save", "main"] if number == 1 else []
        assert project.run("fake_good", *words).code == 0
    return project


def series(ran):
    return {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}


def test_the_kept_runs_are_a_line_a_benchmark_and_nothing_is_written(kept):
    before = kept.files()
    ran = kept.pulsebench("history")
    assert ran.code == 0, ran.err
    assert "3 results of this machine, 3 benchmarks" in ran.out
    line = next(line for line in ran.out.splitlines() if "good/fast" in line)
    assert line.split() == ["good/fast", "4.00", "ns", "5.20", "ns", "+30.0", "%", "▁▃█", "3"]
    assert ran.out.index("good/fast") < ran.out.index("good/slow"), "the largest change first"
    assert kept.files() == before


def test_one_benchmark_shows_each_result_and_a_baseline_is_no_second_point(kept):
    ran = kept.pulsebench("history", "good/fast")
    assert ran.code == 0, ran.err
    assert "good/slow" not in ran.out
    assert len([line for line in ran.out.splitlines() if line.endswith(" main")]) == 1
    points = series(kept.pulsebench("history", "good/fast", "--format", "json"))["good/fast"]["points"]
    assert [point["baselines"] for point in points] == [[], ["main"], []]
    assert [round(point["ns_per_op"] / 4, 2) for point in points] == [1.0, 1.1, 1.3]


def test_a_regular_expression_selects_and_points_are_limited(kept):
    ran = kept.pulsebench("history", "^good/", "--points", "2", "--format", "json")
    found = series(ran)
    assert sorted(found) == ["good/fast", "good/slow"]
    assert len(found["good/fast"]["points"]) == 2
    assert found["good/fast"]["left_out"]["older"] == 1
    assert "left out: 1 older" in kept.pulsebench("history", "^good/", "--points", "2").out


def test_markdown_has_the_same_table(kept):
    ran = kept.pulsebench("history", "--format", "markdown")
    assert "| `good/fast` | 4.00 ns | 5.20 ns | +30.0 % | ▁▃█ | 3 |" in ran.out


def test_since_leaves_out_and_says_so(kept):
    ran = kept.pulsebench("history", "--since", "2999-01-01")
    assert ran.code == 0
    assert "left out: 3 results are older than --since" in ran.out
    assert "3 results of this machine" in kept.pulsebench("history", "--since", "1d").out


def test_what_gives_no_point_is_named(project):
    project.save("main")
    project.save("elsewhere")
    document = json.loads(project.baseline("elsewhere").read_text())
    document["machine"]["key"] = "0123456789abcdef"
    document["run_id"] = "20260101T000000Z-00c0de"
    project.baseline("elsewhere").write_text(json.dumps(document))
    project.write("baselines/torn.json", "{")
    project.run("fake_good", "--inject", "good/fast=15")
    ran = project.pulsebench("history")
    assert ran.code == 0, ran.err
    assert "left out: 1 result is of another machine: elsewhere" in ran.out
    # Lines break between words, and within the path, wherever the folder is.
    assert "torn.json:tornornotJSON" in "".join(ran.out.split())
    assert "left out: 1 with injected work" in ran.out
    assert "good/fast" in ran.out


def test_nothing_kept_yet_says_how_to_begin(project):
    ran = project.pulsebench("history")
    assert ran.code == 0
    assert "next: measure one: pulsebench run --save main" in ran.out


@pytest.mark.parametrize(
    "words, error",
    [
        (["good/fsat"], "did you mean good/fast?"),
        (["(["], "not a valid regular expression"),
        (["--since", "yesterday"], "give a day as in 2026-11-01"),
        (["--since", "2026-02-30"], "give a day as in 2026-11-01"),
        (["--points", "0"], "--points"),
    ],
)
def test_what_is_asked_wrongly_is_one_clear_line(kept, words, error):
    ran = kept.pulsebench("history", *words)
    assert ran.code == 2
    assert error in ran.only_error()
