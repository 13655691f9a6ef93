"""Command lines judged by `pulsebench ab --command`: false alarms, memory, and what the driver costs."""

import statistics

from judged import compared, false_alarms

ALIKE = "awk 'BEGIN { while (i < 50000) i++ }'"
METRICS = 3  # of a command, unasked
# dd fills a block of so many kilobytes.
MEMORY = "dd if=/dev/zero of=/dev/null count=1 bs={}k"
BLOCK_KB = 50_000
MORE_KB = 51_560  # 3 % of the block and of what dd has besides, about 2 MB
MEMORY_BLOCKS = 25
DRIVER_MS = 1.0


def decide(build, old, new):
    """The comparisons of the metrics, by name."""
    return {one["metric"]["name"]: one for one in compared(build, "--command", old, new)}


def driver_ms(metrics):
    """Milliseconds of a run beyond the command's own. What is decided first gives the time at which the
    last blocks began, and a block runs each side once."""
    wall, first = metrics["wall"], min(metrics.values(), key=lambda one: one["blocks"])
    blocks = wall["blocks"] - first["blocks"]
    if blocks == 0:
        return None
    own_ns = wall["base_ns_per_op"] + wall["candidate_ns_per_op"]
    return (1e3 * (wall["seconds"] - first["seconds"]) / blocks - 1e-6 * own_ns) / 2


def figures(build, runs, only=""):
    if only not in "commands":
        return
    yield false_alarms("a command", [one["verdict"] for _ in range(-(-10 * runs // METRICS))
                                     for one in decide(build, ALIKE, ALIKE).values()])
    larger = [decide(build, MEMORY.format(BLOCK_KB), MEMORY.format(MORE_KB))["max_rss"]
              for _ in range(runs)]
    flagged = sum(one["verdict"] == "regressed" for one in larger)
    most = max(one["blocks"] for one in larger)
    yield ("peak memory 3 % larger, threshold 2 %, flagged",
           f"all of {runs}, in at most {MEMORY_BLOCKS} blocks",
           f"{flagged} of {runs}, in at most {most} blocks",
           flagged == runs and most <= MEMORY_BLOCKS)
    costs = [driver_ms(decide(build, "/bin/true", "/bin/true")) for _ in range(runs)]
    median = statistics.median(cost for cost in costs if cost is not None)
    yield ("time of a run of /bin/true beyond the command, median", f"≤ {DRIVER_MS:g} ms",
           f"{median:.2f} ms", median <= DRIVER_MS)
