"""Projects whose workloads are measured."""

import json

REPORT = """#!/bin/sh
echo "loading $1"
echo '{"metrics":{"load":[1.5,1.6,1.4],"rate":@RATE@,"peak":37.25},"label":"random weights"}'
"""
# The memory of what is read: nearly exact, whatever the machine does meanwhile.
EATER = "dd if=/dev/zero of=/dev/null bs={}M count=1"


def configure(project, **workloads):
    config = json.loads((project.root / "config/pulsebench.json").read_text())
    config["suites"] = []
    config["workloads"] = workloads
    project.write("config/pulsebench.json", json.dumps(config))


def report_program(project, rate, name="report.sh"):
    path = project.write(name, REPORT.replace("@RATE@", str(rate)))
    path.chmod(0o755)


METRICS = {"load": {"unit": "ms"}, "rate": {"unit": "1/s"}, "peak": {"unit": "MiB"}}
AI = {"kind": "report", "command": ["./report.sh", "{build}"], "metrics": METRICS, "tier": 0}


def row(ran, name):
    return next(line for line in ran.out.splitlines() if name in line)


def cmdline(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""
