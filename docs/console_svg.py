#!/usr/bin/env python3
"""Draws docs/console.svg, the pictures of pulse-console that docs/console.md shows, from a real run.

    docs/console_svg.py [--build build/release] [--svg FILE]

It starts the example `starvation --console` of that build, looks at it with pulse-console in a terminal of
tmux until the hog is isolated, and draws the three tables as the terminal shows them. Do so anew when a
table has changed.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import terminal_svg
from terminal_svg import COLOURS

ROOT = pathlib.Path(__file__).resolve().parent.parent
SVG = ROOT / "docs" / "console.svg"
WIDTH, HEIGHT = 96, 14  # the least width with all columns
TITLE = "pulse-console: tasks, resources and operations of a program with a CPU hog"
LIMIT_SECONDS = 60
SGR = re.compile(r"\x1b\[([\d;]*)m")


def parts_of(line):
    """(text, colour, is_reversed) of the parts of a line with ANSI attributes."""
    parts, codes, at = [], set(), 0
    line = line.rstrip()
    for match in [*SGR.finditer(line), None]:
        end = match.start() if match else len(line)
        if end > at:
            parts.append((line[at:end], colour_of(codes), 7 in codes))
        if match:
            at = match.end()
            for code in (int(word or 0) for word in match.group(1).split(";")):
                apply(codes, code)
    return parts


def apply(codes, code):
    """What one attribute changes."""
    if code == 0:
        codes.clear()
    elif code in (1, 2, 7):
        codes.add(code)
    elif 30 <= code <= 39:
        codes.difference_update(range(30, 38))
        if code != 39:
            codes.add(code)


def colour_of(codes):
    if 31 in codes:
        return COLOURS["bad"]
    if 33 in codes:
        return COLOURS["warn"]
    if 2 in codes:
        return COLOURS["faint"]
    return COLOURS["strong" if 1 in codes else "plain"]


def lines_of(screen):
    """A screen without the empty lines above its last line."""
    lines = screen.rstrip("\n").split("\n")
    while len(lines) > 1 and not SGR.sub("", lines[-2]).strip():
        del lines[-2]
    return [parts_of(line) for line in lines]


class Terminal:
    """A terminal of tmux that runs one command."""

    def __init__(self, folder, words, environment):
        self.socket = str(pathlib.Path(folder) / "tmux")
        self.environment = environment
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(WIDTH), "-y", str(HEIGHT), *words)

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], env=self.environment, text=True,
                              stdout=subprocess.PIPE, check=True).stdout

    def wait_for(self, pattern):
        """The screen with its attributes, as soon as it has the pattern."""
        end = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < end:
            screen = self.tmux("capture-pane", "-e", "-p")
            if re.search(pattern, SGR.sub("", screen), re.MULTILINE):
                return screen
            time.sleep(0.05)
        sys.exit(f"the terminal does not show {pattern}:\n{screen}")


def screens(build):
    """The three tables of a running example."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_RUNTIME_DIR": folder, "TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        example = subprocess.Popen([build / "bin" / "starvation", "--console", str(LIMIT_SECONDS)],
                                   env=environment, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        terminal = None
        try:
            example.stdout.readline()  # it listens
            terminal = Terminal(folder, [str(build / "bin" / "pulse-console")], environment)
            tasks = terminal.wait_for(r"^. +0 running +isolate ")
            terminal.tmux("send-keys", "Tab")
            resources = terminal.wait_for("WAITINGv")
            terminal.tmux("send-keys", "Tab")
            return [tasks, resources, terminal.wait_for("^  post ")]
        finally:
            if terminal:
                terminal.tmux("kill-server")
            example.kill()
            example.wait()


def drawing(shown):
    """The SVG of screens one below the other."""
    rule = [("─" * WIDTH, COLOURS["faint"], False)]
    lines = []
    for screen in shown:
        lines += [rule] if lines else []
        lines += lines_of(screen)
    return terminal_svg.drawing(TITLE, lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--svg", type=pathlib.Path, default=SVG)
    arguments = parser.parse_args()
    arguments.svg.write_text(drawing(screens(arguments.build.resolve())))


if __name__ == "__main__":
    main()
