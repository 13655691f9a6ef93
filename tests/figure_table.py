"""Prints figures as a Markdown table: the command line of tests/*/figures.py."""

import argparse
import os
from pathlib import Path

MARKS = {True: "✓", False: "✗", None: "–"}


def print_figures(description, modules):
    """Each module has `figures(build, runs, only)`, which yields rows: what, the bound, what was
    measured, and whether it holds; None for what is not installed. Returns 1 where one does not hold
    and --check is given."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="of what is repeated")
    parser.add_argument("--only", default="", help="figures whose name contains this word")
    parser.add_argument("--check", action="store_true", help="exit with 1 where one is missed")
    arguments = parser.parse_args()
    build = Path(os.environ.get("BUILD", "build/dev")).resolve()
    missed = 0
    print("| figure | bound | measured | |\n|:--|:--|:--|:--|")
    for module in modules:
        for name, bound, measured, holds in module.figures(build, arguments.runs, arguments.only):
            print(f"| {name} | {bound} | {measured} | {MARKS[holds]} |", flush=True)
            missed += holds is False
    return 1 if missed and arguments.check else 0
