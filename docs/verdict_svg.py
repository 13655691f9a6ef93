#!/usr/bin/env python3
"""Draws docs/verdict.svg, the verdict that README.md shows, from the golden output of `compare`.

    docs/verdict_svg.py             draws it anew; do so when the golden output has changed
    docs/verdict_svg.py --golden FILE --svg FILE
"""

import argparse
import pathlib
import re
import textwrap

import terminal_svg
from terminal_svg import COLOURS

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "cli" / "golden" / "regressed.txt"
SVG = ROOT / "docs" / "verdict.svg"
COMMAND = "$ pulsebench compare main pr-123"

COLUMNS = 100  # of the terminal; longer lines continue below
# The first rule that matches a line says how its first group and the rest are drawn.
RULES = [
    (r"(\$ .*)()", "strong", "plain"),
    (r"(regressed:|failed:)(.*)", "bad", "plain"),
    (r"(unchanged:|improved:)(.*)", "good", "plain"),
    (r"(✗)(.*)", "bad", "strong"),
    (r"(!)(.*)", "warn", "faint"),
    (r"(next:)(.*)", "hint", "plain"),
    (r"(  \S.*)()", "faint", "plain"),
    (r"(\s.*)()", "faint", "plain"),
    (r"([a-z][a-z, ]*)()", "strong", "plain"),
    (r"(.*)()", "plain", "plain"),
]


def coloured(line):
    """(text, colour) of the parts of a line."""
    for rule, first, rest in RULES:
        if match := re.fullmatch(rule, line):
            return [(text, COLOURS[colour])
                    for text, colour in zip(match.groups(), (first, rest)) if text]
    return []


def fitted(line):
    """The line, cut where a terminal of that width would need another one."""
    return textwrap.wrap(line, COLUMNS, subsequent_indent="    ", break_on_hyphens=False,
                         drop_whitespace=False) or [""] if len(line) > COLUMNS else [line]


def drawing(output):
    """The SVG of a terminal that shows the command and `output`."""
    lines = [COMMAND, "", *(part for line in output.rstrip("\n").split("\n")
                            for part in fitted(line))]
    title = f"{COMMAND[2:]}: {output.split(chr(10))[0]}"
    return terminal_svg.drawing(title, [[(text, colour, False) for text, colour in coloured(line)]
                                        for line in lines])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--golden", type=pathlib.Path, default=GOLDEN)
    parser.add_argument("--svg", type=pathlib.Path, default=SVG)
    arguments = parser.parse_args()
    arguments.svg.write_text(drawing(arguments.golden.read_text()))


if __name__ == "__main__":
    main()
