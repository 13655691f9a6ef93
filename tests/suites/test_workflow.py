"""The suite workflow measures every step of the example service, and leaves no file."""

import pytest
from conftest import SUITES

pytestmark = pytest.mark.skipif(not (SUITES / "workflow").exists(),
                                reason="not built: examples/workflow is left out")


def test_every_step_is_measured_and_nothing_is_left(place):
    found = place.run("workflow")
    assert {name.split("/")[1] for name in found} == {
        "anonymise", "comment", "detect", "end_to_end", "event_store", "hash", "parse", "validate"}
    for name, benchmark in found.items():
        assert benchmark["status"] == "ok", (name, benchmark.get("reason"))
        assert benchmark["tier"] == 3
        assert ("latency_ns" in benchmark) == name.startswith("workflow/event_store/write_to_disk/")
    assert found["workflow/hash/10240"]["bytes_processed_per_op"] == 10240
    assert found["workflow/event_store/write/1000"]["items_processed_per_op"] == 1000
    assert place.is_clean()


def test_without_a_folder_for_the_store_the_reason_is_shown(place):
    place.temporary.rmdir()
    found = place.run("workflow", "--filter", "^workflow/event_store/read", code=3)
    skipped = found["workflow/event_store/read"]
    assert (skipped["status"], "cannot make a folder" in skipped["reason"]) == ("skipped", True)
