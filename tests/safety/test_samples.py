"""A seeded sample of the loops that run whole at night. The seed of a failure is in its message:
PULSEBENCH_SEED=<seed> draws the same sample again."""

import os

import pytest

from fault_loop import COMMANDS, needs_strace, run_loop, sample  # noqa: F401
from kill_loop import COMMANDS as KILLED
from kill_loop import kills

SEED = int(os.environ.get("PULSEBENCH_SEED", "1"))
FAULTS = 40  # of each command
FEWER = {"guardian": 12, "explain": 12}  # each takes a second or more
KILLS = 4


@pytest.mark.parametrize("name", COMMANDS)
def test_a_failed_system_call_tears_nothing_loses_nothing_and_passes_no_regression(name, tmp_path, needs_strace):
    print(f"seed {SEED}")
    count = FEWER.get(name, FAULTS)
    results = run_loop(name, tmp_path, lambda every: sample(every, count, SEED), jobs=1)
    reached = [result for result in results if result[1]]
    assert len(reached) > count / 2, f"seed {SEED}: too few calls were reached"
    assert [result for result in results if result[2]] == [], f"seed {SEED}"


@pytest.mark.parametrize("name", KILLED)
def test_a_kill_leaves_no_setting_no_process_and_no_file(name):
    print(f"seed {SEED}")
    _, hits, found = kills((name, KILLS, SEED))
    assert hits["alone"] + hits["with guardian"] == KILLS
    assert found == [], f"seed {SEED}"
