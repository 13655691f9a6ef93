"""The report programs print the metrics that config/pulsebench.json declares, of models that their labels name."""

import json
import os
import subprocess

import pytest
from conftest import BUILD, LLAMA, ONNX, WORKLOADS, needs_packages

OCR = WORKLOADS["inference/onnx"]["needs"][0].removeprefix("suites/inference/node_modules/")


def modules():
    """The folder of npm packages that this build has."""
    cache = (BUILD / "CMakeCache.txt").read_text().splitlines()
    [given] = [line.partition("=")[2] for line in cache
               if line.startswith("PULSEBENCH_NODE_MODULES:")]
    return given or os.path.join(os.path.dirname(__file__), "../../suites/inference/node_modules")


def report(program, model):
    ran = subprocess.run([program, model], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr, ran.stdout.count("\n")) == (0, "", 1), ran
    return json.loads(ran.stdout)


def values_of(metric):
    return metric if isinstance(metric, list) else [metric]


def check_metrics(metrics, workload):
    assert set(metrics) == set(WORKLOADS[workload]["metrics"])
    assert all(value > 0 for metric in metrics.values() for value in values_of(metric))
    assert metrics["peak_rss"] > metrics["anonymous"]


@needs_packages
@pytest.mark.parametrize("kind", WORKLOADS["inference/llama"]["parameters"]["type"])
def test_llama_reports_every_metric_and_says_that_its_weights_are_random(kind):
    model = BUILD / "inference" / f"random-{kind}.gguf"
    found = report(LLAMA, model)
    metrics = found["metrics"]
    check_metrics(metrics, "inference/llama")
    assert found["label"].startswith("random weights, ")
    assert "libggml-cpu-" in found["label"]
    # The weights are mapped, and a pass over the model reads each but those of other words.
    assert metrics["peak_rss"] * 1024 > model.stat().st_size
    # Each of these reads more words than the one before.
    assert min(metrics["prompt/16"]) < min(metrics["prompt/64"]) < min(metrics["prompt/256"])


@needs_packages
def test_onnx_reports_every_metric_of_real_weights():
    found = report(ONNX, os.path.join(modules(), OCR))
    check_metrics(found["metrics"], "inference/onnx")
    assert found["label"].startswith("real weights: ch_PP-OCRv4_rec_infer.onnx; ONNX Runtime 1.")
    small, large = (min(found["metrics"][f"width/{width}"]) for width in (80, 640))
    assert small < large


@needs_packages
def test_the_report_is_on_descriptor_4_if_the_program_is_started_with_it(tmp_path):
    to = tmp_path / "report"
    words = ["sh", "-c", 'exec "$@" 4>"$0"', to, ONNX, os.path.join(modules(), OCR)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
    check_metrics(json.loads(to.read_text())["metrics"], "inference/onnx")


@needs_packages
@pytest.mark.parametrize("program", [LLAMA, ONNX], ids=["llama", "onnx"])
def test_a_file_that_is_no_model_is_named(program, tmp_path):
    model = tmp_path / "empty"
    model.touch()
    ran = subprocess.run([program, model], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert str(model) in ran.stderr.splitlines()[-1]
    ran = subprocess.run([program], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (
        1, f"{program.name}: usage: {program.name} MODEL [THREADS]\n")


def test_without_the_packages_one_line_for_each_says_how_to_get_them(project):
    project.configure(WORKLOADS, build={"command": "true", "suites": "build"})
    ran = project.pulsebench("run", "--list")
    skipped = [line for line in ran.stderr.splitlines() if line.startswith("skipped: ")]
    assert len(skipped) == 2
    for line, name in zip(skipped, WORKLOADS):
        assert line.startswith(f"skipped: workload '{name}': ")
        assert line.endswith(" of npm: config/bootstrap.sh inference, then build")
