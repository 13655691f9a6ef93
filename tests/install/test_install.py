"""What is installed can be found, built against and measured by a project of somebody else's."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def succeed(*words, **options):
    ran = subprocess.run([str(w) for w in words], capture_output=True, text=True, **options)
    assert ran.returncode == 0, f"{words}:\n{ran.stdout}{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefix")
    succeed("cmake", "--install", os.environ["BUILD"], "--prefix", folder)
    return folder


@pytest.fixture(scope="module")
def consumer(prefix, tmp_path_factory):
    """The consumer's build folder."""
    source = tmp_path_factory.mktemp("consumer") / "source"
    shutil.copytree(HERE / "consumer", source)
    build = source / "build"
    succeed(
        "cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
        f"-DCMAKE_CXX_COMPILER={os.environ['COMPILER']}", f"-DCMAKE_PREFIX_PATH={prefix}",
    )
    succeed("cmake", "--build", build)
    return build


def test_the_installed_program_runs(prefix):
    assert succeed(prefix / "bin" / "pulsebench", "--version").startswith("pulsebench ")


def source_of(package):
    return succeed("dpkg-query", "-W", "-f", "${source:Package}", package)


def test_what_is_installed_lists_every_third_party_library(prefix):
    """Those of the package list, and those that the program is linked with."""
    (page,) = prefix.rglob("THIRD_PARTY.md")
    listed = set(re.findall(r"\| `([a-z0-9.-]+)` \|", page.read_text()))
    sections = (HERE.parents[1] / "config" / "packages.txt").read_text().split("\n\n")
    wanted = {
        package
        for section in sections
        if section.startswith("# libraries")
        for package in section.splitlines()[1:]
    }
    assert wanted and wanted <= listed
    if not shutil.which("dpkg-query"):
        pytest.skip("what owns a library is asked of dpkg; run on Debian")
    sources = {source_of(package) for package in listed - {"libboost-dev"}}
    needed = re.findall(r"=> (/\S+)", succeed("ldd", prefix / "bin" / "pulsebench"))
    for library in needed:
        owner = succeed("dpkg-query", "-S", os.path.basename(os.path.realpath(library))).split(":")[0]
        source = source_of(owner)
        assert source in sources or source == "glibc" or source.startswith("gcc-"), library


def test_the_program_is_hardened(prefix):
    """Full RELRO, a program that can be placed anywhere, and checked copies of memory."""
    if os.environ["SANITIZED"]:
        pytest.skip("a build with sanitizers is not what is installed; use the preset dev or release")
    program = prefix / "bin" / "pulsebench"
    dynamic = succeed("readelf", "-d", program)
    assert "BIND_NOW" in dynamic and "PIE" in dynamic
    assert "GNU_RELRO" in succeed("readelf", "-lW", program)
    assert re.search(r"__\w+_chk@", succeed("readelf", "-W", "--dyn-syms", program))


def test_nothing_installed_names_the_source_or_build_tree(prefix):
    trees = [str(HERE.parents[1]), os.environ["BUILD"]]
    for file in [*prefix.rglob("*.cmake"), *prefix.rglob("*.hpp")]:
        text = file.read_text()
        assert not [tree for tree in trees if tree in text], file


def test_every_installed_header_compiles_by_itself(prefix, tmp_path):
    headers = sorted((prefix / "include").rglob("*.hpp"))
    assert headers
    for header in headers:
        source = tmp_path / "one.cpp"
        source.write_text(f"#include <{header.relative_to(prefix / 'include')}>\n")
        succeed(
            os.environ["COMPILER"], "-std=c++20", "-fsyntax-only", "-I", prefix / "include", source
        )


def test_a_project_uses_the_installed_core_library(consumer):
    assert "3 polls, exhausted: yes" in succeed(consumer / "executor")


def test_a_suite_of_the_installed_harness_is_a_google_benchmark_program(consumer):
    suite = consumer / "consumer_suite"
    names = succeed(suite, "--benchmark_list_tests=true").split()
    assert sorted(names) == ["consumer/multiply", "consumer/ordinary_loop"]
    reported = json.loads(
        succeed(
            suite, "--benchmark_format=json", "--benchmark_filter=ordinary",
            "--benchmark_min_time=0.01", "--benchmark_repetitions=2",
        )
    )
    (name,) = {benchmark["run_name"] for benchmark in reported["benchmarks"]}
    assert name == "consumer/ordinary_loop"


def test_the_installed_program_measures_that_suite(prefix, consumer, tmp_path):
    pulsebench = prefix / "bin" / "pulsebench"
    suite = consumer / "consumer_suite"
    listed = json.loads(
        succeed(pulsebench, "run", "--exe", suite, "--list", "--format", "json", cwd=tmp_path)
    )
    tiers = {benchmark["id"]: benchmark["tier"] for benchmark in listed["benchmarks"]}
    assert tiers == {"consumer/multiply": 0, "consumer/ordinary_loop": 1}
    document = json.loads(
        succeed(
            pulsebench, "run", "--exe", suite, "--preset", "quick", "--format", "json",
            cwd=tmp_path,
        )
    )
    for benchmark in document["benchmarks"]:
        assert benchmark["status"] == "ok", benchmark
        assert benchmark["median_ns_per_op"] > 1
