"""A fleet on a real Slurm of three nodes on this machine.

All nodes share its CPUs, so that one task runs at a time.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from conftest import BUILD, INJECTED, PATIENCE, SMALL, SUITE

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "docs"))
import pages  # noqa: E402

ONE_AT_A_TIME = ["--shards", "3", "--at-once", "1", "--constraint", "here"]


def by_id(comparison):
    return {one["id"]: one for one in comparison["benchmarks"]}


def meet(one, other):
    """Whether two intervals in per cent have a point in common, but for a tenth of a point: those of
    an injected slowdown, which is exact, may be a thousandth wide."""
    return one[0] <= other[1] + 0.1 and other[0] <= one[1] + 0.1


def test_a_node_that_dies_costs_no_result_and_changes_no_verdict(project, running):
    submitted = project.submit(*ONE_AT_A_TIME)
    folder = project.spool / submitted["run"]
    plan = json.loads((folder / "plan.json").read_text())
    family = len(plan["benchmarks"])
    shard_of = {number: one["shard"] for number, one in enumerate(plan["benchmarks"])}
    assert plan["shards"] == 3 and family >= 6

    def cut():
        """The node that has measured some of its shard, and measures more of it."""
        measured = Counter(shard_of[int(one.stem)] for one in (folder / "results").glob("*.json"))
        for attempt in (folder / "attempts").glob("*.json"):
            number = int(attempt.name.split(".")[0])
            if measured[shard_of[number]] > 0:
                return json.loads(attempt.read_text())["node"], number
        return None

    found = []
    project.wait_until(lambda: found.append(cut()) or found[-1], "a shard half measured")
    node, _ = found[-1]
    running.kill(node)
    before = {one.name: one.stat().st_mtime_ns for one in (folder / "results").glob("*.json")}
    assert before
    comparison = project.collect(submitted["run"], "--wait", expect=[1])
    running.revive(node)

    # Every benchmark was measured, and once: what was there before the node died is still that.
    after = {one.name: one.stat().st_mtime_ns for one in (folder / "results").glob("*.json")}
    assert len(after) == family
    assert before.items() <= after.items()
    hosts = {id: one["host"] for id, one in by_id(comparison).items()}
    assert set(hosts) == {one["id"] for one in plan["benchmarks"]}
    # The one that it was measuring too, unless that ended just before.
    other = {"n1": "n2", "n2": "n1"}[node]
    late = [one["id"] for number, one in enumerate(plan["benchmarks"]) if f"{number:06}.json" not in before]
    assert late and {hosts[id] for id in late} == {other}
    lives = [re.findall(r"(\d+) measured, (\d+) had a result", log.read_text())
             for log in (folder / "logs").glob("*.log")]  # fmt: skip
    kept = [int(kept) for life in lives for _, kept in life if int(kept) > 0]
    assert kept, "the second life of a task keeps what the first one measured"

    # Judged by the family of the whole run, on whichever node.
    assert comparison["judged"] == family
    assert {one["family"] for one in comparison["benchmarks"]} == {family}

    # What one node says, which measured all: `ab` on this machine.
    alone = project.json("ab", SUITE, SUITE, *SMALL, "--inject", f"{INJECTED}=60", expect=[1])
    assert by_id(alone).keys() == by_id(comparison).keys()
    apart = []
    for id, one in by_id(alone).items():
        there = by_id(comparison)[id]
        assert {one["verdict"], there["verdict"]} <= ({"regressed"} if id == INJECTED else {"unchanged", "inconclusive"})
        if not meet(one["change_interval_percent"], there["change_interval_percent"]):
            apart.append(id)
    # An interval holds the truth nine times out of ten where nothing else runs, so that a few do not meet.
    assert len(apart) <= family // 4 and INJECTED not in apart, apart
    assert comparison["verdict"] == alone["verdict"] == "regressed"
    assert comparison["exit_code"] == alone["exit_code"] == 1


def test_a_machine_of_another_kind_measures_nothing_and_exits_with_4(project, running):
    submitted = project.submit("--kind", "00000000000000ff", "--shards", "2")
    assert submitted["constraint"] == "key_00000000000000ff"
    refused = project.pulsebench("fleet", "collect", submitted["run"], "--spool", project.spool, "--wait", expect=[4])
    assert "node n3 is a machine of the kind" in refused.stderr
    assert not list((project.spool / submitted["run"] / "results").iterdir())
    ended = running.ask("scontrol", "--oneliner", "show", "job", submitted["job"])
    assert set(re.findall(r"ExitCode=(\d+):0", ended)) == {"4"}
    assert "Restarts=0" in ended  # it is not started again
    states = {task["state"].split(":")[0] for task in project.status(submitted["run"])["open_tasks"]}
    assert states == {"another kind of machine"}


def test_a_feature_that_no_node_has_is_refused_at_once(project):
    refused = project.pulsebench("fleet", "submit", SUITE, SUITE, *SMALL, "--spool", project.spool,
                                 "--kind", "0123456789abcdef", expect=[2])  # fmt: skip
    assert "no node can be had with the feature 'key_0123456789abcdef'" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not list(project.spool.iterdir())


def test_the_kinds_of_the_nodes_are_those_that_results_have(project):
    kinds = project.json("fleet", "kinds", "--spool", project.spool)
    run = project.json("run", "--exe", SUITE, "--filter", "^budget/reset$", "--preset", "quick", "--no-tune")
    key = run["machine"]["key"]
    assert [(one["machine_key"], one["nodes"]) for one in kinds["kinds"]] == [(key, ["n1", "n2", "n3"])]
    assert kinds["slurm_conf"] == [f"NodeName=n1,n2,n3 Feature=key_{key}"]
    assert not list(project.spool.iterdir())


def test_what_was_cancelled_is_measured_when_it_is_submitted_again(project, running):
    submitted = project.submit(*ONE_AT_A_TIME)
    results = project.spool / submitted["run"] / "results"
    project.wait_until(lambda: len(list(results.glob("*.json"))) >= 2, "two results")
    running.ask("scancel", submitted["job"])
    project.wait_until(lambda: project.status(submitted["run"])["at_its_end"], "the end of the job")
    before = {one.name: one.stat().st_mtime_ns for one in results.glob("*.json")}
    part = project.collect(submitted["run"], expect=[1, 3])
    unmeasured = [one for one in part["benchmarks"] if one["failed"]]
    assert 0 < len(unmeasured) == submitted["benchmarks"] - len(before)
    assert all("submit the run again" in one["reason"] for one in unmeasured)

    again = project.json("fleet", "submit", "--resume", "last", "--spool", project.spool)
    assert again["run"] == submitted["run"] and again["benchmarks"] == len(unmeasured)
    whole = project.collect("last", "--wait", expect=[1])
    assert not any(one["failed"] for one in whole["benchmarks"])
    after = {one.name: one.stat().st_mtime_ns for one in results.glob("*.json")}
    assert before.items() <= after.items() and len(after) == submitted["benchmarks"]


def test_the_commands_of_the_page_do_what_it_says(project):
    for side in ["old", "new"]:
        (project.root / "build" / side).mkdir(parents=True)
        shutil.copy(SUITE, project.root / "build" / side)
    text = (ROOT / "docs" / "fleet.md").read_text()
    blocks = [block for block in pages.blocks_of("docs/fleet.md", text) if block.by_fleet]
    assert len(blocks) == 3
    environment = {**project.cluster.environment, "PATH": f"{BUILD / 'bin'}:{os.environ['PATH']}"}
    for block in blocks:
        ran = subprocess.run(["bash", "-euo", "pipefail", "-c", block.text], cwd=project.root, env=environment,
                             stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
                             check=False)  # fmt: skip
        assert ran.returncode == block.exit_code, f"{block.name}\n{ran.stdout}{ran.stderr}"
