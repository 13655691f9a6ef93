"""Prints the table of docs/scaling.md for three nodes: BUILD=build/release tests/fleet/figures.py

All three share the CPUs of this machine, so that one task runs at a time: what is measured is what a
fleet costs beside the measuring, not what it gains.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import cluster
from conftest import INJECTED, SMALL, SUITE, Project

SHARDS = ["--shards", "3", "--at-once", "1"]
RUNS = 3


def timed(action):
    begin = time.monotonic()
    result = action()
    return time.monotonic() - begin, result


def alone(project):
    return project.json("ab", SUITE, SUITE, *SMALL, "--inject", f"{INJECTED}=60", expect=[1])


def together(project):
    return project.collect(project.submit(*SHARDS)["run"], "--wait", expect=[1])


def half_measured(folder, shards):
    """The node of a shard that has some results, and is measuring more."""
    measured = {shards[int(one.stem)] for one in (folder / "results").glob("*.json")}
    for attempt in (folder / "attempts").glob("*.json"):
        if shards[int(attempt.name.split(".")[0])] in measured:
            return json.loads(attempt.read_text())["node"]
    return None


def with_a_dead_node(project):
    folder = project.spool / project.submit(*SHARDS)["run"]
    shards = [one["shard"] for one in json.loads((folder / "plan.json").read_text())["benchmarks"]]
    nodes = []
    project.wait_until(lambda: nodes.append(half_measured(folder, shards)) or nodes[-1], "a half measured shard")
    project.cluster.kill(nodes[-1])
    result = project.collect(folder.name, "--wait", expect=[1])
    project.dead = nodes[-1]
    return result


def main():
    if missing := cluster.why_not():
        sys.exit(missing)
    rows = [("`ab` on one machine", alone), ("three nodes, one task at a time", together),
            ("the same, a node dies in the middle", with_a_dead_node)]  # fmt: skip
    with cluster.slurm() as running, tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        project = Project(Path(name), running)
        print("| | seconds, median of 3 | lowest to highest |\n|:--|--:|--:|")
        for title, action in rows:
            seconds = []
            for _ in range(RUNS):
                took, comparison = timed(lambda action=action: action(project))
                assert not any(one["failed"] for one in comparison["benchmarks"])
                seconds.append(took)
                if action is with_a_dead_node:
                    running.revive(project.dead)
            print(f"| {title} | {statistics.median(seconds):.1f} | {min(seconds):.1f} to {max(seconds):.1f} |",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
