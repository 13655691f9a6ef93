"""Measures how right and how cheap profiles are, and prints a table in Markdown.

    BUILD=build/release figures.py [--runs N] [--only WORD] [--check]

Each module has `figures(build, runs)`, which yields rows: what, the bound, what was measured, and
whether it holds. `--check` exits with 1 if one does not.
"""

import argparse
import os
import sys
from pathlib import Path

import cpu
import explain
import memory

MODULES = {"cpu": cpu, "explain": explain, "memory": memory}


def main():
    parser = argparse.ArgumentParser()
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
