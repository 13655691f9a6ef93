"""The suite lmdb measures every sync mode and size on copies of one fixture, which it removes."""

import os
import signal
import subprocess

import pytest
from conftest import PULSEBENCH, SUITES

pytestmark = pytest.mark.skipif(
    not (SUITES / "lmdb").exists(),
    reason="the suite lmdb is not built: run config/bootstrap.sh workloads, and build again")


def test_every_mode_and_size_is_measured_and_nothing_is_left(place):
    found = place.run("lmdb")
    assert len(found) == 23
    assert {name: one["status"] for name, one in found.items() if one["status"] != "ok"} == {}
    for name, one in found.items():
        waits_for_disk = name.endswith("sync") and not name.endswith("nosync")
        assert one["tier"] == (3 if waits_for_disk else 2), name
        assert ("latency_ns" in one) == waits_for_disk, name
        memory = name.startswith(("lmdb/read/", "lmdb/scan_100/", "lmdb/update", "lmdb/append"))
        assert ("memory" in one.get("label", "")) == (memory and not waits_for_disk), name
    assert found["lmdb/scan_100/10000"]["items_processed_per_op"] == 100
    assert found["lmdb/append_1000/fsync"]["items_processed_per_op"] == 1000
    assert place.wait_for(place.is_clean), (place.processes(), place.files())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_of_a_run_that_is_cut_off(place, end):
    started = place.start_long("lmdb", "--filter", "lmdb/update/nosync")
    assert place.wait_for(place.launches)
    started.send_signal(end)
    started.wait(timeout=20)
    assert place.wait_for(place.is_clean), (place.processes(), place.files())


def test_a_folder_that_cannot_be_made_is_the_reason_why_it_is_skipped(place):
    place.temporary.rmdir()
    found = place.run("lmdb", "--filter", "lmdb/open/10000", code=3)
    assert "cannot make the folder" in found["lmdb/open/10000"]["reason"]
    assert "No such file or directory; set TMPDIR" in found["lmdb/open/10000"]["reason"]


def test_two_sides_that_are_started_together_share_the_fixture(place):
    ran = subprocess.run([PULSEBENCH, "noise", "--exe", SUITES / "lmdb", "--filter", "lmdb/update/nosync",
                          "--max-blocks", "4"], cwd=place.root, capture_output=True, text=True,
                         env={**os.environ, "TMPDIR": str(place.temporary)}, timeout=60, check=False)
    assert ran.returncode == 0 and "lmdb/update/nosync" in ran.stdout, ran.stdout + ran.stderr
    assert place.wait_for(place.is_clean), (place.processes(), place.files())
