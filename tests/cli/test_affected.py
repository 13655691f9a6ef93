"""`ab --affected`: only what executes something that changed is measured, whatever moved."""

import os
import subprocess

import pytest

PROGRAM = """
#include <benchmark/benchmark.h>
#define APART __attribute__((noinline))
namespace {

APART unsigned leaf(unsigned x) {
  for (int i = 0; i < 40; ++i) x = x * 31U + (x >> 7U);  // leaf
  return x;
}
APART unsigned twice(unsigned x) { return leaf(leaf(x)); }
inline unsigned small(unsigned x) { return x * 3U; }  // small
template <int N>
APART unsigned times(unsigned x) {
  return x * N;  // times
}
APART double scaled(double x) { return x * 3.125 + 1.5; }  // scaled
APART const char* greeting() { return "hello, world"; }  // greeting
const int primes[] = {2, 3, 5, 7, 11};  // primes
APART int prime(unsigned i) { return primes[i % 5U]; }
unsigned seed = 42;  // seed
APART unsigned next() { return seed = seed * 1664525U + 1013904223U; }
APART unsigned first(unsigned x) { return x + 1U; }  // first
APART unsigned second(unsigned x) { return x + 2U; }
using Function = unsigned (*)(unsigned);
Function chosen[] = {first, second};
struct Base {
  virtual ~Base() = default;
  virtual unsigned apply(unsigned x) const = 0;
};
struct Derived final : Base {
  APART unsigned apply(unsigned x) const override { return x * 5U; }  // apply
};
APART unsigned choose(unsigned x) {
  switch (x % 8U) {
    case 0: return twice(x);
    case 1: return x * 7U;
    case 2: return second(x);
    case 3: return x ^ 99U;
    case 4: return x + 12U;
    case 5: return x / 3U;
    case 6: return x << 2U;
    default: return 5U;
  }
}

template <class Operation>
void measure(benchmark::State& state, Operation operation) {
  unsigned x = 7;
  for (auto _ : state) {
    benchmark::DoNotOptimize(x);
    auto result = operation(x);
    benchmark::DoNotOptimize(result);
  }
}
const Derived derived;
const Base* base = &derived;

#define MEASURE(name, expression)                                                 \\
  void name(benchmark::State& s) { measure(s, [](unsigned x) { return expression; }); } \\
  BENCHMARK(name)
MEASURE(of_leaf, leaf(x));
MEASURE(of_twice, twice(x));
MEASURE(of_small, small(x));
MEASURE(of_times, times<3>(x));
MEASURE(of_scaled, scaled(x));
MEASURE(of_greeting, (x + 1U, greeting()));
MEASURE(of_prime, prime(x));
MEASURE(of_next, x + next());
MEASURE(of_pointer, chosen[x % 2U](x) + chosen[0](x));
MEASURE(of_virtual, base->apply(x));
MEASURE(of_switch, choose(x | 1U));

}  // namespace
BENCHMARK_MAIN();
"""

# What is changed, where it is, and which benchmarks execute it.
CHANGES = {
    "machine code": ("leaf", "x * 31U", "x * 31U + 3U", {"of_leaf", "of_twice"}),
    "an inlined function": ("small", "x * 3U", "x * 3U + 1U", {"of_small"}),
    "a template": ("times", "x * N", "x * N + 1U", {"of_times"}),
    "a constant": ("scaled", "3.125", "3.25", {"of_scaled"}),
    "a text": ("greeting", "hello", "hullo", {"of_greeting"}),
    "a table": ("primes", "7", "8", {"of_prime"}),
    "an initial value": ("seed", "42", "43", {"of_next"}),
    "a callee behind a pointer": ("first", "x + 1U", "x + 1U + (x >> 3U)", {"of_pointer"}),
    "a virtual function": ("apply", "x * 5U", "x * 5U + 2U", {"of_virtual"}),
    "only lines": ("leaf", "  //", "  //\n//\n//", set()),
}


def changed(place, old, new):
    lines = PROGRAM.splitlines()
    (number,) = [i for i, line in enumerate(lines) if line.endswith(f"// {place}")]
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    return "\n".join(lines)


