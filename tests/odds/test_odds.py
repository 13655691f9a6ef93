"""The measuring program itself, tried small: it cannot rot. No figure of it is asserted."""

import os

import odds
import plan
import pytest
import table
from bench import Bench
from plan import Task

TASKS = [
    Task("base", "harness", "quiet", "a00", 0),
    Task("ab", "harness", "quiet", "a00", 0),
    Task("ab", "harness", "bursts", "s10", 0),
    Task("ab", "harness", "quiet", "i10", 0),
    Task("ab", "relinked", "memory", "a00", 0),
    Task("ab", "foreign", "quiet", "s07", 0),
    Task("stored", "harness", "quiet", "s07", 0),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All kinds of task once, on two operations, with a few blocks; stopped and begun again."""
    folder = tmp_path_factory.mktemp("odds")
    bench = Bench(os.environ["BUILD"], folder, ["multiply", "sort"], max_blocks=12, preset="quick")
    assert odds.measure(bench, TASKS, minutes=0) == len(TASKS)
    assert odds.measure(bench, TASKS[:3]) == 0
    assert odds.measure(bench, TASKS) == 0
    return folder


def test_each_task_is_done_once_and_kept(folder):
    records = odds.kept(folder)
    assert [record["task"] for record in records] == [task.key() for task in TASKS]
    # Work that comes and goes is in the longer of the two operations alone.
    assert [len(record.get("decisions", [])) for record in records] == [0, 2, 2, 1, 2, 2, 2]


def test_the_injected_work_is_there(folder):
    (record,) = [r for r in odds.kept(folder) if r["task"]["flavour"] == "foreign"]
    changes = {d["id"]: d["change_percent"] for d in record["decisions"]}
    assert changes.keys() == {"odds/multiply", "odds/sort"}
    (stored,) = [r for r in odds.kept(folder) if r["task"]["kind"] == "stored"]
    assert all(d["change_percent"] is not None for d in stored["decisions"])


def test_the_page_holds_every_goal(folder):
    page = table.page(odds.kept(folder))
    for number in "12345":
        assert f"| {number} " in page
    assert "not measured" in page  # no +10 % on the foreign program
    assert "| ab | foreign | +7 % | quiet | 2 |" in page


def test_the_plan_has_enough_decisions():
    def decisions(task):
        return {"base": 0, "ab": 2 if task.change == "i10" and task.flavour == "harness" else 11,
                "stored": 33}[task.kind]

    live = [task for task in plan.tasks() if task.kind == "ab"]
    assert sum(decisions(t) for t in live if t.change == "a00") >= 500
    assert sum(decisions(t) for t in live if t.change in ("s07", "s10")) >= 200
    assert len(set(plan.tasks())) == len(plan.tasks())


def test_wilson_is_that_of_newcombe():
    # Newcombe, Statistics in Medicine 17 (1998), Table I: 81 of 263 and 0 of 20.
    assert table.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert table.wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_one_alarm_is_one_run_of_sixty():
    decisions = [{"verdict": "unchanged"}] * 150
    assert table.runs_of_60(decisions) == (0, 2)
    decisions[70] = {"verdict": "regressed"}
    assert table.runs_of_60(decisions) == (1, 2)
