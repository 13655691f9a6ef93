"""`bisect` in a repository with a program as anybody would write it, compiled."""

import os
import random

import pytest
from repository import Repository

# ten times at night: ctest -C nightly -L nightly
REPEATS = int(os.environ.get("PULSEBENCH_BISECTIONS", "1"))

PROGRAM = """
#include <benchmark/benchmark.h>
#include "work.hpp"
static void hash(benchmark::State& state) {
  unsigned long x = 3;
  for (auto _ : state) {
    for (int i = 0; i < kRounds; ++i) {
      x = x * 6364136223846793005UL + 1442695040888963407UL;
      benchmark::DoNotOptimize(x);
    }
  }
}
BENCHMARK(hash);
BENCHMARK_MAIN();
"""


@pytest.mark.skipif(bool(os.environ.get("SANITIZED")), reason="it compiles programs of its own")
@pytest.mark.parametrize("repeat", range(REPEATS))
def test_the_commit_that_slowed_a_compiled_program_is_found(project, repeat):
    repository = Repository(project, "g++ -O1 bench.cpp -o out/bench -lbenchmark -lpthread")
    culprit = random.Random(repeat).randrange(1, 16)
    hashes = []
    for number in range(16):
        rounds = 460 if number >= culprit else 400
        files = {
            "bench.cpp": PROGRAM,
            "work.hpp": f"constexpr int kRounds = {rounds};\n",
            "notes.txt": f"{number}\n",
        }
        hashes.append(repository.commit(f"change number {number}", files))
    found = repository.found(hashes[0], "HEAD", "--filter", "hash")
    assert (found["code"], found["outcome"]) == (0, "found"), found
    assert found["suspects"][0]["commit"] == hashes[culprit]
    assert found["suspects"][0]["subject"] == f"change number {culprit}"
    assert len(repository.builds()) == len(set(repository.builds())) <= 5
