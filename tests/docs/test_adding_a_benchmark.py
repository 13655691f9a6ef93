"""A benchmark is one new file: the page's own, in a copy of the tree, built and listed."""

import os
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "adding-a-benchmark.md"


def run(*words, cwd, **environment):
    ran = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True,
                         env={**os.environ, **environment}, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_one_new_file_is_a_new_benchmark(tmp_path):
    text = PAGE.read_text()
    code = re.search(r"```cpp\n(.*?)```", text, re.S).group(1)
    place = re.search(r"as `(suites/[^`]+\.cpp)`", text).group(1)
    name = re.search(r'->Name\("([^"]+)"\)', code).group(1)
    suite = pathlib.Path(place).parent.name

    tree = tmp_path / "tree"
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).split()
    for file in files:
        if (ROOT / file).is_file():
            (tree / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, tree / file)
    assert not (tree / place).exists()
    (tree / place).write_text(code)

    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    run("cmake", "--preset", "release", *launcher, cwd=tree)
    run("cmake", "--build", "build/release", "--target", suite, cwd=tree,
        CCACHE_BASEDIR=str(tree))
    listed = run(pathlib.Path(os.environ["BUILD"]) / "bin" / "pulsebench", "run", "--list", "--exe",
                 tree / "build/release/bin/suites" / suite, cwd=tree)
    assert name in listed
