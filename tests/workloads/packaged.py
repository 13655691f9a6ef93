"""The suites of packages that are installed: how long they take, how much they spread, what they leave."""

import json
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = {"ipc": 20, "lmdb": 20, "postgres": 30, "inference": 60}
SPREAD_PERCENT = 5.0
# Processes that would be left behind, by the name of their program.
PROCESSES = {"postgres": "postgres"}


def measure(build, suite):
    """(seconds, benchmarks) of `run`, and what it said."""
    start = time.monotonic()
    ran = subprocess.run(
        [build / "bin" / "pulsebench", "run", "--filter", f"^{suite}/", "--format", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    measured = json.loads(ran.stdout)["benchmarks"] if ran.returncode == 0 and ran.stdout else []
    return seconds, measured, ran.stderr


def processes(name):
    return subprocess.run(["pgrep", "-x", name], capture_output=True, check=False).stdout.split()


def why_not(said, suite):
    """The line of `run` that says how to get the suite."""
    lines = [line for line in said.splitlines() if suite in line and "skipped" in line]
    return lines[0] if lines else f"failed: {said.strip()[-100:]}"


def figures(build, runs, only=""):
    if only not in "packaged":
        return
    del runs
    for suite, bound in SECONDS.items():
        before = processes(PROCESSES[suite]) if suite in PROCESSES else []
        seconds, measured, said = measure(build, suite)
        if not measured:
            yield (f"`run` of {suite}", f"≤ {bound} s", why_not(said, suite), None)
            continue
        failed = [one["id"] for one in measured if one["status"] != "ok"]
        yield (f"`run` of {suite}, {len(measured)} rows", f"≤ {bound} s, all measured",
               f"{seconds:.1f} s" + "".join(f", not {name}" for name in failed),
               seconds <= bound and not failed)
        if suite == "ipc":
            spreads = [one["robust_cv_percent"] for one in measured if "same_core" in one["id"]]
            median = statistics.median(spreads)
            yield ("spread (robust CV) of its rows on one core, median", f"≤ {SPREAD_PERCENT:g} %",
                   f"{median:.1f} %, at most {max(spreads):.1f} %", median <= SPREAD_PERCENT)
        if suite in PROCESSES:
            left = len(set(processes(PROCESSES[suite])) - set(before))
            yield (f"processes of {suite} left behind", "0", f"{left}", left == 0)
