"""One task carried out: the programs it needs, the disturbance around it, and what came of it."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPERATIONS = ["add", "load", "multiply", "call", "count", "queue", "lock", "look_up", "allocate",
              "sort", "copy"]
FOREIGN = ["g++", "-std=c++20", "-O2", "-falign-functions=64", "-falign-loops=64",
           "foreign_suite.cpp", "-lbenchmark", "-lpthread", "-o"]
FAMILY = 60  # the bar is that of a suite of so many, whatever is measured here
ALPHA = 0.01


class Bench:
    """Programs and stored runs in a folder of their own, kept from one call to the next."""

    def __init__(self, build, folder, operations=OPERATIONS, max_blocks=None, preset="standard",
                 minutes_apart=0):
        """`minutes_apart`: the least age of stored results when others are held against them."""
        self.bin = Path(build).resolve() / "bin"
        self.folder = Path(folder).resolve()
        self.operations, self.preset = operations, preset
        self.blocks = ["--max-blocks", max_blocks] if max_blocks else []
        self.minutes_apart = minutes_apart
        cpus = sorted(os.sched_getaffinity(0))
        self.other, self.measured = cpus[0], cpus[-1]
        self.folder.mkdir(parents=True, exist_ok=True)
        help_text = self.pulsebench("compare", "--help").stdout
        self.unsettled = ["--no-confirm"] if "--no-confirm" in help_text else []

    def run(self, task):
        """What there is to know of `task`, as a record of the results' file."""
        began = time.time()
        with self.surrounded_by(task.environment):
            measured = getattr(self, task.kind)(task)
        return {"task": task.key(), "began": began, "seconds": time.time() - began, **measured}

    # ---- tasks -------------------------------------------------------------------------------

    def ab(self, task):
        old = self.program("old", task.flavour, "a00", 0)
        new = self.program("new", task.flavour, task.change, task.round)
        steady = task.flavour == "harness" and task.change[0] == "s"
        if steady:  # the harness adds the work, counted
            new = self.program("new", task.flavour, "a00", 0)
        share = len(self.operations) / FAMILY
        report = self.json(
            "ab", old, new, "--cpus", self.measured, "--filter", self.filter(),
            "--family-alpha", ALPHA * share, "--format", "json", *self.blocks,
            *(self.injected(task) if steady else []),
        )
        failed = [b for b in report["benchmarks"] if b["failed"]]
        if failed:
            raise RuntimeError(f"{failed[0]['id']}: {failed[0]['reason']}")
        return {
            "visit_share": report["visit_share"],
            "decisions": [
                {key: b[key] for key in ("id", "verdict", "change_percent", "blocks", "seconds",
                                         "guard")}
                for b in report["benchmarks"] if b["verdict"] != "not_judged"
            ],
        }

    def base(self, task):
        like = ["--like", "base-0"] if task.round > 0 else []
        self.store(f"base-{task.round}", *like)
        return {}

    def stored(self, task):
        name = f"{task.environment}-{task.change}-{task.round}"
        bases = sorted((self.folder / "baselines").glob("base-*/*.json"))  # one kind of machine
        youngest = max(base.stat().st_mtime for base in bases)
        time.sleep(max(0.0, 60 * self.minutes_apart - (time.time() - youngest)))
        self.store(name, "--like", "base-0", *(self.injected(task) if task.change != "a00" else []))
        decisions = []
        for base in bases:
            report = self.json("compare", base.parent.name, name, "--format", "json", *self.unsettled)
            minutes = (time.time() - base.stat().st_mtime) / 60
            decisions += [{"id": b["id"], "verdict": b["verdict"], "minutes": minutes,
                           "change_percent": b["change_percent"]} for b in report["benchmarks"]]
        return {"decisions": decisions}

    # ---- commands ----------------------------------------------------------------------------

    def store(self, name, *words):
        self.json("run", "--exe", self.program("old", "harness", "a00", 0), "--save", name,
                  "--preset", self.preset, "--cpus", self.measured, "--filter", self.filter(),
                  "--format", "json", *words)

    def filter(self):
        return "^odds/(" + "|".join(self.operations) + ")$"

    def injected(self, task):
        percent = int(task.change[1:])
        return [word for name in self.operations for word in ("--inject", f"odds/{name}={percent}")]

    def pulsebench(self, *words):
        return subprocess.run(
            [self.bin / "pulsebench", *map(str, words)], cwd=self.folder, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
        )

    def json(self, command, *words):
        ran = self.pulsebench(command, "--root", self.folder, *words)
        if ran.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(map(str, (command, *words)))} exits "
                               f"{ran.returncode}: {ran.stderr.strip()} {ran.stdout[-1000:]}")
        return json.loads(ran.stdout)

    # ---- programs ----------------------------------------------------------------------------

    def program(self, side, flavour, change, number):
        """An executable under a name that says what it is: paths of one length on both sides."""
        built = {
            "harness": lambda: self.bin / "odds_suite",
            "relinked": lambda: self.bin / ("odds_suite" if side == "old"
                                            else f"odds_relinked_{number % 3 + 1}"),
            "foreign": self.foreign,
        }[flavour]()
        folder = self.folder / f"{flavour}{number % 3}" / side
        folder.mkdir(parents=True, exist_ok=True)
        named = folder / f"side_{change}"
        if not named.exists() or named.stat().st_mtime < built.stat().st_mtime:
            shutil.copy(built, named)
        return named

    def foreign(self):
        program = self.folder / "foreign_suite"
        source = [HERE / "foreign_suite.cpp", HERE / "operations.hpp"]
        if not program.exists() or any(
            file.stat().st_mtime > program.stat().st_mtime for file in source
        ):
            subprocess.run([*FOREIGN, program], cwd=HERE, check=True)
        return program

    @contextlib.contextmanager
    def surrounded_by(self, environment):
        words = {
            "quiet": [],
            "memory": [["memory", self.other]],
            "bursts": [["bursts", self.other, 1], ["bursts", self.measured, 2]],
        }[environment]
        disturbers = [
            subprocess.Popen([self.bin / "disturbance", *map(str, each)]) for each in words
        ]
        try:
            yield
        finally:
            for disturber in disturbers:
                disturber.kill()
                disturber.wait()
