#!/usr/bin/env python3
"""Kills a command with SIGKILL at random moments, in half of the cases with its guardian. After each
kill the next start works, and no setting, process, file, FIFO or folder is left.

    PULSEBENCH=build/dev/bin/pulsebench FAKE_SUITE=build/dev/bin/fake_suite \\
        tests/safety/kill_loop.py --kills 200 run ab apply
"""

import argparse
import collections
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from world import RUN, copy_of, differences, done, kill_processes, litter, machine_of
from world import processes_of, shorten_runs, world

COMMANDS = {
    "run": [*RUN, "--save", "other"],
    "ab": ["ab", "suites/fake_good", "suites/fake_good.v2", "--max-blocks", "8"],
    "apply": ["tune", "apply"],
}
WAIT_SECONDS = 5


class Victim:
    """A project in which one command is started and killed again and again."""

    def __init__(self, name, folder, seed):
        self.name, self.draw = name, random.Random(seed)
        self.template = world(Path(folder) / f"{name}.{seed}")
        self.template.suite("fake_good.v2")
        self.template.environment["TMPDIR"] = f"{self.template.root}/tmp"
        (self.template.root / "tmp").mkdir()
        done(self.template, *RUN, "--save", "main")
        shorten_runs(self.template)
        self.before = machine_of(self.template)
        self.project = copy_of(self.template, f"{self.template.root}.now")
        start = time.monotonic()
        self.finish(self.start())
        self.seconds = time.monotonic() - start
        done(self.project, "tune", "restore")

    def start(self):
        return self.project.start(*COMMANDS[self.name], stdout=subprocess.DEVNULL, start_new_session=True)

    def finish(self, process):
        process.communicate(timeout=60)

    def kill(self):
        """Kills once: what it hit, and what is wrong afterwards."""
        process = self.start()
        time.sleep(self.draw.random() * self.seconds)
        both = self.draw.random() < 0.5
        hit = "finished before" if process.poll() is not None else "with guardian" if both else "alone"
        if hit == "with guardian":
            kill_processes(self.project.root)
        else:
            process.kill()
        self.finish(process)
        end = time.monotonic() + WAIT_SECONDS
        while processes_of(self.project.root) and time.monotonic() < end:
            time.sleep(0.005)
        found = [f"process left: {command}" for _, command in processes_of(self.project.root)]
        kill_processes(self.project.root)
        if hit == "alone" and self.name != "apply":
            found += self.lost("not restored by the guardian")
        return hit, found + self.after_the_next_start()

    def lost(self, what):
        return [f"{what}: {name}" for name in differences(self.before, machine_of(self.project))]

    def after_the_next_start(self):
        found = []
        # The last one writes, which removes the temporary file of a writer that was killed.
        for words in (["tune", "restore"], ["compare", "main", "main", "--no-confirm"], ["baseline", "save", "x"]):
            ran = self.project.pulsebench(*words)
            if ran.code != 0:
                found.append(f"the next start, {words[0]}, exits {ran.code}: {ran.err}")
        found += self.lost("setting lost")
        found += [f"left in TMPDIR: {name}" for name in os.listdir(self.project.root / "tmp")]
        found += [f"left behind: {name}" for name in litter(self.project)]
        if found:
            self.project = copy_of(self.template, self.project.root)
        return found


def kills(job):
    """One batch, until `count` kills have hit: how often each kind did, and all that is wrong."""
    name, count, seed = job
    hits, found = collections.Counter(), []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        victim = Victim(name, folder, seed)
        while hits["alone"] + hits["with guardian"] < count:
            hit, faults = victim.kill()
            found += [f"try {hits.total()} of seed {seed}, {hit}: {fault}" for fault in faults]
            hits[hit] += 1
    return name, hits, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", default=list(COMMANDS), help=", ".join(COMMANDS))
    parser.add_argument("--kills", type=int, default=200, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    batch = min(50, options.kills)
    jobs = [
        (name, min(batch, options.kills - first), options.seed + first)
        for name in options.commands
        for first in range(0, options.kills, batch)
    ]
    hits, found = collections.defaultdict(collections.Counter), []
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for name, some_hits, some_faults in pool.imap_unordered(kills, jobs):
            hits[name] += some_hits
            found += [f"{name}: {fault}" for fault in some_faults]
    for name in options.commands:
        print(f"== {name}: {dict(hits[name])}")
    print(f"{len(found)} went wrong", *found, sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
