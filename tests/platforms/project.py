"""A project of its own for the commands of an emulated pulsebench."""

import json
import os
import shlex
import subprocess
from pathlib import Path

BUILD = Path(os.environ["BUILD"])
EMULATOR = os.environ["EMULATOR"]
ARCHITECTURE = os.environ["ARCHITECTURE"]
# What starts a program: nothing where the kernel does it. Windows has an ending for programs.
STARTED_BY = shlex.split(os.environ.get("STARTED_BY", ""))
ENDING = os.environ.get("ENDING", "")
# Operations of some instructions: one alone is no slower than an empty loop, by an emulator that translates both.
SUITE = BUILD / f"bin/suites/tier0_critical{ENDING}"
SAID = f"an emulator ran it ({EMULATOR}): its times say nothing about a real machine"
WARNED = f"an emulator ran both sides ({EMULATOR}): their times say nothing about a real machine"


class Project:
    def __init__(self, folder):
        self.folder = folder
        if ENDING:
            return  # a folder alone: there is no git for the programs of Wine
        subprocess.run(["git", "init", "-q", folder], check=True)

    def start(self, *words):
        """What a command printed, and how it ended."""
        kept = {name: os.environ[name] for name in ("WINEPREFIX", "WINEDEBUG") if name in os.environ}
        return subprocess.run(
            [*STARTED_BY, BUILD / f"bin/pulsebench{ENDING}", *words],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8", **kept},
        )  # fmt: skip

    def pulsebench(self, *words, code=0):
        ran = self.start(*words)
        assert ran.returncode == code, f"exit code {ran.returncode}:\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def run(self, name, *words):
        return self.pulsebench("run", "--exe", SUITE, "--filter", "^poll_cycle/", "--preset", "quick",
                               "--seed", "1", "--no-tune", "--save", name, *words)  # fmt: skip

    def document(self, name):
        (file,) = (self.folder / "baselines" / name).glob("*.json")
        return json.loads(file.read_text())
