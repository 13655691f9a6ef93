"""The project that README.md shows is built with the installed package, and measured."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["BUILD"])


def succeed(*words):
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{words}:\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def block_after(text, sentence, language):
    return re.search(rf"{re.escape(sentence)}\n\n```{language}\n(.*?)```", text, re.DOTALL)[1]


def test_the_project_of_the_page_is_built_and_its_benchmark_listed(tmp_path):
    page = (ROOT / "README.md").read_text()
    project, prefix, build = tmp_path / "mine", tmp_path / "prefix", tmp_path / "build"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(block_after(page, "In `CMakeLists.txt`:", "cmake"))
    (project / "my_suite.cpp").write_text(block_after(page, "In `my_suite.cpp`:", "cpp"))
    succeed("cmake", "--install", BUILD, "--prefix", prefix)
    succeed("cmake", "-S", project, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}")
    succeed("cmake", "--build", build)
    listed = succeed(prefix / "bin" / "pulsebench", "run", "--list", "--root", tmp_path,
                     "--exe", build / "my_suite")
    assert "numbers/square" in listed
