"""The published schema, the writer and the reader agree on what a result is."""

import copy
import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["PULSEBENCH_SCHEMA_DOCUMENTS"]
SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written():
    done = subprocess.run([PROGRAM, "write"], capture_output=True, check=True)
    return json.loads(done.stdout)


def reader_accepts(document):
    text = json.dumps(document).encode()
    return subprocess.run([PROGRAM, "check"], input=text, stderr=subprocess.DEVNULL).returncode == 0


def damaged(damage):
    document = copy.deepcopy(written())
    damage(document)
    return document


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_is_written_fits_the_schema_and_is_read():
    document = written()
    VALIDATOR.validate(document)
    assert {b["status"] for b in document["benchmarks"]} == {"ok", "crashed"}
    assert reader_accepts(document)


def test_every_written_key_is_described():
    def undescribed(value, schema, path=""):
        if "$ref" in schema:
            schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(value, dict):
            known = schema.get("properties", {})
            for key, inner in value.items():
                if key in known:
                    yield from undescribed(inner, known[key], f"{path}.{key}")
                elif "additionalProperties" not in schema:
                    yield f"{path}.{key}"
        elif isinstance(value, list) and "items" in schema:
            for inner in value:
                yield from undescribed(inner, schema["items"], path + "[]")

    assert list(undescribed(written(), SCHEMA)) == []


def first(document):
    return document["benchmarks"][0]


BOTH_REFUSE = {
    "another schema": lambda d: d.update(schema="other"),
    "a newer version": lambda d: d.update(schema_version=3),
    "no run id": lambda d: d.pop("run_id"),
    "no machine key": lambda d: d["machine"].pop("key"),
    "no benchmarks": lambda d: d.pop("benchmarks"),
    "a seed below zero": lambda d: d.update(seed=-1),
    "an unknown tier": lambda d: first(d).update(tier=4),
    "an unknown role": lambda d: first(d).update(role="ceiling"),
    "an unknown status": lambda d: first(d).update(status="fine"),
    "version zero": lambda d: first(d).update(version=0),
    "no threads": lambda d: first(d).update(threads=0),
    "an empty id": lambda d: first(d).update(id=""),
    "ok without a value": lambda d: first(d).pop("median_ns_per_op"),
    "ok without launches": lambda d: first(d).pop("launches"),
    "a crash without a reason": lambda d: d["benchmarks"][2].pop("reason"),
    "a value of zero": lambda d: first(d).update(median_ns_per_op=0),
    "a negative quantile": lambda d: first(d)["quantiles_ns_per_op"].append(-1),
    "a null in a column": lambda d: first(d)["launches"]["p25_ns_per_op"].__setitem__(0, None),
    "a launch twice": lambda d: first(d)["launches"]["launch"].__setitem__(1, 0),
    "a launch of no slices": lambda d: first(d)["launches"]["slices"].__setitem__(0, 0),
    "a missing column": lambda d: first(d)["launches"].pop("reference_ns"),
    "an import from nowhere": lambda d: d.update(kind="imported"),
    "an import without its tool": lambda d: d.update(imported_from={"format": "go"}),
    "an aggregate without a figure": lambda d: first(d).update(aggregate_of={"count": 3}),
    "a fact that is a number": lambda d: d["machine"]["shown"].update(cpus=2),
}


@pytest.mark.parametrize("what", BOTH_REFUSE)
def test_schema_and_reader_both_refuse(what):
    document = damaged(BOTH_REFUSE[what])
    assert not VALIDATOR.is_valid(document)
    assert not reader_accepts(document)


def import_aggregate(document):
    document.update(kind="imported", imported_from={"tool": "go test"})
    del first(document)["launches"]
    first(document).update(aggregate_of={"figure": "median", "count": 3}, foreign_name="\n")


def measure_memory(document):
    """What a metric in another unit looks like: the same keys without "_ns_per_op"."""
    def plain(value):
        if isinstance(value, dict):
            return {key.removesuffix("_ns_per_op"): plain(inner) for key, inner in value.items()}
        return value

    metric = {"name": "max_rss", "unit": "B", "better": "lower"}
    document["benchmarks"][0] = plain(first(document)) | {"metric": metric}


BOTH_ACCEPT = {
    "version 1": lambda d: d.update(schema_version=1),
    "a metric": measure_memory,
    "an import of an aggregate": import_aggregate,
    "a new field": lambda d: d.update(a_new_field={"deep": [1]}),
    "a new field of a benchmark": lambda d: first(d).update(a_counter=5),
    "no benchmarks at all": lambda d: d.update(benchmarks=[]),
    "a partial result of a crash": lambda d: first(d).update(status="crashed", reason="SIGSEGV"),
}


@pytest.mark.parametrize("what", BOTH_ACCEPT)
def test_schema_and_reader_both_accept(what):
    document = damaged(BOTH_ACCEPT[what])
    VALIDATOR.validate(document)
    assert reader_accepts(document)
