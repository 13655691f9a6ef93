"""What the commands write with --format json is what docs/result.schema.json says, key by key."""

import json
import math
import statistics

import jsonschema
import pytest
from conftest import SOURCE

SCHEMA = json.loads((SOURCE / "docs" / "result.schema.json").read_text())


def undescribed(value, schema, path=""):
    """Keys that the schema does not name."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for key, inner in value.items():
            if key in known:
                yield from undescribed(inner, known[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}"
    elif isinstance(value, list) and "items" in schema:
        for inner in value:
            yield from undescribed(inner, schema["items"], path + "[]")


def fits(ran, name):
    document = ran.json()
    schema = {"$ref": f"#/$defs/{name}"}
    jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).validate(document)
    assert list(undescribed(document, schema)) == []
    return document


def test_compare(measured):
    ran = measured.pulsebench("compare", "main", "pr-123", "--format", "json")
    assert fits(ran, "comparison")["kind"] == "compare"


def test_compare_with_an_approval(project):
    project.save("main")
    project.save("pr-123", "--inject", "good/fast=15")
    project.pulsebench("baseline", "approve", "good/fast", "--reason", "worth it")
    ran = project.pulsebench("compare", "main", "pr-123", "--format", "json")
    document = fits(ran, "comparison")
    assert document["verdict"] == "approved"
    assert [b["id"] for b in document["benchmarks"] if b["approval"]] == ["good/fast"]


@pytest.mark.parametrize("suite", ["fake_good", "fake_crash"])
def test_ab(project, suite):
    program = project.suite(suite)
    ran = project.pulsebench("ab", program, program, "--format", "json", "--inject", "good/fast=10")
    document = fits(ran, "comparison")
    assert document["kind"] == "ab" and 0 < document["visit_share"] < 1
    assert document["exit_code"] == ran.code
    for benchmark in document["benchmarks"]:
        blocks = benchmark.get("blocks_log_ratio", [])
        assert len(blocks) == benchmark.get("blocks", 0) <= 256
        if ratio := benchmark.get("median_ratio"):
            middle = math.exp(statistics.median(low for low, mean in blocks))
            assert middle == pytest.approx(ratio, abs=1e-3)


@pytest.mark.parametrize("suite", ["fake_good", "fake_crash"])
def test_noise(project, suite):
    words = ["noise", "--exe", project.suite(suite), "--format", "json", "--max-blocks", "6"]
    fits(project.pulsebench(*words), "noise")


def test_the_self_proof(project):
    words = ["noise", "--exe", project.suite("fake_crash"), "--inject", "9", "--rounds", "2"]
    document = fits(project.pulsebench(*words, "--format", "json"), "proof")
    assert [failed["id"] for failed in document["failed"]] == ["bad/crash"]
