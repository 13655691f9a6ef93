import json
import os
import subprocess
import time
from pathlib import Path

import cluster
import pytest

BUILD = Path(os.environ["BUILD"])
SUITE = BUILD / "bin" / "suites" / "tier0_critical"
# Nothing of it takes longer than a second or two a benchmark, on an idle machine and on a busy one.
SMALL = ["--filter", "^(budget|hooks)/", "--threshold", "0=15", "--max-blocks", "60", "--seed", "7", "--no-tune"]
INJECTED = "budget/consume"
PATIENCE = 85  # seconds, of one command


class Project:
    """A project without a configuration, the cluster, and a folder that all its nodes see."""

    def __init__(self, folder, running):
        self.root, self.spool = folder / "project", folder / "spool"
        self.root.mkdir()
        self.cluster = running

    def pulsebench(self, *words, expect=(0,)):
        done = subprocess.run([BUILD / "bin" / "pulsebench", *map(str, words), "--root", self.root],
                              env=self.cluster.environment, capture_output=True, text=True, timeout=PATIENCE,
                              stdin=subprocess.DEVNULL, check=False)  # fmt: skip
        assert done.returncode in expect, f"exit {done.returncode}: {done.stdout}\n{done.stderr}\n{self.logs()}"
        return done

    def json(self, *words, expect=(0,)):
        return json.loads(self.pulsebench(*words, "--format", "json", expect=expect).stdout)

    def submit(self, *words, expect=(0,)):
        """The document of a run of `SUITE` against itself, and slower by 60 % in one benchmark."""
        return self.json("fleet", "submit", SUITE, SUITE, *SMALL, "--inject", f"{INJECTED}=60",
                         "--spool", self.spool, *words, expect=expect)  # fmt: skip

    def collect(self, run, *words, expect):
        return self.json("fleet", "collect", run, "--spool", self.spool, *words, expect=expect)

    def status(self, run):
        return self.json("fleet", "status", run, "--spool", self.spool)

    def wait_until(self, holds, what, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"{what} did not happen\n{self.logs()}"
            time.sleep(0.05)

    def logs(self):
        return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')}"
                         for path in sorted(self.spool.glob("*/logs/*.log")))  # fmt: skip


@pytest.fixture(scope="session")
def running():
    if missing := cluster.why_not():
        pytest.skip(missing)
    # n3 says of itself that it is of another kind than it is.
    with cluster.slurm({"n1": "here", "n2": "here", "n3": "key_00000000000000ff"}) as one:
        yield one


@pytest.fixture
def project(tmp_path, running):
    tmp_path.chmod(0o755)
    return Project(tmp_path, running)
