"""A project in a folder of its own, the real binary, and fake suites to measure."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 60


class Ran:
    """What one command did."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def json(self):
        return json.loads(self.out)

    def table(self, title):
        """The boxed table of that title in the output; empty where there is none."""
        _, found, rest = self.out.partition(f" {title} ")
        return rest[:rest.index("└──")] if found else ""

    def only_error(self):
        """The one line that a command which failed owes its user."""
        lines = self.err.splitlines()
        assert len(lines) == 1, f"one clear line was expected:\n{self.err}"
        assert self.out == ""
        assert lines[0].startswith("pulsebench: ")
        return lines[0]


class Project:
    def __init__(self, root):
        self.root = root
        self.program = os.environ["PULSEBENCH"]
        (root / "config").mkdir(parents=True)
        (root / "suites").mkdir()
        config = json.loads((SOURCE / "config" / "pulsebench.json").read_text())
        del config["workloads"]
        self.write("config/pulsebench.json", json.dumps(config))
        self.write("machine/proc/sys/kernel/random/boot_id", "6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60\n")
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(root),
            "LC_ALL": "C.UTF-8",
            # Runs tune this folder, which has nothing to tune, rather than the machine beneath.
            "PULSEBENCH_MACHINE_ROOT": str(root / "machine"),
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }

    def limit_launches(self, milliseconds):
        """So long a program may take to answer. The usual 10 s are enough beside another test."""
        config = json.loads((self.root / "config/pulsebench.json").read_text())
        config["sampling"]["launch_limit_ms"] = milliseconds
        self.write("config/pulsebench.json", json.dumps(config))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def suite(self, name):
        """The executable that behaves as its name, fake_<mode>, says."""
        path = self.root / "suites" / name
        if not path.exists():
            shutil.copy(os.environ["FAKE_SUITE"], path)
        return str(path)

    def rebuild(self, name, slower, pause_us=0):
        """The suite again, as if its source had changed: good/fast costs so many per cent more, and
        each visit waits so long first."""
        path = Path(self.suite(name))
        fresh = path.with_suffix(".new")
        shutil.copy(os.environ["FAKE_SUITE"], fresh)
        with fresh.open("ab") as executable:
            executable.write(f"\nslower={slower} pause={pause_us}\n".encode())
        fresh.rename(path)

    def binaries(self):
        """The suite executables that are kept, by name."""
        return sorted(path.name for path in (self.root / ".pulsebench" / "bin").glob("*"))

    def start(self, *words, **options):
        return subprocess.Popen(
            [self.program, *words],
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **{"stdout": subprocess.PIPE, **options},
        )

    def pulsebench(self, *words, stdin=None, folder=None, limit=LIMIT_SECONDS):
        # Fake suites have no instructions to count, and each try takes half a second.
        if words[:1] in (("ab",), ("compare",)) and not any("explain" in str(word) for word in words):
            words = (words[0], "--no-explain", *words[1:])
        ran = subprocess.run(
            [self.program, *words],
            cwd=folder or self.root,
            env=self.environment,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            timeout=limit,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    def run(self, suite, *words):
        return self.pulsebench("run", "--preset", "quick", "--exe", self.suite(suite), *words)

    def run_json(self, suite, *words):
        ran = self.run(suite, "--format", "json", *words)
        return ran, {benchmark["id"]: benchmark for benchmark in ran.json()["benchmarks"]}

    def save(self, name, *words, suite="fake_good"):
        ran = self.run(suite, "--save", name, *words)
        assert ran.code == 0, ran.err
        return ran

    def baseline(self, name):
        """The file of a baseline: that of the kind of machine it was measured on, else the one that
        has no kind."""
        stored = sorted((self.root / "baselines" / name).glob("*@*.json"))
        return stored[0] if stored else self.root / "baselines" / f"{name}.json"

    def files(self):
        """Every file of the project but the suites."""
        return sorted(
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if path.is_file() and "suites" not in path.parts
        )


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def measured(tmp_path_factory):
    """A project with the baseline 'main' and the run 'pr-123', in which good/fast costs 15 % more.
    Shared: tests read it and change nothing."""
    shared = Project(tmp_path_factory.mktemp("measured") / "project")
    shared.save("main", "--seed", "1")
    shared.save("pr-123", "--seed", "2", "--inject", "good/fast=15")
    shared.save("again", "--seed", "3")
    return shared


@pytest.fixture
def wait_until():
    def wait(condition, what):
        deadline = time.monotonic() + LIMIT_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"never came: {what}"
            time.sleep(0.01)

    return wait


@pytest.fixture
def small_disk(tmp_path):
    """Mounts a file system of so many bytes; skips the test without the privilege."""
    mounted = []

    def mount(folder, size):
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            pytest.skip(f"cannot mount a small disk: {done.stderr.strip()}; run as root, or under unshare -mr")
        mounted.append(folder)

        def remount_read_only():
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)

        return remount_read_only

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def no_process_left():
    """A check that nothing runs any more whose executable lies in the given folder."""

    def check(folder):
        left = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                executable = os.readlink(process / "exe")
            except OSError:
                continue
            if executable.startswith(str(folder)):
                left.append(executable)
                os.kill(int(process.name), signal.SIGKILL)
        assert left == []

    return check
