"""Ctrl-C and kill in the middle of a run."""

import json
import signal

import pytest


@pytest.fixture
def interrupted(project, wait_until, no_process_left):
    """Runs, sends the signal once something was measured, and returns (exit code, out, err)."""

    def interrupt(which, *words):
        process = project.start(
            "run", "--preset", "rigorous", "--exe", project.suite("fake_slow_visits"), *words
        )
        seen = b""
        while b"%" not in seen:  # progress: the first launches are done
            byte = process.stderr.read(1)
            assert byte, seen.decode()
            seen += byte
        process.send_signal(which)
        out, err = process.communicate(timeout=30)
        no_process_left(project.root)
        return process.returncode, out.decode(), (seen + err).decode()

    return interrupt


@pytest.mark.parametrize("which, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_keeps_what_it_measured(project, interrupted, which, code):
    returned, out, _ = interrupted(which, "--format", "json")
    assert returned == code
    document = json.loads(out)
    assert document["complete"] is False
    launches = [len(b["launches"]["launch"]) for b in document["benchmarks"]]
    assert sum(launches) > 0 and sum(launches) < 64 * len(launches)
    kept = list((project.root / ".pulsebench" / "runs").glob("*/result.json"))
    assert len(kept) == 1
    assert json.loads(kept[0].read_text())["complete"] is False


def test_an_interrupted_run_does_not_become_a_baseline(project, interrupted):
    project.save("main")
    before = project.baseline("main").read_text()
    returned, _, err = interrupted(signal.SIGINT, "--save", "main")
    assert returned == 130
    assert "not saved as main" in err
    assert project.baseline("main").read_text() == before


def test_last_is_the_last_complete_run(project, interrupted):
    project.save("main")
    interrupted(signal.SIGINT)
    ran = project.pulsebench("compare", "main", "last")
    assert ran.code == 0, ran.err
