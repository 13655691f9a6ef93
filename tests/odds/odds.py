#!/usr/bin/env python3
"""How often a verdict errs, and how long it takes, measured on this machine.

  cmake --preset dev && cmake --build build/dev --target odds
  python3 tests/odds/odds.py measure --build build/dev --into .pulsebench/odds
  python3 tests/odds/odds.py table --into .pulsebench/odds

Each decision is on code whose truth is known: eleven operations from 0.3 ns to 25 us, unchanged or
with some per cent more work in them, counted and not timed. Quiet, beside a program that copies
memory on the other CPU, and beside random bursts on both. It wants a machine with at least two CPUs
and nothing else to do, for about a quarter of an hour; each task is kept as a line of
results.jsonl, so that it can be stopped and goes on where it was.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import plan
import table
from bench import Bench


MINUTES_APART = 10  # what the goal for stored results asks at least


def kept(folder):
    file = Path(folder) / "results.jsonl"
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def measure(bench, tasks, minutes=None, say=lambda line: None):
    """Does what is not done yet, until the time is over. Returns how many tasks are left."""
    done = [record["task"] for record in kept(bench.folder)]
    left = [task for task in tasks if task.key() not in done]
    began = time.monotonic()
    for number, task in enumerate(left):
        passed = time.monotonic() - began
        if minutes is not None and passed >= 60 * minutes:
            return len(left) - number
        about = f", about {passed / number * (len(left) - number) / 60:.0f} min left" if number else ""
        say(f"{number + 1} of {len(left)}{about}: {task.kind} {task.flavour} {task.change} "
            f"{task.environment}")
        record = bench.run(task)
        with open(bench.folder / "results.jsonl", "a") as file:
            file.write(json.dumps(record) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("measure", help="do what is not done yet")
    measuring.add_argument("--build", default="build/dev", help="the build folder")
    measuring.add_argument("--minutes", type=float, help="begin no task after this time")
    measuring.add_argument("--decisions", type=float, default=1.0,
                           help="so many times the usual number")
    tabling = commands.add_parser("table", help="print what the results say, as Markdown")
    for command in (measuring, tabling):
        command.add_argument("--into", default=".pulsebench/odds", help="the folder of the results")
    words = parser.parse_args()
    if words.command == "table":
        sys.stdout.write(table.page(kept(words.into)))
        return 0
    bench = Bench(words.build, words.into, minutes_apart=MINUTES_APART)
    left = measure(bench, plan.tasks(words.decisions), words.minutes,
                   lambda line: print(line, file=sys.stderr, flush=True))
    print(f"{left} tasks left" if left else "all done; see: odds.py table --into " + words.into,
          file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
