"""A project in which a suite is measured with one launch, and what its processes leave behind."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

PULSEBENCH = Path(os.environ["PULSEBENCH"])
SUITES = Path(os.environ["SUITES"])
ONE = {"launches": {"0": 1, "1": 1, "2": 1, "3": 1}}
LONG = {"slice_us": 100_000, "visit_ms": 5000, "live_visit_ms": 5000}


class Place:
    """A project, and a folder for temporary files by which its processes are known."""

    def __init__(self, root: Path):
        self.root = root
        self.temporary = root / "t"
        self.temporary.mkdir(mode=0o1777)
        self.temporary.chmod(0o1777)  # mkdir asks the umask
        self.configure()

    def configure(self, **sampling):
        settings = {"presets": {"one": ONE}, "default_preset": "one", "sampling": sampling}
        (self.root / "pulsebench.json").write_text(json.dumps(settings))

    def start(self, suite, *words, programs=(PULSEBENCH, SUITES), prefix=(), **options):
        pulsebench, suites = programs
        environment = {**os.environ, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            [*prefix, pulsebench, "run", "--exe", suites / suite, "--format", "json", "-o",
             self.root / "result.json", *words],
            cwd=self.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, **options)

    def start_long(self, suite, *words):
        """A visit of it takes five seconds, in which a test can look at its processes."""
        self.configure(**LONG)
        return self.start(suite, *words)

    def run(self, suite, *words, code=0, **options):
        """The benchmarks of the result, by id. Where one is skipped, the exit code is 3."""
        started = self.start(suite, *words, **options)
        output = started.communicate(timeout=120)[0]
        assert started.returncode == code, output
        result = json.loads((self.root / "result.json").read_text())
        return {benchmark["id"]: benchmark for benchmark in result["benchmarks"]}

    def processes(self):
        """Names by number of the processes that work in the folder for temporary files, or were
        started with it. The processes of a PostgreSQL server overwrite their environment."""
        mark = b"TMPDIR=" + os.fsencode(self.temporary)
        found = {}
        for folder in Path("/proc").glob("[1-9]*"):
            try:
                started_with_it = mark in (folder / "environ").read_bytes().split(b"\0")
                if started_with_it or os.readlink(folder / "cwd").startswith(str(self.temporary)):
                    found[int(folder.name)] = (folder / "comm").read_text().strip()
            except OSError:  # it is gone, or another user's
                continue
        return found

    def files(self):
        return sorted(str(path) for path in self.temporary.iterdir())

    def launches(self):
        """What belongs to one launch, in the folders of fixtures."""
        return sorted(str(path) for path in self.temporary.glob("*/launch-*"))

    def wait_for(self, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.01)
        return condition()

    def is_clean(self):
        return not self.processes() and not self.files()


@pytest.fixture
def place():
    # Not tmp_path: other users may not enter it, and PostgreSQL does not run as root.
    root = Path(tempfile.mkdtemp(prefix="pb-"))
    root.chmod(0o755)
    made = Place(root)
    yield made
    for number in made.processes():
        os.kill(number, signal.SIGKILL)
    shutil.rmtree(root)
