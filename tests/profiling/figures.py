"""Measures how right and how cheap profiles are, and prints a table in Markdown.

    figures.py [--runs N] [--only WORD] [--check]
"""

import sys
from pathlib import Path

import cpu
import explain
import memory

sys.path.append(str(Path(__file__).resolve().parents[1]))
from figure_table import print_figures  # noqa: E402

if __name__ == "__main__":
    sys.exit(print_figures(__doc__, [cpu, explain, memory]))
