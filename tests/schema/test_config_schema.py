"""docs/config.schema.json and the parser accept and refuse the same configurations."""

import json
import os
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "config.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def parser_accepts(document):
    ran = subprocess.run([os.environ["PULSEBENCH_SCHEMA_DOCUMENTS"], "config"],
                         input=json.dumps(document).encode(), stderr=subprocess.DEVNULL, check=False)
    return ran.returncode == 0


LOAD = {"kind": "load", "profiles": ["light", "load"], "service": {
    "command": ["{build}/orderd", "{port.http}"], "environment": {"A": "1"},
    "working_directory": "data", "fresh_every_blocks": 4, "stop": {"signal": "INT", "within_ms": 9},
    "ready": {"http": "http://127.0.0.1:{port.http}/health", "within_ms": 100}}}
LAUNCHES = {"0": 20, "1": 16, "2": 16, "3": 16}
ACCEPTED = {
    "nothing": {},
    "of this project": json.loads((ROOT / "config" / "pulsebench.json").read_text()),
    "paths": {"suites": ["build/bench", "build/*_bench"]},
    "an entry with everything": {"suites": [
        {"path": "build/bench", "args": ["--data", ""], "working_directory": "data",
         "environment": {"SIZE": "3", "EMPTY": ""}, "time_limit_s": 0.5, "tier": 3,
         "requires": "liblmdb: apt install liblmdb-dev"}]},
    "rules": {"project": "snappy", "default_tier": 1, "benchmarks": [
        {"match": "^parse/", "tier": 0, "threshold_percent": 3, "target_ns_per_op": 50},
        {"match": ".", "max_allocations_per_op": 0}]},
    "a command": {"workloads": {"cli/pack": {
        "kind": "command", "command": ["{build}/pack", "-{level}"], "parameters": {"level": ["1", "9"]},
        "metrics": {"wall": {}, "max_rss": {"threshold_percent": 3, "effect": "warn"}}, "tier": 3,
        "environment": {"A": "1"}, "working_directory": "data", "time_limit_s": 5, "needs": ["a"], "requires": "b",
        "expect": {"exit_code": 1}}}},
    "a report": {"workloads": {"ai": {
        "kind": "report", "command": ["ai"], "metrics": {"x": {"unit": "MiB", "better": "higher"}}}}},
    "a load": {"workloads": {"http": {**LOAD, "tier": 1, "metrics": {"p99": {"effect": "inform"}},
        "request": {"method": "POST", "path": "/a", "body": "{}", "headers": {"A": "b"}},
        "targets": {"p99_ms": 20, "error_rate": 0.001, "max_rss_mb": 256},
        "expect": {"status": 201, "body_contains": "id"}}}},
    "a build": {"$schema": "x.json", "build": {"command": "make", "suites": "out"}},
    "a preset": {"presets": {"nightly": {"launches": LAUNCHES}}, "default_preset": "nightly"},
    "a tier": {"tiers": {"0": {"threshold_percent": 0.1, "alpha": 0.5, "effect": "inform",
                               "budget_ns_per_op": None, "target_ns_per_op": 1}}},
    "whole numbers that are written with a point": {"sampling": {"visit_ms": 20.0}},
}  # fmt: skip
REFUSED = {
    "a load without a service": {"workloads": {"http": {"kind": "load", "profiles": ["light"]}}},
    "a load without profiles": {"workloads": {"http": {**LOAD, "profiles": []}}},
    "a load that is a command": {"workloads": {"http": {**LOAD, "command": ["a"]}}},
    "a command with profiles": {"workloads": {"a": {
        "kind": "command", "command": ["a"], "profiles": ["light"]}}},
    "two kinds of readiness": {"workloads": {"http": {**LOAD, "service": {
        "command": ["a"], "ready": {"http": "http://127.0.0.1:1", "unix": "/a"}}}}},
    "two bodies": {"workloads": {"http": {**LOAD, "request": {"body": "a", "body_file": "b"}}}},
    "an error rate above one": {"workloads": {"http": {**LOAD, "targets": {"error_rate": 2}}}},
    "a metric that a load does not have": {"workloads": {"http": {**LOAD, "metrics": {"wall": {}}}}},
    "an exit code of a server": {"workloads": {"http": {**LOAD, "expect": {"exit_code": 0}}}},
    "a list": [],
    "an unknown key": {"suite": []},
    "another schema": {"schema": "pulsebench-result"},
    "a newer version": {"version": 2},
    "an empty path": {"suites": [""]},
    "a number for a suite": {"suites": [1]},
    "an entry without a path": {"suites": [{"args": []}]},
    "an unknown key of an entry": {"suites": [{"path": "a", "arguments": []}]},
    "arguments that are no list": {"suites": [{"path": "a", "args": "--x"}]},
    "an argument that is a number": {"suites": [{"path": "a", "args": [1]}]},
    "a variable that is a number": {"suites": [{"path": "a", "environment": {"A": 1}}]},
    "a variable with another name": {"suites": [{"path": "a", "environment": {"A B": "1"}}]},
    "a requirement without words": {"suites": [{"path": "a", "requires": ""}]},
    "a workload of no kind": {"workloads": {"a": {"command": ["a"]}}},
    "a workload of another kind": {"workloads": {"a": {"kind": "load", "command": ["a"]}}},
    "a workload without a command": {"workloads": {"a": {"kind": "command"}}},
    "a command that is a text": {"workloads": {"a": {"kind": "command", "command": "a b"}}},
    "a report without metrics": {"workloads": {"a": {"kind": "report", "command": ["a"]}}},
    "a metric without a unit": {"workloads": {"a": {"kind": "report", "command": ["a"], "metrics": {"x": {}}}}},
    "a unit of a command": {"workloads": {"a": {"kind": "command", "command": ["a"], "metrics": {"wall": {"unit": "ms"}}}}},
    "a metric that no command has": {"workloads": {"a": {"kind": "command", "command": ["a"], "metrics": {"heat": {}}}}},
    "a name with a colon": {"workloads": {"a:b": {"kind": "command", "command": ["a"]}}},
    "a parameter without values": {"workloads": {"a": {"kind": "command", "command": ["a"], "parameters": {"x": []}}}},
    "no time": {"suites": [{"path": "a", "time_limit_s": 0}]},
    "a fifth tier": {"suites": [{"path": "a", "tier": 4}]},
    "a fifth default tier": {"default_tier": 4},
    "half a tier": {"default_tier": 0.5},
    "a rule without an expression": {"benchmarks": [{"tier": 0}]},
    "a long expression": {"benchmarks": [{"match": "(" * 1001}]},
    "an unknown key of a rule": {"benchmarks": [{"match": "a", "threshold": 3}]},
    "a threshold of nothing": {"benchmarks": [{"match": "a", "threshold_percent": 0}]},
    "no name": {"project": ""},
    "a long name": {"project": "x" * 61},
    "an unknown key of the build": {"build": {"commands": "make"}},
    "an unknown tier": {"tiers": {"4": {}}},
    "an unknown effect": {"tiers": {"0": {"effect": "explode"}}},
    "a preset without launches": {"presets": {"p": {}}},
    "a preset without a tier": {"presets": {"p": {"launches": {"0": 1}}}},
    "no launches": {"presets": {"p": {"launches": {**LAUNCHES, "0": 0}}}},
    "an unknown sampling": {"sampling": {"visit": 20}},
    "half a millisecond": {"sampling": {"visit_ms": 1.5}},
}


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ACCEPTED)
def test_both_accept(name):
    VALIDATOR.validate(ACCEPTED[name])
    assert parser_accepts(ACCEPTED[name])


@pytest.mark.parametrize("name", REFUSED)
def test_both_refuse(name):
    assert not VALIDATOR.is_valid(REFUSED[name])
    assert not parser_accepts(REFUSED[name])


def keys_of(schema):
    """Every key that the schema describes, as the page writes it."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from keys_of(inner)
        if "$ref" in inner.get("items", {}):
            yield from keys_of(SCHEMA["$defs"][inner["items"]["$ref"].rsplit("/", 1)[1]])


def test_every_key_is_on_the_page_of_the_configuration():
    page = (ROOT / "docs" / "configuration.md").read_text()
    keys = {key for part in [SCHEMA, *SCHEMA["$defs"].values()] for key in keys_of(part)}
    assert len(keys) > 30
    missing = [key for key in keys if not re.search(rf"`(?:[\w\"]+\.)*{re.escape(key)}`", page)
               and not key.isdigit()]
    assert missing == []
