"""Figures of `profile memory` and `profile gpu`: leaks, lifetimes, cost of recording, absent GPUs."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

OPERATIONS = 20_000


class Bench:
    """The programs, in a project of their own."""

    def __init__(self, build):
        self.build = build
        self.folder = Path(tempfile.mkdtemp(prefix="profiling-"))
        (self.folder / "pulsebench.json").write_text("{}")

    def find(self, name):
        return next(path for path in self.build.rglob(name) if path.is_file())

    def profile(self, kind, benchmark, *words, **environment):
        ran = subprocess.run(
            [self.find("pulsebench"), "profile", kind, benchmark, "--exe", self.find("heap_suite"),
             "--root", self.folder, *words], capture_output=True, text=True, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **environment})
        return ran.returncode, ran.stdout, ran.stderr

    def document(self, benchmark):
        code, out, error = self.profile("memory", benchmark, "--format", "json")
        if code != 0:
            raise RuntimeError(error)
        return json.loads(out)

    def close(self):
        shutil.rmtree(self.folder)


class Suite:
    """A suite on the wire."""

    def __init__(self, program):
        requests, self.requests = os.pipe()
        events, events_end = os.pipe()
        self.process = subprocess.Popen([program, f"--pulsebench_wire={requests},{events_end}"],
                                        pass_fds=(requests, events_end))
        os.close(requests)
        os.close(events_end)
        self.events = os.fdopen(events)
        self.events.readline()

    def ask(self, **request):
        os.write(self.requests, (json.dumps(request) + "\n").encode())
        return json.loads(self.events.readline())

    def close(self):
        self.ask(request="list")
        os.close(self.requests)
        self.process.wait()


def leak_figures(bench):
    leaky = bench.document("heap/leaky")["leaks"]
    found = [(leak["blocks_per_op"], leak["bytes_per_op"], leak["site"]) for leak in leaky]
    text = "; ".join(f"{blocks:.4f} blocks, {size:.3f} B in {site}" for blocks, size, site in found)
    yield ("leaky: blocks and bytes of an operation", "0.0010, 0.256 B, in leak()", text or "none",
           len(found) == 1 and found[0][:2] == (0.001, 0.256) and found[0][2].startswith("leak("))
    kept = bench.document("heap/kept")
    blocks = sum(one["blocks_per_op"] for one in kept["kept"])
    yield ("kept: leaks, and blocks kept until the end", "none, 0.2",
           f"{len(kept['leaks']) or 'none'}, {blocks:.4g}",
           not kept["leaks"] and abs(blocks - 0.2) < 1e-9)
    queued = bench.document("heap/queued")["lifetimes"]
    yield ("lifetimes in a queue of 8: p50 and p99", "8 operations",
           f"{queued['p50_operations']} and {queued['p99_operations']}",
           queued["p50_operations"] == queued["p99_operations"] == 8)
    code, out, _ = bench.profile("memory", "heap/leaky", "--with", "dhat", "--format", "json")
    left = [one for one in json.loads(out)["findings"] if one["kind"] == "left"] if code == 0 else []
    text = "; ".join(f"{one['blocks']:.4f} blocks, {one['bytes']:.3f} B" for one in left)
    yield ("leaky, counted by DHAT", "0.0010, 0.256 B", text or "none",
           len(left) == 1 and (left[0]["blocks"], left[0]["bytes"]) == (0.001, 0.256))


def cost_figures(bench, runs):
    ratios = []
    for number in range(min(runs, 10)):
        suite = Suite(bench.find("heap_suite"))
        visit = suite.ask(request="visit", id="heap/leaky", operations=5000, slices=20,
                          warm_up_ns=1_000_000, heap_padding=0, inject_percent=0, lock_memory=False,
                          counters=[])
        file = bench.folder / f"heap{number}"
        answer = suite.ask(request="heap", id="heap/leaky", operations=OPERATIONS,
                           most_bytes=64 << 20, file=str(file))
        ratios.append(answer["ns_per_op"] / statistics.median(visit["ns_per_op"]))
        suite.close()
        file.unlink()
    yield ("an operation that is recorded, to one that is not", "≤ 20 times",
           f"{statistics.median(ratios):.1f} times", statistics.median(ratios) <= 20)


def gpu_figures(bench):
    folder = str(bench.find("libnvidia-ml.so.1").parent)
    fakes = [("all figures", {"LD_LIBRARY_PATH": folder}, "by the energy counter"),
             ("one not supported", {"LD_LIBRARY_PATH": folder, "NVML_FAKE": "nosupport=temperature"},
              "Not Supported"),
             ("driver not loaded", {"LD_LIBRARY_PATH": folder, "NVML_FAKE": "init=9"},
              "the NVIDIA GPU driver does not answer: Driver Not Loaded"),
             ("no driver", {}, "no NVIDIA GPU driver here: ")]
    for name, environment, expected in fakes:
        code, out, _ = bench.profile("gpu", "heap/leaky", "--time", "0.2s", "--no-tune", **environment)
        right = expected in " ".join(out.split()) and code == 0
        yield f"profile gpu, {name}", "its text, exit 0", f"{'its' if right else 'another'} text, exit {code}", right


def figures(build, runs, only=""):
    bench = Bench(build)
    groups = {"leaks": lambda: leak_figures(bench), "recording": lambda: cost_figures(bench, runs),
              "gpu": lambda: gpu_figures(bench)}
    try:
        for name, measure in groups.items():
            if only in name:
                yield from measure()
    finally:
        bench.close()