def build(folder, source, *flags):
    folder.mkdir()
    (folder / "bench.cpp").write_text(source)
    command = ["g++", "-std=c++20", "-O2", "-fPIE", "-pie", *flags, "bench.cpp", "-o", "bench",
               "-lbenchmark", "-lpthread"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return str(folder / "bench")


@pytest.fixture(scope="module")
def old_program(tmp_path_factory):
    return build(tmp_path_factory.mktemp("old") / "build", PROGRAM)


def ab(project, old, new, *words):
    return project.pulsebench("ab", old, new, "--affected", *words)


def codes(ran):
    assert ran.out, ran.err
    return {one["id"].split("/")[-1]: set(one["reason_codes"]) for one in ran.json()["benchmarks"]}


QUICK = ["--max-blocks", "4", "--format", "json"]


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="machine code is read of x86-64 only")
@pytest.mark.parametrize("what", CHANGES)
def test_what_executes_the_change_is_measured_and_a_few_controls(project, tmp_path, old_program, what):
    place, old, new, expected = CHANGES[what]
    found = codes(ab(project, old_program, build(tmp_path / "new", changed(place, old, new)), *QUICK))
    assert len(found) == 11
    assert {name for name, why in found.items() if "executes_change" in why} == expected
    controls = {name for name, why in found.items() if "control" in why}
    same = {name for name, why in found.items() if "same_code" in why}
    assert len(controls) == 3
    assert controls | same == set(found) - expected
    assert not controls & same


def test_a_slower_function_is_flagged_and_the_others_are_said_to_be_the_same(project, tmp_path, old_program):
    slower = build(tmp_path / "new", changed("leaf", "i < 40", "i < 60"))
    ran = ab(project, old_program, slower, "--no-explain", "--all")
    said = " ".join(ran.out.split())
    assert ran.code == 1
    assert "2 of 11 benchmarks execute what changed; 9 have the same code, of which 3 were measured" in said
    assert "6 have the same code" in said
    assert "it executes leaf(unsigned int), which changed" in said


def test_nothing_changed_measures_the_controls_alone(project, old_program):
    ran = ab(project, old_program, old_program, *QUICK)
    found = codes(ran)
    assert all(why & {"same_code", "control"} for why in found.values())
    assert sum("control" in why for why in found.values()) == 3


def test_what_cannot_be_told_is_measured_and_said(project, tmp_path, old_program):
    stripped = build(tmp_path / "new", PROGRAM, "-s")
    ran = ab(project, old_program, stripped, *QUICK)
    assert not any(why & {"same_code", "control"} for why in codes(ran).values())
    assert any("it is stripped" in warning for warning in ran.json()["warnings"])


def test_another_library_is_a_change(project, tmp_path):
    plugin = 'extern "C" unsigned plugged(unsigned x) { return x + 1U; }\n'
    source = PROGRAM.replace("namespace {", 'extern "C" unsigned plugged(unsigned);\nnamespace {', 1)
    source = source.replace("leaf(leaf(x))", "plugged(x)")
    programs = []
    for side, text in (("old", plugin), ("new", plugin.replace("1U", "2U"))):
        folder = tmp_path / f"lib{side}"
        folder.mkdir()
        (folder / "plugin.cpp").write_text(text)
        command = ["g++", "-O2", "-shared", "-fPIC", "plugin.cpp", "-o", "libplugged.so"]
        subprocess.run(command, cwd=folder, check=True)
        programs.append(build(tmp_path / side, source, f"-L{folder}", f"-Wl,-rpath,{folder}",
                              "-Wl,--no-as-needed", "-lplugged"))
    ran = ab(project, *programs, *QUICK)
    assert any("another libplugged.so" in warning for warning in ran.json()["warnings"])


def test_it_goes_with_two_sides_of_one_benchmark_only(project, old_program):
    refused = ab(project, old_program, "--rival", "of_leaf=of_twice")
    assert refused.code == 2
    assert "--affected" in refused.only_error()


def test_a_program_that_forks_is_measured_and_ends_by_itself(project, tmp_path):
    forks = PROGRAM.replace("int main", "").replace(
        "BENCHMARK_MAIN();",
        "#include <sys/wait.h>\n#include <unistd.h>\n"
        "int main(int argc, char** argv) {\n"
        "  const int child = fork();\n"
        "  if (child == 0) _exit(leaf(7) == 0);\n"
        "  int status = 1;\n"
        "  waitpid(child, &status, 0);\n"
        "  if (status != 0) return 3;\n"
        "  benchmark::Initialize(&argc, argv);\n"
        "  return benchmark::RunSpecifiedBenchmarks() == 0;\n}\n",
    )
    old = build(tmp_path / "old", forks)
    new = build(tmp_path / "new", forks.replace("x * 31U", "x * 31U + 3U"))
    ran = ab(project, old, new, *QUICK)
    assert not any(why & {"same_code", "control"} for why in codes(ran).values())
    assert any("it starts another process" in warning for warning in ran.json()["warnings"])
