"""The programs of suites/inference and their models, as they are built, and projects that measure them."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["BUILD"])
PULSEBENCH = os.environ["PULSEBENCH"]
LLAMA, ONNX, RANDOM_MODEL = (BUILD / "bin" / name for name in
                             ("inference_llama", "inference_onnx", "random_model"))
CONFIGURED = json.loads((ROOT / "config" / "pulsebench.json").read_text())["workloads"]
WORKLOADS = {name: CONFIGURED[name] for name in ("inference/llama", "inference/onnx")}

needs_packages = pytest.mark.skipif(
    not (LLAMA.exists() and ONNX.exists()),
    reason="suites/inference is not built: run config/bootstrap.sh inference, and build again")


class Project:
    def __init__(self, root):
        self.root = root

    def configure(self, workloads, **build):
        (self.root / "pulsebench.json").write_text(json.dumps({"workloads": workloads, **build}))

    def pulsebench(self, *words, seconds=100):
        return subprocess.run([PULSEBENCH, *words], cwd=self.root, capture_output=True, text=True,
                              timeout=seconds, check=False)


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)
