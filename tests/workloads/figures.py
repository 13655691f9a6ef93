#!/usr/bin/env python3
"""How right the verdicts on workloads are, measured on this machine: prints a Markdown table.

  cmake --preset dev && cmake --build --preset dev
  python3 tests/workloads/figures.py

It wants a machine with at least two CPUs and nothing else to do."""

import sys
from pathlib import Path

import commands
import packaged
import servers
import stalls

sys.path.append(str(Path(__file__).resolve().parents[1]))
from figure_table import print_figures  # noqa: E402

if __name__ == "__main__":
    sys.exit(print_figures(__doc__, [servers, stalls, commands, packaged]))
