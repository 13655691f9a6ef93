"""A table in a page of docs, written anew from a result: what docs/pulse_speed.py and docs/suites.py
share."""

import argparse
import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def measured(*words, check):
    """The result of `pulsebench run` with `words`."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "result.json"
        subprocess.run([ROOT / "build/release/bin/pulsebench", "run", *words, "--format", "json",
                        "-o", path], cwd=ROOT, check=check)
        return json.loads(path.read_text())


def asked(description, page, measure):
    """The result to take, measured where none was given, and the page to write."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--result", type=pathlib.Path, help="a result document to take")
    parser.add_argument("--page", type=pathlib.Path, default=page, help="the page to write")
    arguments = parser.parse_args()
    result = json.loads(arguments.result.read_text()) if arguments.result else measure()
    return result, arguments.page


def write(page, begin, end, text):
    """Puts `text` between the two marks."""
    before, rest = page.read_text().split(begin)
    after = rest.split(end)[1]
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}")
