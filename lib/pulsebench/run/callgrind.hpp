#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/run/launcher.hpp"

/// Runs a benchmark under valgrind's callgrind, in a process of its own.
namespace pulsebench::run {

/// The valgrind on PATH; empty if there is none.
[[nodiscard]] std::filesystem::path find_valgrind();

struct CallgrindOptions {
  std::vector<std::string> arguments = {};   ///< beside those that say what is counted
  std::chrono::milliseconds limit{600'000};  ///< of a process, which is killed afterwards
};

/// Two dumps: `more` counts `operations` operations more than `few`.
struct CallgrindDumps {
  std::string few, more;
  std::uint64_t operations = 0;
};

/// Why there are no dumps, one line.
using NoDumps = tl::unexpected<std::string>;

/// Dumps of N operations and of 2N, which `ask` names, of a suite of pulsebench.
[[nodiscard]] tl::expected<CallgrindDumps, std::string> dump_suite(Launcher& launcher,
                                                                   const Source& source,
                                                                   const wire::CountExactly& ask,
                                                                   const CallgrindOptions& options);

/// Dumps of one iteration and of many, of a Google Benchmark program: from the start of its timed
/// loop to the end. Fails where two repetitions of the loop execute different instructions.
[[nodiscard]] tl::expected<CallgrindDumps, std::string> dump_foreign(
    Launcher& launcher, const Source& source, const CallgrindOptions& options);

/// Operations that are counted of a benchmark with such a batch: a 64th of a slice, which takes 3
/// us, since callgrind is about 50 times slower.
[[nodiscard]] std::uint64_t operations_to_count(const Batching& batching);

/// Dumps of operations of the benchmark `id`, whose `operations_to_count` are known. Fails for
/// benchmarks with several threads, and for programs that are neither of the two.
[[nodiscard]] tl::expected<CallgrindDumps, std::string> dump_operations(
    Launcher& launcher, const Source& source, const std::string& id, std::uint64_t operations,
    const CallgrindOptions& options);

}  // namespace pulsebench::run
