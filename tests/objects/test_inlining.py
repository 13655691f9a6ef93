"""has_hooks and consume leave no call in the suites' object code. Source: critical paths, "verify
inlining": functions of a few nanoseconds that are called would cost as much again."""

import os
import subprocess
from pathlib import Path

import pytest
from objects import functions, symbols_named

ROOT = Path(__file__).resolve().parents[2]
SUITES = Path(os.environ["SUITES"])
COMPILER = os.environ["COMPILER"]

# Of every poll: none of them may be a function of its own, in any suite.
OF_EVERY_POLL = (r"pulse::HookRegistry::has_hooks\b|pulse::HookRegistry::(before|after)_poll\b"
                 r"|pulse::TaskBudget::(consume|is_exhausted|remaining)\b")

# The batch loop that is timed, of a benchmark: `measure` compiles it out of line, by name.
TIMED = ["has_hooks", "consume", "is_exhausted", "remaining"]


def timed_loops(binary, benchmark):
    return functions(binary, ["harness::run_batch<", f"::{benchmark}(benchmark::State&"])


@pytest.mark.parametrize("suite", sorted(path.name for path in SUITES.iterdir()))
def test_what_every_poll_does_is_inlined_in_every_suite(suite):
    assert symbols_named(SUITES / suite, OF_EVERY_POLL) == []


@pytest.mark.parametrize("benchmark", TIMED)
def test_the_timed_loop_calls_nothing(benchmark):
    loops = timed_loops(SUITES / "tier0_critical", benchmark)
    assert len(loops) == 1, "no such benchmark any more, or one under another name"
    assert loops[0].calls == []


# The same checks, on code that has the fault.
PROGRAM = """
#include <pulse/hook_registry.hpp>
#include <pulse/task_budget.hpp>
namespace benchmark { class State {}; }
namespace harness {
template <class Op> [[gnu::noinline]] void run_batch(Op op, long times) {
  for (; times != 0; --times) op();
}
}
namespace {
void has_hooks(benchmark::State&, pulse::HookRegistry* registry, long times) {
  harness::run_batch([registry] { asm volatile("" : : "r"(registry->has_hooks())); }, times);
}
void consume(benchmark::State&, pulse::TaskBudget* budget, long times) {
  harness::run_batch([budget] { asm volatile("" : : "r"(budget->consume())); }, times);
}
}
void use(benchmark::State& state, pulse::HookRegistry* registry, pulse::TaskBudget* budget) {
  has_hooks(state, registry, 1000);
  consume(state, budget, 1000);
}
"""


def compiled(folder, *flags):
    source, binary = folder / "program.cpp", folder / "program.o"
    source.write_text(PROGRAM)
    subprocess.run([COMPILER, "-std=c++20", "-O2", "-DNDEBUG", *flags, "-I", ROOT / "lib", "-c",
                    source, "-o", binary], check=True)
    return binary


def test_a_function_that_is_not_inlined_is_found(tmp_path):
    called = compiled(tmp_path, "-fno-inline")
    assert len(symbols_named(called, OF_EVERY_POLL)) >= 2
    for benchmark in ("has_hooks", "consume"):
        [loop] = timed_loops(called, benchmark)
        assert loop.calls != []


def test_the_same_program_inlined_passes(tmp_path):
    inlined = compiled(tmp_path)
    assert symbols_named(inlined, OF_EVERY_POLL) == []
    for benchmark in ("has_hooks", "consume"):
        [loop] = timed_loops(inlined, benchmark)
        assert loop.calls == []
