"""Two servers judged by `pulsebench ab`: false alarms, and the time until a slower one is flagged."""

import json
import tempfile
from collections import defaultdict
from pathlib import Path

from judged import compared, false_alarms

WORK_NS = 20_000
MORE_NS = 2_940  # measures as 12 to 13 % of a request
METRICS = ["request_time", "server_cpu", "p50", "p99"]
# What a slower server has to be flagged within, in seconds, on average.
BOUNDS = {"request_time": 1.5, "server_cpu": 1.2, "p99": 3.0}


class Project:
    """A folder with a workload, and a build folder for each side."""

    def __init__(self, build, folder):
        self.build, self.root = build, Path(folder)
        (self.root / "pulsebench.json").write_text(json.dumps({
            "workloads": {"http": {
                "kind": "load", "tier": 0, "profiles": ["light"],
                "service": {"command": ["{build}/server", "127.0.0.1:{port.http}"],
                            "ready": {"http": "http://127.0.0.1:{port.http}/health"}},
                "metrics": {name: {} for name in METRICS}}}}))  # fmt: skip

    def side(self, name, work_ns):
        folder = self.root / name
        folder.mkdir(exist_ok=True)
        program = folder / "server"
        server = self.build / "bin" / "http_server"
        program.write_text(f"#!/bin/sh\nexec {server} \"$@\" work={work_ns}\n")
        program.chmod(0o755)
        return folder

    def decide(self, old, new):
        """(metric, verdict, seconds) of each decision of one run."""
        for one in compared(self.build, old, new, "--root", self.root):
            yield one["id"].partition(":")[2], one["verdict"], one["seconds"]


def figures(build, runs, only=""):
    if only not in "servers":
        return
    with tempfile.TemporaryDirectory() as folder:
        project = Project(build, folder)
        base, same = project.side("base", WORK_NS), project.side("same", WORK_NS)
        slower = project.side("slower", WORK_NS + MORE_NS)
        yield false_alarms("a server", [verdict for _ in range(-(-10 * runs // len(METRICS)))
                                        for _, verdict, _ in project.decide(base, same)])
        seconds, flagged = defaultdict(list), defaultdict(int)
        for _ in range(runs):
            for metric, verdict, took in project.decide(base, slower):
                seconds[metric].append(took)
                flagged[metric] += verdict == "regressed"
    for metric, bound in BOUNDS.items():
        mean = sum(seconds[metric]) / len(seconds[metric])
        yield (f"a server 12 % slower, flagged by {metric}", f"all of {runs}, ≤ {bound} s on average",
               f"{flagged[metric]} of {runs}, {mean:.2f} s", flagged[metric] == runs and mean <= bound)
