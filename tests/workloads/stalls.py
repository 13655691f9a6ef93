"""A server that is frozen for a while: what the generator reports, and what others report."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import generator

RATE = 1000
CONNECTIONS = 64
WORK_NS = 20_000


def true_p99(stall, length):
    """Of requests at a constant rate, those of the stall have latencies from 0 to `stall`, evenly.
    The highest 1 % of all are 0.01 * length / stall of them."""
    return stall - 0.01 * length


def ours(build, length, stall, seed):
    """The latencies of an open loop, and the truth; in seconds."""
    server_cpu, own_cpu = generator.cpus()
    with generator.http_server(build, f"work={WORK_NS}", cpu=server_cpu) as (pid, port), \
            generator.Generator(build, own_cpu) as load:
        load.open(f"127.0.0.1:{port}", connections=CONNECTIONS)
        load.burst(0.1, rate=RATE)
        with generator.frozen(pid, 0.4 * length, stall) as took:
            burst = load.burst(length, rate=RATE, seed=seed)
    return burst, true_p99(took[0], length)


def of_hey(port, length):
    ran = subprocess.run(["hey", "-c", "8", "-q", str(RATE // 8), "-z", f"{length}s",
                          f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)
    return float(re.search(r"99% in ([0-9.]+) secs", ran.stdout)[1])


def of_h2load(port, length):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        subprocess.run(["h2load", "--h1", "-t1", "-c8", f"--rps={RATE // 8}", "-D", str(length),
                        f"--log-file={log}", f"http://127.0.0.1:{port}/"],
                       capture_output=True, check=True)
        times = sorted(int(line.split()[2]) for line in log.read_text().splitlines())
    return times[int(0.99 * len(times))] / 1e6


def others(build, name, measure, length, stall):
    server_cpu, _ = generator.cpus()
    with generator.http_server(build, f"work={WORK_NS}", cpu=server_cpu) as (pid, port), \
            generator.frozen(pid, 0.4 * length, stall) as took:
        p99 = measure(port, length)
    return p99, true_p99(took[0], length)


def spoken(p99, truth):
    return f"{1e3 * p99:.1f} ms, truth {1e3 * truth:.1f} ms"


def figures(build, runs, only=""):
    if only not in "stalls":
        return
    length, stall = 5, 1.0
    burst, truth = ours(build, length, stall, seed=1)
    p99 = burst["p99_ns"] / 1e9
    yield ("p99 of an open loop, server frozen for 1 of 5 s", "within 5 % of the truth",
           spoken(p99, truth), abs(p99 / truth - 1) <= 0.05)
    yield ("… requests that the generator calls late: they are the server's", "0 %",
           f"{100 * burst['late'] / burst['requests']:.1f} %",
           burst["late"] <= 0.01 * burst["requests"])
    for name, measure in {"hey": of_hey, "h2load": of_h2load}.items():
        if shutil.which(name) is None:
            yield (f"p99 of {name}, the same server", "not within 5 %",
                   "skipped: config/bootstrap.sh peers installs it", None)
            continue
        p99, truth = others(build, name, measure, length, stall)
        yield (f"p99 of {name}, the same server", "not within 5 %", spoken(p99, truth),
               abs(p99 / truth - 1) > 0.05)
    late, share = frozen_generator(build, length, 0.5, seed=2)
    yield ("late requests, the generator frozen for 0.5 of 5 s", "10 % ± 2 %",
           f"{100 * late:.1f} %", abs(late - share) <= 0.02)


def frozen_generator(build, length, stall, seed):
    """The share of late requests, and the share of the stall."""
    server_cpu, own_cpu = generator.cpus()
    with generator.http_server(build, f"work={WORK_NS}", cpu=server_cpu) as (_, port), \
            generator.Generator(build, own_cpu) as load:
        load.open(f"127.0.0.1:{port}", connections=CONNECTIONS)
        load.burst(0.1, rate=RATE)
        with generator.frozen(load.pid, 0.4 * length, stall) as took:
            burst = load.burst(length, rate=RATE, seed=seed)
    return burst["late"] / burst["requests"], took[0] / length
