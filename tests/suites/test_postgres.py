"""The suite postgres runs a real server, as root and as a plain user, and leaves nothing behind."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from conftest import PULSEBENCH, SUITES

pytestmark = pytest.mark.skipif(
    not (SUITES / "postgres").exists(),
    reason="the suite postgres is not built: run config/bootstrap.sh workloads, and build again")
needs_server = pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    reason="no PostgreSQL server: run config/bootstrap.sh workloads")
NAMES = {"postgres/select", "postgres/pipeline_10", "postgres/update"}


def check(found):
    assert set(found) == NAMES
    for name, one in found.items():
        assert (one["status"], one["tier"]) == ("ok", 3), one
        assert one["latency_ns"]["p50"] > 0
        assert one["label"].startswith("PostgreSQL 1"), one["label"]
        assert one["items_processed_per_op"] == (10 if name.endswith("_10") else 1)


def segments():
    """Shared memory of System V, which outlives a process that forgets it."""
    rows = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    return {row.split()[1] for row in rows}


def listening(numbers):
    """TCP sockets on which one of the processes listens."""
    inodes = {fields[9] for table in ("tcp", "tcp6")
              for fields in map(str.split, Path(f"/proc/net/{table}").read_text().splitlines()[1:])
              if fields[3] == "0A"}  # LISTEN
    sockets = {f"socket:[{inode}]" for inode in inodes}
    found = []
    for number in numbers:
        for link in Path(f"/proc/{number}/fd").glob("*"):
            with contextlib.suppress(FileNotFoundError):  # closed between the list and the look
                found += [number] if os.readlink(link) in sockets else []
    return found


@needs_server
def test_every_benchmark_is_measured_and_nothing_is_left(place):
    before = segments()
    check(place.run("postgres"))
    assert place.wait_for(place.is_clean), (place.processes(), place.files())
    assert segments() <= before


@needs_server
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run as another user")
def test_a_plain_user_runs_the_server_as_himself(place):
    programs = place.root / "bin"
    (programs / "suites").mkdir(parents=True)
    shutil.copy(PULSEBENCH, programs)
    shutil.copy(SUITES / "postgres", programs / "suites")
    place.root.chmod(0o777)
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    check(place.run("postgres", programs=(programs / PULSEBENCH.name, programs / "suites"),
                    prefix=user))
    assert place.wait_for(place.is_clean), (place.processes(), place.files())


@needs_server
@pytest.mark.parametrize("end", ["ctrl_c", "kill", "suite_crashes"])
def test_nothing_is_left_of_a_run_that_is_cut_off(place, end):
    before = segments()
    started = place.start_long("postgres", "--filter", "postgres/select")

    def running():
        return {number for number, name in place.processes().items() if name == "postgres"}

    # On the copy of a launch there are the suite, the postmaster and its processes.
    assert place.wait_for(lambda: place.launches() and len(running()) > 2)
    assert listening(running()) == []
    if end == "suite_crashes":
        [suite] = [number for number in running()
                   if Path(f"/proc/{number}/exe").resolve() == (SUITES / "postgres").resolve()]
        os.kill(suite, signal.SIGSEGV)
    else:
        started.send_signal(signal.SIGINT if end == "ctrl_c" else signal.SIGKILL)
    assert started.wait(timeout=30) == {"suite_crashes": 3, "ctrl_c": 130, "kill": -9}[end]
    assert place.wait_for(place.is_clean), (place.processes(), place.files())
    assert segments() <= before


@needs_server
@pytest.mark.skipif(os.geteuid() != 0, reason="a plain user may enter his own folders")
def test_a_folder_that_the_user_of_the_server_may_not_enter_is_the_reason(place):
    place.temporary.chmod(0o700)
    found = place.run("postgres", "--filter", "postgres/select", code=3)
    reason = found["postgres/select"]["reason"]
    assert "cannot make the folder" in reason and "Permission denied" in reason


@needs_server
def test_the_suite_stops_its_server_without_pulsebench_too(place):
    ran = subprocess.run([SUITES / "postgres", "--benchmark_filter=postgres/select",
                          "--benchmark_min_time=0.000001"], capture_output=True, text=True,
                         env={**os.environ, "TMPDIR": str(place.temporary)}, check=True)
    assert "postgres/select" in ran.stdout and "ERROR" not in ran.stdout, ran.stdout
    assert place.wait_for(place.is_clean), (place.processes(), place.files())
