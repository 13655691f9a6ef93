"""Figures of `profile cpu`: shares, completeness, cost, and how often a change is seen."""

import ctypes
import json
import os
import shutil
import statistics
import struct
import subprocess
import tempfile
import time
from pathlib import Path

KNOWN = {"alpha": 50.0, "leaf": 30.0, "beta": 20.0}
ID = "profiled/known_shares"
NOBODY = 65534


def refuse_perf():
    """Lets perf_event_open fail with EACCES in this process and its children (seccomp(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    number, allow, refuse = 298, 0x7FFF0000, 0x00050000 | 13  # of x86-64
    program = b"".join(struct.pack("HBBI", *step) for step in [
        (0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, refuse), (0x06, 0, 0, allow)])
    buffer = ctypes.create_string_buffer(program)
    filters = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 4, ctypes.addressof(buffer)))
    no_new_privileges, set_seccomp, mode_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, mode_filter, filters, 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp filter")


def become_nobody():
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


class Bench:
    """Copies of the programs, which another user may run, in a project of their own."""

    def __init__(self, build):
        self.folder = Path(tempfile.mkdtemp(prefix="profiling-"))
        for name in ("known_shares", "slow_leaf", "pulsebench"):
            shutil.copy(next(path for path in build.rglob(name) if path.is_file()), self.folder)
        (self.folder / "pulsebench.json").write_text("{}")
        if os.getuid() == 0:
            for path in [self.folder, *self.folder.iterdir()]:
                os.chown(path, NOBODY, NOBODY)
        self.folder.chmod(0o755)

    def profile(self, *words, program="known_shares", before=None):
        command = [self.folder / "pulsebench", "profile", "cpu", ID, "--exe", self.folder / program,
                   "--root", self.folder, "--format", "json", *words]
        began = time.monotonic()
        ran = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=before,
                             cwd="/", env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})
        if ran.returncode not in (0, 1):
            raise RuntimeError(ran.stderr)
        document = json.loads(ran.stdout)
        document["wall_seconds"] = time.monotonic() - began
        document["notices"] = ran.stderr
        return document

    def close(self):
        shutil.rmtree(self.folder)


def shares_of(document):
    return {name: spot["self_percent"] for spot in document["spots"] for name in KNOWN
            if f"::{name}(" in spot["name"]}


def worst_share(document):
    shares = shares_of(document)
    return max(abs(shares.get(name, 0.0) - share) for name, share in KNOWN.items())


def share_figures(bench):
    ways = [("perf", [], None, 2), ("timer", ["--timer"], None, 3),
            ("perf refused by the kernel", [], refuse_perf, 3)]
    if os.getuid() == 0:
        ways.append(("uid 65534", [], become_nobody, 3))
    for name, words, before, bound in ways:
        document = bench.profile("--time-budget", "4s", *words, before=before)
        worst = worst_share(document)
        yield (f"own shares 50/30/20, {name}", f"± {bound} points",
               f"± {worst:.1f} points, {document['samples']} samples by {document['sampled_by']}",
               worst <= bound)
        whole = sum(one["truncated"] for one in document["processes"])
        complete = 100 * (1 - whole / (document["samples"] + whole))
        inlined = any("inlined_part" in frame["function"] and frame["inlined"]
                      for frame in document["frames"])
        yield (f"complete stacks, inlined frames named, {name}", "≥ 99 %, yes",
               f"{complete:.1f} %, {'yes' if inlined else 'no'}", complete >= 99 and inlined)


def cost_figures(bench):
    slow = bench.profile("--rate", "1000", "--time-budget", "4s")
    mean = 100 * (slow["sampled_mean_ns_per_op"] / slow["mean_ns_per_op"] - 1)
    yield "cost of sampling at 1 kHz, of the mean", "≤ 2.5 %", f"{mean:+.1f} %", mean <= 2.5
    usual = bench.profile()
    each = 1e6 * usual["reading_seconds"] / usual["samples"]
    yield "unwinding and naming a sample", "≤ 10 µs", f"{each:.1f} µs", each <= 10
    yield ("from the command to the table", "≤ 4 s", f"{usual['wall_seconds']:.1f} s",
           usual["wall_seconds"] <= 4)


def coloured(document):
    return [one for one in document["functions"] + document["with_callees"] if one["significant"]]


def change_figures(bench, runs):
    alarms = sum(bool(coloured(bench.profile("--against", bench.folder / "known_shares",
                                             "--time-budget", "2s"))) for _ in range(runs))
    # Of runs at the bound of 8 %, so many have at most this share with a probability of 97.5 %.
    most = 0.08 + 1.96 * (0.08 * 0.92 / runs) ** 0.5
    yield ("comparisons without a change that colour a function", "≤ 8 %",
           f"{100 * alarms / runs:.1f} % of {runs}", alarms / runs <= most)
    found, changes, intervals, seconds = 0, [], [], []
    attempts = max(runs // 5, 5)
    for _ in range(attempts):
        document = bench.profile("--against", bench.folder / "known_shares", "--time-budget", "10s",
                                 program="slow_leaf")
        first = document["functions"][0]
        found += first["significant"] and "::leaf(" in first["name"]
        leaf = next(one for one in document["functions"] if "::leaf(" in one["name"])
        changes.append(document["operation"]["change_ns_per_op"])
        intervals.append((leaf["low_ns_per_op"], leaf["high_ns_per_op"]))
        seconds.append(document["wall_seconds"])
    truth = statistics.median(changes)
    covered = sum(low <= truth <= high for low, high in intervals)
    yield ("leaf (30 %) 10 % longer: named first, within 10 s", "≥ 95 %",
           f"{100 * found / attempts:.0f} % of {attempts}, {statistics.median(seconds):.1f} s",
           found / attempts >= 0.95 - 1.96 * (0.05 * 0.95 / attempts) ** 0.5)
    yield ("its interval covers the truth", "≥ 93 %",
           f"{100 * covered / attempts:.0f} % of {attempts}, truth {truth:+.2f} ns",
           covered / attempts >= 0.93 - 1.96 * (0.07 * 0.93 / attempts) ** 0.5)


def beside_another_run(bench):
    """Another run holds the machine's settings meanwhile."""
    other = subprocess.Popen([bench.folder / "pulsebench", "run", "--exe", bench.folder / "known_shares",
                              "--root", bench.folder, "--preset", "rigorous"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        document = bench.profile("--time-budget", "1s")
    finally:
        other.terminate()
        other.wait()
    said = [line for line in document["notices"].splitlines() if "pulsebench" in line]
    enough = document["samples"] > 500
    yield ("while another run measures", "samples, or says so",
           f"{document['samples']} samples{', said so' if said else ''}", enough or bool(said))


def figures(build, runs, only=""):
    bench = Bench(build)
    groups = {"shares": lambda: share_figures(bench), "cost": lambda: cost_figures(bench),
              "change": lambda: change_figures(bench, runs), "beside": lambda: beside_another_run(bench)}
    try:
        for name, measure in groups.items():
            if only in name:
                yield from measure()
    finally:
        bench.close()
