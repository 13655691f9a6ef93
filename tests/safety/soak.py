#!/usr/bin/env python3
"""Repeats `ab` of a suite with itself for a while, disturbed by busy loops and by SIGSTOP of the tool
and of its children. Alarms stay as rare as promised, and memory, descriptors and zombies do not grow.

    PULSEBENCH=build/dev/bin/pulsebench SUITE=build/dev/bin/suites/floors tests/safety/soak.py --seconds 600
"""

import argparse
import collections
import contextlib
import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from conftest import Project  # noqa: E402

ALARMS = 0.01  # at most in one run of a family, as `--family-alpha` promises
GROWTH_KIB = 8192  # of one run's resident memory
ZOMBIES = 2  # at once: a child is reaped when its turn comes


def status_of(process):
    """Open descriptors, resident KiB, and the children's states."""
    descriptors = len(os.listdir(f"/proc/{process.pid}/fd"))
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    states = {}
    for child in children:
        with contextlib.suppress(OSError):
            states[int(child)] = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return descriptors, pages * os.sysconf("SC_PAGE_SIZE") // 1024, states


def pause(number, seconds):
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(number, signal.SIGCONT)


def disturb(draw, process, children):
    """One disturbance, or none; a busy loop ends by itself."""
    kind = draw.random()
    if kind < 0.35:
        pause(process.pid, draw.choice([0.005, 0.05, 0.3, 1.0]))
    elif kind < 0.42 and children:
        pause(draw.choice(sorted(children)), draw.choice([0.002, 0.02]))
    elif kind < 0.55:
        return subprocess.Popen(["timeout", f"{draw.uniform(0.05, 0.8):.2f}", "sh", "-c", "while :; do :; done"])
    return None


def soaked(project, draw, suite):
    """One run: its exit code, its verdicts, and what it used."""
    words = ["ab", suite, suite, "--format", "json", "-o", "report.json", "--time-budget", "10s"]
    process = project.start(*words, stdout=subprocess.DEVNULL)
    used, busy = [], []
    while process.poll() is None:
        time.sleep(draw.uniform(0.01, 0.25))
        with contextlib.suppress(OSError):
            used.append(status_of(process))
            busy.append(disturb(draw, process, used[-1][2]))
    process.communicate()
    for load in filter(None, busy):
        load.wait()
    report = json.loads((project.root / "report.json").read_text())
    return process.returncode, [b["verdict"] for b in report["benchmarks"]], used


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw, counts, found = random.Random(options.seed), collections.Counter(), []
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        # Freed memory that the address sanitizer holds back, 256 MiB by default, is no growth.
        chosen = project.environment.get("ASAN_OPTIONS")
        project.environment["ASAN_OPTIONS"] = ":".join(filter(None, [chosen, "quarantine_size_mb=1"]))
        while time.monotonic() < end:
            code, verdicts, used = soaked(project, draw, os.path.abspath(os.environ["SUITE"]))
            counts.update(["runs", f"exit {code}", *verdicts])
            counts["alarms"] += any(verdict in ("regressed", "improved") for verdict in verdicts)
            if code not in (0, 1):
                found.append(f"run {counts['runs']} exits {code}")
            zombies = max((list(states.values()).count("Z") for _, _, states in used), default=0)
            if zombies > ZOMBIES:
                found.append(f"run {counts['runs']}: {zombies} zombies at once")
            if len(used) > 4 and used[-2][1] - used[1][1] > GROWTH_KIB:
                found.append(f"run {counts['runs']}: memory grew from {used[1][1]} to {used[-2][1]} KiB")
            if len(used) > 8:
                # A block opens pipes and closes them, so a moment says little, and a leak is in each.
                first, last = ([use[0] for use in part] for part in (used[: len(used) // 4], used[-len(used) // 4 :]))
                if min(last) > max(first):
                    found.append(f"run {counts['runs']}: {max(first)} descriptors at most, then {min(last)} at least")
    expected = ALARMS * counts["runs"]
    if counts["alarms"] > expected + 3 * math.sqrt(expected):  # three sigma of a Poisson count
        found.append(f"{counts['alarms']} runs with an alarm, at most {expected:.1f} expected")
    print(dict(counts))
    print(f"{len(found)} went wrong", *found, sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
