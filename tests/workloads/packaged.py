"""The suites of packages that are installed: how long they take, how much they spread, what they leave."""

import json
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = {"ipc": 20, "lmdb": 20, "postgres": 30, "inference": 60}
SPREAD_PERCENT = 5.0


def measure(build, suite):
    """The seconds of `run`, and how it ended."""
    start = time.monotonic()
    ran = subprocess.run(
        [build / "bin" / "pulsebench", "run", "--filter", f"^{suite}/", "--format", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False)
    return time.monotonic() - start, ran


def servers():
    ran = subprocess.run(["pgrep", "-x", "postgres"], capture_output=True, check=False)
    return set(ran.stdout.split())


def unmeasured(suite, ran):
    """What `run` said instead: how to get the suite, which is no failure, or anything else."""
    for line in ran.stderr.splitlines():
        if line.startswith("skipped: ") and suite in line:
            return line, None
    return f"exit {ran.returncode}: {ran.stderr.strip()[-100:]}", False


def spread(benchmarks):
    spreads = [one["robust_cv_percent"] for one in benchmarks if "same_core" in one["id"]]
    median = statistics.median(spreads)
    return ("spread (robust CV) of its rows on one core, median", f"≤ {SPREAD_PERCENT:g} %",
            f"{median:.1f} %, at most {max(spreads):.1f} %", median <= SPREAD_PERCENT)


def figures(build, _, only=""):
    if only not in "packaged":
        return
    before = servers()
    for suite, bound in SECONDS.items():
        seconds, ran = measure(build, suite)
        benchmarks = json.loads(ran.stdout)["benchmarks"] if ran.returncode == 0 else []
        if not benchmarks:
            yield (f"`run` of {suite}", f"≤ {bound} s", *unmeasured(suite, ran))
            continue
        failed = [one["id"] for one in benchmarks if one["status"] != "ok"]
        yield (f"`run` of {suite}, {len(benchmarks)} rows", f"≤ {bound} s, all measured",
               f"{seconds:.1f} s" + "".join(f", not {name}" for name in failed),
               seconds <= bound and not failed)
        if suite == "ipc":
            yield spread(benchmarks)
        if suite == "postgres":
            left = len(servers() - before)
            yield "processes of postgres left behind", "0", f"{left}", left == 0
