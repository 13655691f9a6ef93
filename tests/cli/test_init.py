"""`init`: a configuration for a project that never heard of pulsebench."""

import json
import os
import shutil
import subprocess

import pytest

CMAKE = """cmake_minimum_required(VERSION 3.16)
project(words LANGUAGES CXX)
option(WORDS_BENCHMARKS "Build the benchmarks" OFF)
if(WORDS_BENCHMARKS)
  find_package(benchmark REQUIRED)
  add_executable(words_bench bench.cpp)
  target_link_libraries(words_bench benchmark::benchmark)
endif()
add_executable(words_tool tool.cpp)
"""
BENCH = """#include <benchmark/benchmark.h>
#include <cstdint>
static void count(benchmark::State& state) {
  std::uint64_t x = 3;
  for (auto _ : state) {
    for (int i = 0; i < 200; ++i) benchmark::DoNotOptimize(x *= 5);
  }
}
BENCHMARK(count);
BENCHMARK_MAIN();
"""


def run(*words, folder):
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def bare(project):
    """A project without a configuration."""
    shutil.rmtree(project.root / "config")
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A CMake project under git, built in two ways."""
    root = tmp_path_factory.mktemp("init") / "clone"
    root.mkdir()
    for name, text in [("CMakeLists.txt", CMAKE), ("bench.cpp", BENCH), ("tool.cpp", "int main() {}"),
                       (".gitignore", "build*/\n")]:  # fmt: skip
        (root / name).write_text(text)
    for folder, kind in [("build-debug", "Debug"), ("build", "Release")]:
        run("cmake", "-S", ".", "-B", folder, f"-DCMAKE_BUILD_TYPE={kind}", "-DWORDS_BENCHMARKS=ON",
            folder=root)  # fmt: skip
        run("cmake", "--build", folder, folder=root)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    run(*git, "init", "-qb", "main", folder=root)
    run(*git, "add", "-A", folder=root)
    run(*git, "commit", "-qm", "words", folder=root)
    return root


def program(project, name):
    """A Google Benchmark program that CMake knows nothing of."""
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(os.environ["FOREIGN_OLD"], path)
    return path


def configuration(project, file="pulsebench.json"):
    return json.loads((project.root / file).read_text())


def test_a_cmake_project_gets_its_programs_and_its_build_command(bare, built):
    shutil.copytree(built, bare.root, dirs_exist_ok=True, symlinks=True)
    cache = (bare.root / "build" / "CMakeCache.txt").read_text()
    for folder in ["build", "build-debug"]:
        path = bare.root / folder / "CMakeCache.txt"
        path.write_text(path.read_text().replace(str(built), str(bare.root)))
    assert str(built) in cache
    ran = bare.pulsebench("init")
    assert ran.code == 0, ran.err
    assert configuration(bare) == {
        "$schema": ".pulsebench/config.schema.json",
        "project": "words",
        "suites": ["build/words_bench"],
        "build": {"command": "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release -DWORDS_BENCHMARKS=ON "
                             "&& cmake --build build -j\"$(nproc)\" --target words_bench"},
    }  # fmt: skip
    assert ran.out.startswith("pulsebench.json names 1 program of words\n")
    assert "the build folder build-debug has such programs too, and is left out" in ran.out
    for command in ["pulsebench run --save main", "pulsebench ab main ", "pulsebench noise"]:
        assert command in ran.out
    assert (bare.root / ".pulsebench" / ".gitignore").read_text().endswith("*\n")
    assert json.loads((bare.root / ".pulsebench" / "config.schema.json").read_text())["title"]
    ran = bare.pulsebench("run", "--preset", "quick", "--save", "main")
    assert ran.code == 0, ran.err
    ran = bare.pulsebench("ab", "HEAD", "build/words_bench", "--max-blocks", "8", "--format", "json")
    assert ran.code == 0, ran.err
    assert [b["id"] for b in ran.json()["benchmarks"]] == ["count"]


def test_programs_are_found_without_being_executed(bare):
    """A program with the library in it, which says so by a file that it would write."""
    source = bare.write("trap.cpp", """#include <fstream>
        const char* volatile flag = "benchmark_list_tests";
        int main() { std::ofstream{"executed"} << *flag; }""")
    run("g++", "-o", "trap", str(source), folder=bare.root)
    ran = bare.pulsebench("init", "--format", "json")
    assert ran.code == 0, ran.err
    assert ran.json()["suites"] == ["trap"] and ran.json()["build_command"] is None
    assert not (bare.root / "executed").exists()


def with_texts(project, name, *texts):
    """A program that contains these texts, as a library in it would, and does nothing."""
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    source = project.write("texts.c", f"const char* volatile texts[] = {{{', '.join(map(json.dumps, texts))}}};"
                                      "int main() { return 0; }")  # fmt: skip
    run("gcc", "-o", str(path), str(source), folder=project.root)


def test_programs_of_other_frameworks_are_found(bare):
    """A real one of Catch2; of the others what their libraries contain: the variables that nanobench
    and Criterion.rs read, and a flag of Criterion.rs."""
    shutil.copy(os.environ["CATCH2_OLD"], bare.root / "catch2")
    with_texts(bare, "nano", "NANOBENCH_ENDLESS", "NANOBENCH_SUPPRESS_WARNINGS")
    with_texts(bare, "target/release/deps/words-0123456789abcdef", "CRITERION_HOME", "save-baseline")
    shutil.copy(bare.root / "target/release/deps/words-0123456789abcdef",
                bare.root / "target/release/deps/words-fedcba9876543210")  # fmt: skip
    with_texts(bare, "driver", "CRITERION_HOME")
    bare.write("Cargo.toml", "[package]\n")
    ran = bare.pulsebench("init")
    assert ran.code == 0, ran.err
    written = configuration(bare)
    assert written["suites"] == ["catch2", "nano", "target/release/deps/words-*"]
    assert written["build"] == {"command": "cargo bench --no-run"}
    assert "words-* matches several programs" in " ".join(ran.out.split())
    # The one of Catch2 is driven as it was found.
    bare.write("pulsebench.json", json.dumps({"suites": ["catch2"], "sampling": {"launch_limit_ms": 10_000}}))
    ran = bare.pulsebench("run", "--list")
    assert ran.code == 0, ran.err
    assert "throws/bad" in ran.out


def test_what_has_no_benchmarks_is_left_out(bare):
    program(bare, "bin/bench")
    for folder in [".hidden", "_deps", "CMakeFiles", "node_modules"]:
        program(bare, f"{folder}/bench")
    program(bare, "bin/libbenchmark.so.1")
    program(bare, "bin/not_executable").chmod(0o644)
    bare.write("bin/script", "#!/bin/sh\n# --benchmark_list_tests libbenchmark.so\n").chmod(0o755)
    shutil.copy(shutil.which("true"), bare.root / "bin" / "true")
    assert bare.pulsebench("init").code == 0
    assert configuration(bare)["suites"] == ["bin/bench"]


def test_a_makefile_gives_a_build_command(bare):
    program(bare, "bench/words")
    bare.write("Makefile", "bench/words:\n\ttrue\n")
    ran = bare.pulsebench("init")
    assert ran.code == 0
    assert configuration(bare)["build"] == {"command": "make bench/words"}


def test_a_preset_that_makes_the_build_folder_is_used(bare, built):
    shutil.copytree(built, bare.root, dirs_exist_ok=True, symlinks=True)
    shutil.rmtree(bare.root / "build-debug")
    path = bare.root / "build" / "CMakeCache.txt"
    path.write_text(path.read_text().replace(str(built), str(bare.root)))
    bare.write("CMakePresets.json", json.dumps({"version": 3, "configurePresets": [
        {"name": "base", "hidden": True, "binaryDir": "${sourceDir}/build"},
        {"name": "other", "binaryDir": "${sourceDir}/out/${presetName}"},
        {"name": "fast", "inherits": "base"}]}))  # fmt: skip
    assert bare.pulsebench("init").code == 0
    command = configuration(bare)["build"]["command"]
    assert command.startswith("cmake --preset fast && cmake --build build ")


def test_a_program_that_the_build_puts_elsewhere_is_known_by_its_target(bare, built):
    shutil.copytree(built, bare.root, dirs_exist_ok=True, symlinks=True)
    shutil.rmtree(bare.root / "build-debug")
    path = bare.root / "build" / "CMakeCache.txt"
    path.write_text(path.read_text().replace(str(built), str(bare.root)))
    (bare.root / "bin").mkdir()
    (bare.root / "build" / "words_bench").rename(bare.root / "bin" / "words_bench")
    assert bare.pulsebench("init").code == 0
    assert configuration(bare)["suites"] == ["bin/words_bench"]
    assert "--build build" in configuration(bare)["build"]["command"]


def test_the_folder_config_takes_the_file(bare):
    program(bare, "bench")
    (bare.root / "config").mkdir()
    ran = bare.pulsebench("init")
    assert ran.code == 0
    assert ran.out.startswith("config/pulsebench.json names 1 program of project\n")
    assert configuration(bare, "config/pulsebench.json")["$schema"] == "../.pulsebench/config.schema.json"
    assert bare.pulsebench("run", "--list").code == 0


@pytest.mark.parametrize("file", ["pulsebench.json", "config/pulsebench.json"])
def test_a_configuration_is_never_overwritten(bare, file):
    program(bare, "bench")
    bare.write(file, "mine")
    ran = bare.pulsebench("init")
    assert ran.code == 2
    assert f"{file} exists and is not overwritten; edit it" in ran.only_error()
    assert (bare.root / file).read_text() == "mine"


def test_without_programs_it_says_what_it_looked_for_and_writes_nothing(bare):
    ran = bare.pulsebench("init")
    assert ran.code == 2
    line = ran.only_error()
    assert "has benchmarks of Google Benchmark, Catch2, nanobench or Criterion.rs; build one first" in line
    assert not (bare.root / "pulsebench.json").exists()
    assert not (bare.root / ".pulsebench").exists()


def test_what_is_written_fits_the_published_schema(bare):
    jsonschema = pytest.importorskip("jsonschema")
    program(bare, "bench \"x\"")
    bare.write("Makefile", "")
    assert bare.pulsebench("init").code == 0
    schema = json.loads((bare.root / ".pulsebench" / "config.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(configuration(bare))


def test_revisions_whose_programs_load_a_library_of_the_build_are_compared(bare, built):
    """The checkout, in which the library was built, is gone when they start."""
    root = bare.root
    bare.write("CMakeLists.txt", """cmake_minimum_required(VERSION 3.16)
        project(shared LANGUAGES CXX)
        find_package(benchmark REQUIRED)
        add_library(inner SHARED inner.cpp)
        add_library(outer SHARED outer.cpp)
        target_link_libraries(outer inner)
        add_executable(shared_bench bench.cpp)
        target_link_libraries(shared_bench outer benchmark::benchmark)
        """)
    bare.write("inner.cpp", "int inner(int x) { return x * 5; }")
    bare.write("outer.cpp", "int inner(int); int outer(int x) { return inner(x) + 1; }")
    bare.write("bench.cpp", BENCH.replace("x *= 5", "x = outer(x)")
               .replace("#include <cstdint>", "#include <cstdint>\nint outer(int);"))
    bare.write(".gitignore", "build/\nmachine/\nsuites/\n")
    run("cmake", "-S", ".", "-B", "build", "-DCMAKE_BUILD_TYPE=Release", folder=root)
    run("cmake", "--build", "build", folder=root)
    assert bare.pulsebench("init").code == 0
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "shared"]):
        run(*git, *words, folder=root)
    ran = bare.pulsebench("ab", "HEAD", "build/shared_bench", "--max-blocks", "4", "--format", "json")
    assert ran.code == 0, ran.err
    assert [b["verdict"] for b in ran.json()["benchmarks"]] != []
