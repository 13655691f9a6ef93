"""The verdicts on a model of llama.cpp: the same one is unchanged, and one of nine layers instead of eight
has regressed. Prints the figures of docs/workloads.md."""

import json
import subprocess

import pytest
from conftest import BUILD, LLAMA, RANDOM_MODEL, WORKLOADS, needs_packages

VOCABULARY = BUILD / "suites/inference/llama.cpp/models/ggml-vocab-gpt-2.gguf"
DECISIVE = ("prompt/64", "peak_rss")
pytestmark = needs_packages


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A model of eight layers and one of nine, which are else equal."""
    folder = tmp_path_factory.mktemp("models")
    for layers in ("8", "9"):
        subprocess.run([RANDOM_MODEL, VOCABULARY, layers, folder / layers], check=True)
    return {layers: folder / f"{layers}-q8_0.gguf" for layers in ("8", "9")}


def compare(project, old, new):
    """The judgement of each decisive metric, by its name."""
    for side, model in (("old", old), ("new", new)):
        folder = project.root / side
        folder.mkdir()
        (folder / "inference_llama").symlink_to(LLAMA)
        (folder / "model.gguf").symlink_to(model)
    workload = {**WORKLOADS["inference/llama"], "command": ["{build}/inference_llama", "{build}/model.gguf"]}
    for key in ("needs", "parameters"):
        del workload[key]
    project.configure({"inference/llama": workload})
    names = "|".join(DECISIVE)
    ran = project.pulsebench("ab", "old", "new", "--no-tune", "--filter", f":({names})$",
                             "--max-blocks", "48", "--format", "json", seconds=900)
    benchmarks = json.loads(ran.stdout)["benchmarks"]
    found = {one["id"].partition(":")[2]: one for one in benchmarks}
    for name, one in found.items():
        print(f"\n{name}: {one['verdict']}, {one.get('change_percent')} %, {one.get('blocks')} blocks",
              end="")
    assert set(found) == set(DECISIVE), ran.stderr
    return {name: one["verdict"] for name, one in found.items()}


def test_a_model_is_not_slower_than_itself(project, models):
    verdicts = compare(project, models["8"], models["8"])
    assert "regressed" not in verdicts.values() and "improved" not in verdicts.values(), verdicts
    assert verdicts["peak_rss"] == "unchanged"


def test_one_more_layer_is_found(project, models):
    verdicts = compare(project, models["8"], models["9"])
    assert verdicts["peak_rss"] == "regressed"
    # On a busy machine the time may be undecided, which is no verdict that it is as good.
    assert verdicts["prompt/64"] in ("regressed", "inconclusive"), verdicts
