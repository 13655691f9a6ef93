"""The packages by the rules of Debian, twice the same, and in a clean root of the release that they
were made on. Takes minutes, and needs root and an archive of Debian."""

import contextlib
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import BUILD, make_packages
from debian_root import DebianRoot, why_not

SOURCE = Path(__file__).resolve().parents[2]
RELEASE = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(), re.MULTILINE)[1]
FOLDER = BUILD / "debian"


def test_lintian_finds_no_error_and_no_warning(debian_packages):
    if not shutil.which("lintian"):
        pytest.skip("lintian is not installed; run config/bootstrap.sh package")
    ran = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", *debian_packages.values()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout + ran.stderr


@pytest.mark.parametrize("kind", ["DEB", "TGZ"])
def test_the_same_build_gives_the_same_bytes(tmp_path, kind):
    one, other = tmp_path / "one", tmp_path / "other"
    first, second = make_packages(one, kind), make_packages(other, kind)
    assert first.keys() == second.keys()
    for name, file in first.items():
        assert file.read_bytes() == second[name].read_bytes(), name


@pytest.fixture(scope="module")
def clean_root():
    missing = why_not()
    if missing:
        pytest.skip(missing)
    root = DebianRoot(RELEASE, FOLDER)
    root.prepare()
    return root


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def readme_block(sentence, language):
    page = (SOURCE / "README.md").read_text()
    return re.search(rf"{re.escape(sentence)}\n\n```{language}\n(.*?)```", page, re.DOTALL)[1]


INSTALL = """
apt-get -q update
apt-get -qy install --no-install-recommends /packages/pulsebench_*.deb
pulsebench --version
test -s /usr/share/man/man1/pulsebench-run.1.gz
apt-get -qy install --no-install-recommends /packages/pulsebench-harness-dev_*.deb \\
  g++ cmake make git ca-certificates
"""

# "In your own project": with any Google Benchmark program, and with the harness.
OWN_PROJECT = """
cd /project/plain
git init -q -b main
git config user.name Test
git config user.email test@example.org
printf '/build/\\n/.pulsebench/\\n' > .gitignore
git add -A
git commit -qm 'first'
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
cmake --build build
pulsebench init
pulsebench run --save main
pulsebench ab main
cd /project/harness
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
cmake --build build
pulsebench run --exe build/my_suite --save main
pulsebench run --exe build/my_suite --compare main
pulsebench run --exe build/my_suite --list
echo DONE
"""

PLAIN_CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(plain LANGUAGES CXX)
find_package(benchmark REQUIRED)
add_executable(plain_benchmark plain.cpp)
target_link_libraries(plain_benchmark PRIVATE benchmark::benchmark_main)
"""
PLAIN_CPP = """
#include <benchmark/benchmark.h>

static void BM_sum(benchmark::State& state) {
  for (auto _ : state) {
    long sum = 0;
    for (long i = 0; i < 100; ++i) benchmark::DoNotOptimize(sum += i);
  }
}
BENCHMARK(BM_sum);
"""


def write_projects(folder):
    plain, harness = folder / "plain", folder / "harness"
    plain.mkdir(parents=True)
    harness.mkdir()
    (plain / "CMakeLists.txt").write_text(PLAIN_CMAKE)
    (plain / "plain.cpp").write_text(PLAIN_CPP)
    (harness / "CMakeLists.txt").write_text(readme_block("In `CMakeLists.txt`:", "cmake"))
    (harness / "my_suite.cpp").write_text(readme_block("In `my_suite.cpp`:", "cpp"))


def test_the_packages_install_in_a_clean_root_and_measure_a_project(clean_root, debian_packages, tmp_path):
    write_projects(tmp_path / "project")
    folder = next(iter(debian_packages.values())).parent
    printed = clean_root.run(INSTALL + OWN_PROJECT, limit=1800,
                             folders=[(folder, "/packages"), (tmp_path / "project", "/project")])
    assert printed.endswith("DONE\n")
    assert "numbers/square" in printed and "BM_sum" in printed


TARBALL = """
tar -xf /tarball/pulsebench-*.tar.gz -C /opt
cd /opt/pulsebench-*
bin/pulsebench --version
bin/pulsebench help run | head -1
bin/pulsebench doctor || test $? -le 2
bin/pulsebench counters list
echo DONE
"""


def test_the_tarball_runs_in_a_root_without_any_package_of_ours(clean_root, tarball):
    printed = clean_root.run(TARBALL, folders=[(tarball.parent, "/tarball")])
    assert printed.endswith("DONE\n")
    assert "libpfm" in printed  # which is absent there, and named


KILLED = """
import sys
sys.path.insert(0, sys.argv[1])
from debian_root import DebianRoot
DebianRoot(sys.argv[2], sys.argv[3]).run("touch /project/started; exec sleep 86399",
                                         folders=[(sys.argv[4], "/project")])
"""


def sleepers():
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended
            lines.append(file.read_bytes())
    return [line for line in lines if line == b"sleep\0" + b"86399\0"]


def test_a_test_that_is_killed_leaves_no_process_and_no_mount(clean_root, tmp_path):
    words = [sys.executable, "-c", KILLED, Path(__file__).parent, RELEASE, FOLDER, tmp_path]
    with subprocess.Popen([str(word) for word in words]) as test:
        wait_for(lambda: (tmp_path / "started").exists() and sleepers())
        test.kill()
    wait_for(lambda: not sleepers())
    assert str(FOLDER) not in Path("/proc/self/mounts").read_text()


def test_nothing_of_a_root_is_left(clean_root):
    clean_root.run("touch /left-behind")
    mounts = Path("/proc/self/mounts").read_text()
    assert str(FOLDER) not in mounts
    assert list((FOLDER / "scratch").iterdir()) == []
    assert not (clean_root.base / "left-behind").exists()
