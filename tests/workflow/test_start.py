"""The report program that starts the real server cold and warm."""

import json
import os
import subprocess
from pathlib import Path

START, SERVER = os.environ["WORKFLOW_START"], os.environ["WORKFLOWD"]
BATCH = Path(__file__).resolve().parents[2] / "examples" / "workflow" / "bodies" / "batch.json"


def start(tmp_path, *words, **options):
    return subprocess.run([START, *words], env={**os.environ, "TMPDIR": str(tmp_path)},
                          capture_output=True, text=True, timeout=60, check=False, **options)


def test_it_prints_one_line_of_metrics_and_leaves_nothing(tmp_path):
    ran = start(tmp_path, SERVER, BATCH)
    assert (ran.returncode, ran.stderr, ran.stdout.count("\n")) == (0, "", 1)
    report = json.loads(ran.stdout)
    assert report["label"].startswith("cold")
    assert set(report["metrics"]) == {"cold_start", "warm_start"}
    assert all(0 < milliseconds < 60_000 for milliseconds in report["metrics"].values())
    assert list(tmp_path.iterdir()) == []


def test_it_prints_to_descriptor_4_if_that_is_open(tmp_path):
    metrics = tmp_path / "metrics"
    ran = subprocess.run(["sh", "-c", 'exec "$@" 4>"$0"', metrics, START, SERVER, BATCH],
                         capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert set(json.loads(metrics.read_text())["metrics"]) == {"cold_start", "warm_start"}


def test_a_server_that_does_not_start_is_named(tmp_path):
    for program in ("/bin/true", "/bin/no-such-program"):
        ran = start(tmp_path, program, BATCH)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"workflow_start: {program} does not start, or does not answer\n"
    assert start(tmp_path, SERVER).returncode == 2
    assert list(tmp_path.iterdir()) == []
