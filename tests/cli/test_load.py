"""Servers under load, judged as benchmarks are."""

import contextlib
import json
import os
import signal
from pathlib import Path

import pytest

SERVER = Path(os.environ["PULSEBENCH"]).parent / "http_server"
SERVICE = {
    "command": ["{build}/orderd", "127.0.0.1:{port.http}"],
    "ready": {"http": "http://127.0.0.1:{port.http}/health", "within_ms": 20000},
}


def configure(project, profiles, **fields):
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["suites"] = []
    config.pop("build", None)  # {build} is the root then
    config["workloads"] = {
        "http/orders": {"kind": "load", "service": SERVICE, "request": {"path": "/orders"},
                        "profiles": profiles, "tier": 0, **fields}}  # fmt: skip
    project.write("config/pulsebench.json", json.dumps(config))


def build(project, name, options, script="exec {server} \"$@\" {options}"):
    path = project.write(f"{name}/orderd", "#!/bin/sh\n" + script.format(server=SERVER, options=options) + "\n")
    path.chmod(0o755)
    return path.parent


def benchmarks_of(ran):
    assert ran.out, ran.err
    return {one["id"]: one for one in ran.json()["benchmarks"]}


def said(ran):
    """All words, wherever a line was broken."""
    return " ".join((ran.out + ran.err).split())


def test_a_server_that_takes_longer_has_regressed(project, no_process_left):
    configure(project, ["light"], metrics={"request_time": {}, "server_cpu": {}, "max_rss": {}})
    old, new = build(project, "old", "work=20000"), build(project, "new", "work=60000")
    ran = project.pulsebench("ab", old, new, "--format", "json")
    assert ran.code == 1, ran.err
    found = benchmarks_of(ran)
    assert found["http/orders/light:request_time"]["verdict"] == "regressed"
    # How much longer a request takes is the machine's too: 63 % here, 23 % beside compilers.
    assert found["http/orders/light:server_cpu"]["verdict"] == "regressed"
    assert found["http/orders/light:server_cpu"]["change_percent"] > 20
    assert found["http/orders/light:max_rss"]["metric"]["unit"] == "B"
    assert found["http/orders/light:max_rss"]["verdict"] == "unchanged"
    no_process_left(SERVER)


def test_a_run_keeps_the_figures_of_closed_and_open_loops(project):
    configure(project, ["light", "load"])
    build(project, ".", "work=20000")
    ran = project.pulsebench("run", "--preset", "quick", "--format", "json")
    found = benchmarks_of(ran)
    if ran.code == 3 and "client too slow" in ran.out:
        pytest.skip("this machine is too busy for an open loop")
    assert ran.code == 0, ran.err
    assert found["http/orders/light:request_time"]["label"] == "closed loop, 10 connections"
    assert "http/orders/load:request_time" not in found  # of an open loop it is the schedule's
    assert found["http/orders/load:p50"]["label"].startswith("open loop, ")
    # 20 us of work a request; the rest is the kernel's.
    assert 20_000 < found["http/orders/light:server_cpu"]["median_ns_per_op"] < 200_000


@pytest.mark.parametrize("options, code, word", [("", 0, "met"), ("fail_every=500", 6, "missed")])
def test_an_error_rate_is_met_or_missed(project, options, code, word):
    configure(project, ["light"], metrics={"errors": {}}, targets={"error_rate": 0.001})
    build(project, ".", options)
    ran = project.pulsebench("run", "--preset", "quick", "--enforce-targets", "--format", "json")
    assert ran.code == code, ran.out + ran.err
    (errors,) = benchmarks_of(ran).values()
    # In a million: 0, or 1 of 500.
    assert errors["median"] == pytest.approx(0 if word == "met" else 2000, rel=0.2)
    assert (errors["interval"]["high"] <= 1000) == (word == "met")


def test_a_server_that_does_not_start_says_why(project):
    configure(project, ["light"])
    build(project, ".", "", script="echo 'no such table' >&2; exit 3")
    ran = project.pulsebench("run", "--preset", "quick")
    assert ran.code == 3
    assert "it exited with code 3; last output: no such table" in said(ran)
    assert (project.root / ".pulsebench/logs/http-orders.log").read_text() == "no such table\n"


def test_a_wrong_answer_is_no_measurement(project):
    configure(project, ["light"], expect={"status": 200, "body_contains": "\"order\""})
    build(project, ".", "")
    ran = project.pulsebench("run", "--preset", "quick")
    assert ran.code == 3
    assert "the body of the answer does not contain '\"order\"'" in said(ran)


@pytest.mark.parametrize("profiles, fields, message", [
    (["ligth"], {}, "no profile 'ligth'; there are smoke, light, medium, heavy, load, stress, spike, soak; "
                    "did you mean light?"),
    (["stress"], {}, "set targets.p99_ms"),
    ([], {}, "'workloads.http/orders.profiles' is empty"),
    (["light"], {"metrics": {"p98": {}}}, "did you mean p99?"),
    (["light"], {"request": {"headers": {"Host": "x"}}}, "the header 'Host' is set already; remove it"),
    (["light"], {"service": {"command": ["a"]}}, "'workloads.http/orders.service.ready' is missing"),
])  # fmt: skip
def test_what_is_wrong_is_one_line(project, profiles, fields, message):
    configure(project, profiles, **fields)
    build(project, ".", "")
    ran = project.pulsebench("run", "--list")
    assert ran.code == 2
    assert message in ran.only_error()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_server_outlives_an_interrupted_run(project, how, wait_until, no_process_left):
    configure(project, ["soak"])
    build(project, ".", "work=20000")
    scratch = project.root / "tmp"
    scratch.mkdir()
    project.environment["TMPDIR"] = str(scratch)
    started = project.start("run", "--preset", "rigorous")

    def servers():
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                found += [process] if os.readlink(process / "exe") == str(SERVER) else []
        return found

    wait_until(servers, "a server")
    os.kill(started.pid, how)
    started.communicate()
    wait_until(lambda: not servers(), "the end of the server")
    wait_until(lambda: not list(scratch.iterdir()), "the end of its folder")
    no_process_left(SERVER)
