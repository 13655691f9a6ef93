"""Where the programs and servers of workloads spend their time."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from conftest import SOURCE

KNOWN = os.environ["KNOWN_SHARES"]
SERVER = Path(os.environ["PULSEBENCH"]).parent / "http_server"
SERVICE = {
    "command": ["./orderd", "127.0.0.1:{port.http}"],
    "ready": {"http": "http://127.0.0.1:{port.http}/health", "within_ms": 20000},
}
# Nearly all of its time is in functions of known shares, by the length of their chains.
COMPUTES = [KNOWN, "--benchmark_filter=^profiled/known_shares$", "--benchmark_min_time=0.1"]
COMMAND = {"kind": "command", "command": COMPUTES, "tier": 3}
LOAD = {"kind": "load", "service": SERVICE, "request": {"path": "/orders"}, "profiles": ["light"], "tier": 3}

pytestmark = pytest.mark.skipif(bool(os.environ["SANITIZED"]), reason="a sanitizer's stacks are deep")


def configure(project, **workloads):
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["suites"] = []
    config["workloads"] = workloads
    project.write("config/pulsebench.json", json.dumps(config))


def script(project, name, text):
    project.write(name, "#!/bin/sh\n" + text + "\n").chmod(0o755)


def profiled(project, workload, *words):
    ran = project.pulsebench("profile", "cpu", workload, "--time-budget", "1s", *words)
    if ran.code == 3 and ("perf events are" in ran.err or "ulimit -l" in ran.err):
        pytest.skip("needs perf events")
    assert ran.code == 0, ran.err
    return ran


def document_of(project, workload, *words):
    document = profiled(project, workload, "--format", "json", *words).json()
    schema = json.loads((SOURCE / "docs" / "profile.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


def share(document, function, of="self_percent"):
    return sum(spot[of] for spot in document["spots"] if f"::{function}(" in spot["name"])


def has_known_shares(document):
    """A tenth of the time or so is the program's start."""
    all_three = sum(share(document, name) for name in ("alpha", "leaf", "beta"))
    assert all_three > 60
    assert share(document, "alpha") / all_three == pytest.approx(0.50, abs=0.04)
    assert share(document, "leaf") / all_three == pytest.approx(0.30, abs=0.04)
    assert share(document, "beta") / all_three == pytest.approx(0.20, abs=0.04)


def functions_of(document, stack):
    return [document["frames"][number]["function"] for number in stack["frames"]]


def test_a_run_of_a_command_has_the_shares_that_it_is_known_to_have(project):
    configure(project, compute=COMMAND)
    document = document_of(project, "compute")
    has_known_shares(document)
    assert document["benchmark"] == "compute"
    assert document["cost_of"] == "run" and document["sampled_by"] == "perf"
    # At least the time that the program measures for.
    assert document["ns_per_op"] > 0.1e9
    assert "of a run of compute" in document["summary"] and "of CPU time" in document["summary"]
    whole = max(document["stacks"], key=lambda stack: stack["samples"])
    assert "main" in functions_of(document, whole)
    assert not any("pulsebench-meter" in spot["file"] for spot in document["spots"])


def test_processes_that_a_command_starts_are_part_of_it(project):
    # The shell starts one program, and becomes another.
    script(project, "both.sh", f"{' '.join(COMPUTES)} >/dev/null\nexec dd if=/dev/zero of=/dev/null bs=1M count=500")
    configure(project, both={**COMMAND, "command": ["./both.sh"]})
    document = document_of(project, "both:wall")
    assert share(document, "alpha") > 5
    assert any("read" in spot["name"] or "dd" in spot["name"] for spot in document["spots"])


def test_a_program_that_reports_is_sampled_while_it_does(project):
    script(project, "report.sh", f"{' '.join(COMPUTES)} >/dev/null 2>&1\n" """echo '{"metrics":{"load":1.5}}'""")
    configure(project, model={"kind": "report", "command": ["./report.sh"], "metrics": {"load": {"unit": "ms"}}})
    document = document_of(project, "^model")
    has_known_shares(document)
    assert document["cost_of"] == "run"
    assert document["ns_per_op"] > 0.1e9


def test_a_server_is_sampled_while_it_answers(project, no_process_left):
    script(project, "orderd", f'exec {SERVER} "$@" work=50000')
    configure(project, orders=LOAD)
    document = document_of(project, "orders/light")
    assert document["cost_of"] == "request"
    # 50 us of work a request; the rest is the kernel's.
    assert 50_000 < document["ns_per_op"] < 500_000
    main = next(spot for spot in document["spots"] if spot["name"] == "main")
    assert main["total_percent"] > 90
    asks_the_clock = sum(stack["samples"] for stack in document["stacks"]
                         if any("clock" in name or "vdso" in name for name in functions_of(document, stack)))
    assert asks_the_clock > 0.2 * document["samples"]
    no_process_left(SERVER)


def test_the_page_names_the_workload_and_each_export_is_written(project):
    configure(project, compute=COMMAND)
    files = {name: project.root / f"flame.{name}" for name in ("svg", "folded", "pprof", "html")}
    ran = profiled(project, "compute", *[word for name, file in files.items() for word in ("--export", f"{name}={file}")])
    said = " ".join(ran.out.split())
    assert "of a run of compute:" in said and " by perf events in " in said and " runs" in said
    assert all(file.stat().st_size > 100 for file in files.values())
    assert any(line.startswith("_start;") for line in files["folded"].read_text().splitlines())


def test_time_that_a_run_waits_is_said_to_be_unseen(project):
    script(project, "waits.sh", f"sleep 0.3; exec {' '.join(COMPUTES)}")
    configure(project, waits={**COMMAND, "command": ["./waits.sh"]})
    (unseen,) = [line for line in document_of(project, "waits")["unseen"] if "waits for" in line]
    assert unseen.startswith("a run waits for ") and unseen.endswith(" % of its time, which is not sampled")


@pytest.mark.parametrize("words, said", [
    (["--timer"], "'compute:wall' needs perf events"),
    (["--against", "."], "'compute' is a workload, of which no two profiles are compared"),
])  # fmt: skip
def test_what_a_workload_cannot_have_is_one_line(project, words, said):
    configure(project, compute=COMMAND)
    ran = project.pulsebench("profile", "cpu", "compute", *words)
    assert ran.code == 2
    assert said in " ".join(ran.only_error().split())


def test_a_command_that_fails_says_how(project):
    configure(project, fails={**COMMAND, "command": ["sh", "-c", "echo no disk >&2; exit 3"]})
    ran = project.pulsebench("profile", "cpu", "fails")
    assert ran.code == 3
    assert "it exited with code 3, and 0 was expected; last output: no disk" in ran.only_error()
