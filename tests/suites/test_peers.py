"""The suite peers measures pulse beside other libraries, and each of them does what its group asks."""

import os
from collections import defaultdict
from pathlib import Path

import pytest

SUITE = Path(os.environ["SUITES"]) / "peers"
TWO_CPUS = len(os.sched_getaffinity(0)) > 1

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason="the suite peers is not built here")


@pytest.mark.skipif(not TWO_CPUS, reason="one CPU only: nothing is handed over")
def test_every_group_has_pulse_and_an_alternative(place):
    found = place.run("peers")
    groups = defaultdict(set)
    for name, benchmark in found.items():
        assert benchmark["status"] == "ok", (name, benchmark.get("reason"))
        _, group, library = name.split("/")[:3]
        groups[group].add(library)
    assert set(groups) == {"queue", "hand_over", "counter", "look_up", "read_side"}
    for group, libraries in groups.items():
        assert any(library.startswith("pulse") for library in libraries), group
        assert any(library.startswith("std_") for library in libraries), group
