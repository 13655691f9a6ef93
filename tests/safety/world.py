"""A project with a fake machine for tests that break what they run on, and what is left in it."""

import contextlib
import copy
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from conftest import Project, Ran  # noqa: E402, F401  as the command-line tests do
from test_tune import draw_machine  # noqa: E402

JOURNAL = "machine/run/pulsebench/tune.journal"
WAIT_SECONDS = 20
RUN = ["run", "--preset", "quick", "--exe", "suites/fake_good"]


def world(root):
    """A project whose machine has settings to tune."""
    project = Project(root)
    draw_machine(project, 3)
    project.suite("fake_good")
    return project


def shorten_runs(project):
    """Two launches for each benchmark: too few to judge, and fast."""
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["presets"]["quick"] = {"launches": {str(tier): 2 for tier in range(4)}}
    project.write("config/pulsebench.json", json.dumps(config))


def copy_of(project, root):
    """The same project elsewhere; what was there before is removed."""
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(project.root), str(root)], check=True)
    moved = copy.copy(project)
    moved.root = Path(root)
    moved.environment = {
        name: value.replace(str(project.root), str(root)) for name, value in project.environment.items()
    }
    return moved


def done(project, *words, codes=(0,)):
    """Runs a command that has to end with one of these codes."""
    ran = project.pulsebench(*words)
    assert ran.code in codes, (words, ran.code, ran.err)
    return ran


def wait_for(happened):
    end = time.monotonic() + WAIT_SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.002)


def tuned_run(project):
    """A slow run that has begun to change the settings of its machine."""
    project.rebuild("fake_good", slower=0, pause_us=20000)
    run = project.start("run", "--exe", "suites/fake_good")
    journal = project.root / JOURNAL
    wait_for(lambda: run.poll() is not None or journal.exists() and "swappiness" in journal.read_text())
    assert run.poll() is None
    return run


def machine_of(project):
    """Every file of the machine's settings with its content, and every folder."""
    found = {}
    for top in ("sys", "proc"):
        for path in (project.root / "machine" / top).rglob("*"):
            name = str(path.relative_to(project.root))
            found[name] = path.read_bytes() if path.is_file() else b"folder"
    return found


def differences(before, after):
    """Names of the settings that differ."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def torn_documents(project):
    """Stored JSON documents that do not parse."""
    torn = []
    for folder in ("baselines", ".pulsebench"):
        for path in (project.root / folder).rglob("*.json"):
            try:
                json.loads(path.read_text())
            except ValueError:
                torn.append(str(path.relative_to(project.root)))
    return torn


def litter(project):
    """Temporary files and FIFOs that a finished command has left. A setting of the fake machine is
    renamed into its place, for a kernel writes at once: a kill may leave that file."""
    return sorted(
        str(path.relative_to(project.root))
        for path in project.root.rglob("*")
        if (path.suffix in (".tmp", ".new", ".partial") and path.name != "setting.new") or path.is_fifo()
    )


def empty_folders(project):
    """Folders of baselines that a failed command has left."""
    folders = [path for path in (project.root / "baselines").rglob("*") if path.is_dir()]
    return [str(path.relative_to(project.root)) for path in folders if not any(path.iterdir())]


def processes_of(root):
    """Processes that run in this folder or from it, as (id, command)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
            places = [os.readlink(process / "cwd"), os.readlink(process / "exe")]
            if state != "Z" and any(place.startswith(f"{root}/") or place == str(root) for place in places):
                found.append((int(process.name), places[1]))
    return found


def kill_processes(root):
    for number, _ in processes_of(root):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
