#!/usr/bin/env python3
"""Makes docs/report.png, the picture of a report that README.md shows, from a real run.

    docs/report_screenshot.py [--build build/release] [--png FILE]

It runs tier 0 twice with the programs of that build, the second time with 15 % of work added to one
benchmark, and photographs the report of both in Chromium. config/bootstrap.sh web installs that.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST_BYTES = 200_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--png", type=pathlib.Path, default=ROOT / "docs" / "report.png")
    options = parser.parse_args()
    program = str(options.build.resolve() / "bin" / "pulsebench")
    suite = str(options.build.resolve() / "bin" / "suites" / "tier0_critical")
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("Chromium is not installed; run: config/bootstrap.sh web")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "config", pathlib.Path(folder) / "config")

        def pulsebench(*words):
            subprocess.run([program, "--root", folder, *words], check=True)

        run = ("run", "--exe", suite, "--preset", "rigorous")
        pulsebench(*run, "--save", "main")
        pulsebench(*run, "--inject", "budget/consume=15", "--save", "pr-123")
        page = pathlib.Path(folder) / "report.html"
        pulsebench("report", "main", "pr-123", "-o", str(page))
        if "✗ regressed" not in page.read_text():
            sys.exit("this machine is too loud to show the regression; try again when it is quiet")
        subprocess.run(
            ["node", str(ROOT / "tests" / "web" / "screenshot.mjs"), str(page), str(options.png)],
            check=True,
            env={**os.environ, "CHROMIUM": chromium},
        )
    size = options.png.stat().st_size
    print(f"{options.png}: {size} bytes")
    if size > MOST_BYTES:
        sys.exit(f"that is more than {MOST_BYTES} bytes")


if __name__ == "__main__":
    main()
