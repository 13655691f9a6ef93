"""The report program that starts the real server cold and warm."""

import json
import os
import subprocess
import time
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


def test_its_files_are_in_the_folder_that_is_named(tmp_path):
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    assert start(other, SERVER, BATCH, folder).returncode == 0
    assert {path.name for path in folder.iterdir()} == {"server", "db"}
    assert list(other.iterdir()) == []


def test_no_server_outlives_it(tmp_path):
    """The server never listens, and says its process."""
    server = tmp_path / "server.sh"
    server.write_text(f'#!/bin/sh\necho $$ > "{tmp_path}/pid"\nexec sleep 86399\n')
    server.chmod(0o755)
    program = subprocess.Popen([START, server, BATCH], env={**os.environ, "TMPDIR": str(tmp_path)})
    until = time.monotonic() + 60
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().endswith("\n"):
        assert time.monotonic() < until
        time.sleep(0.01)
    process = Path("/proc") / (tmp_path / "pid").read_text().strip()
    program.kill()
    program.wait()
    while process.exists() and b"86399" in (process / "cmdline").read_bytes():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_server_that_does_not_start_is_named(tmp_path):
    for program in ("/bin/true", "/bin/no-such-program"):
        ran = start(tmp_path, program, BATCH)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"workflow_start: {program} does not start, or does not answer\n"
    assert start(tmp_path, SERVER).returncode == 2
    assert list(tmp_path.iterdir()) == []
