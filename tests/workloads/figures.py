#!/usr/bin/env python3
"""How right load tests are, measured on this machine: prints a Markdown table.

  cmake --preset release && cmake --build build/release
  BUILD=build/release python3 tests/workloads/figures.py

It wants a machine with at least two CPUs and nothing else to do. Exits with 1 where a figure is
missed and --check is given."""

import argparse
import os
import sys
from pathlib import Path

import servers
import stalls

MODULES = {"servers": servers, "stalls": stalls}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="of what is repeated")
    parser.add_argument("--only", default="", help="figures whose name contains this word")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    build = Path(os.environ.get("BUILD", "build/release")).resolve()
    missed = 0
    print("| figure | bound | measured | |\n|:--|:--|:--|:--|")
    for module in MODULES.values():
        for name, bound, measured, holds in module.figures(build, arguments.runs, arguments.only):
            print(f"| {name} | {bound} | {measured} | {'✓' if holds else '✗'} |", flush=True)
            missed += not holds
    return 1 if missed and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
