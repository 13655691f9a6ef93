#!/usr/bin/env python3
"""What counting events costs the times of tier 0: docs/counters_cost.py [ROUNDS]

Runs tier 0 with the usual events and with none, in turns, with the same batches, and prints the
extremes and the median over the benchmarks of the ratio of their times. Other load on the machine
meets both alike: a ratio is judged, never a time. `pulsebench` is taken from the PATH.
"""

import json
import statistics
import subprocess
import sys
import tempfile


def times(*words):
    """The cost of each operation in one short run, by benchmark."""
    ran = subprocess.run(["pulsebench", "run", "--tier", "0", "--preset", "quick", "--format", "json",
                          *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return ran.stdout, {one["id"]: one["median_ns_per_op"]
                        for one in json.loads(ran.stdout)["benchmarks"] if one["role"] == "operation"}


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.NamedTemporaryFile(suffix=".json") as like:
        document, first = times("--counters", "none")
        like.write(document)
        like.flush()
        seen = {id: ([], []) for id in first}
        for turn in range(rounds):
            for counted in (turn % 2, 1 - turn % 2):
                words = [] if counted else ["--counters", "none"]
                for id, ns in times("--like", like.name, *words)[1].items():
                    seen[id][counted].append(ns)
    ratios = sorted((100 * (statistics.median(on) / statistics.median(off) - 1), id)
                    for id, (off, on) in seen.items())
    for percent, id in (ratios[0], ratios[-1]):
        print(f"{percent:+6.2f} %  {id}")
    middle = statistics.median(percent for percent, _ in ratios)
    print(f"{middle:+6.2f} %  median of {len(ratios)} benchmarks, {rounds} rounds")


if __name__ == "__main__":
    main()
