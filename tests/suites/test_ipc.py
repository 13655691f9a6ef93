"""The suite ipc measures every channel in both placements, and its partners end with it."""

import os
import signal

import pytest

TWO_CPUS = len(os.sched_getaffinity(0)) > 1
needs_two_cpus = pytest.mark.skipif(not TWO_CPUS, reason="one CPU only: nothing is placed on two")


def test_every_channel_is_measured_and_nothing_is_left(place):
    found = place.run("ipc", code=0 if TWO_CPUS else 3)
    assert len(found) == 30
    for name, benchmark in found.items():
        skips = name.endswith("/other_core") and not TWO_CPUS
        assert benchmark["status"] == ("skipped" if skips else "ok"), (name, benchmark.get("reason"))
        assert benchmark["tier"] == (3 if name.endswith("/other_core") else 2), name
        timed_one_by_one = name.startswith("ipc/round_trip/") and not skips
        assert ("latency_ns" in benchmark) == timed_one_by_one, name
        if name.startswith("ipc/one_way/") and not skips:
            assert benchmark["bytes_processed_per_op"] == 4096
    assert place.is_clean()


@needs_two_cpus
def test_without_a_second_cpu_the_other_core_is_skipped_with_the_reason(place):
    one = min(os.sched_getaffinity(0))
    found = place.run("ipc", "--filter", "ipc/round_trip/pipe/", "--cpus", str(one), code=3,
                      preexec_fn=lambda: os.sched_setaffinity(0, {one}))
    assert found["ipc/round_trip/pipe/same_core"]["status"] == "ok"
    skipped = found["ipc/round_trip/pipe/other_core"]
    assert (skipped["status"], "one CPU only" in skipped["reason"]) == ("skipped", True)


def test_a_partner_dies_with_a_pulsebench_that_is_killed(place):
    started = place.start_long("ipc", "--filter", "ipc/round_trip/pipe/same_core")
    assert place.wait_for(lambda: list(place.processes().values()).count("ipc") == 2)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert place.wait_for(place.is_clean), place.processes()
