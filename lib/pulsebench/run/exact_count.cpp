#include "pulsebench/run/exact_count.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"

namespace pulsebench::run {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxOperations = 1000;
constexpr std::uint64_t kMaxSteps = 200'000;      // five to twelve seconds
constexpr std::uint64_t kMaxNativeSteps = 3'000;  // a check of callgrind's count
constexpr int kSlowdown = 10;  // of a time limit: callgrind runs 50 times slower, of 200 us slices

fs::path find_program(const char* name) {
  const char* const folders = getenv("PATH");
  std::string_view left = folders == nullptr ? "/usr/bin:/bin" : folders;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(':'), left.size());
    fs::path program = fs::path{left.substr(0, end)} / name;
    if (program.is_absolute() && access(program.c_str(), X_OK) == 0) return program;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return {};
}

std::optional<CallgrindTotals> dump_at(const fs::path& file) {
  return read_callgrind_dump(os::read_file(file).value_or(""));
}

ExactCount not_counted(std::string reason) {
  return {.instructions_per_op = std::nullopt, .reason = std::move(reason)};
}

/// Valgrind 3.19 does not support AVX-512; a program that uses it without a check is killed by
/// SIGILL.
std::string why_it_died(const std::string& reason) {
  if (reason.find("SIGILL") == std::string::npos) return reason;
  return "valgrind does not support an instruction of it, probably of AVX-512: build the suite "
         "without -march=native, or with -mno-avx512f, to count its instructions";
}

/// The cache sizes are fixed, since those that callgrind detects differ between machines.
Wrapper callgrind(const fs::path& valgrind, const fs::path& folder) {
  return {
      .program = valgrind,
      .arguments = {"--command-line-only=yes", "--tool=callgrind", "--cache-sim=yes",
                    "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64",
                    "--collect-atstart=no", "--callgrind-out-file=" + (folder / "out").string()},
      .slowdown = kSlowdown};
}

double slope(std::uint64_t once, std::uint64_t twice, std::uint64_t operations) {
  return (static_cast<double>(twice) - static_cast<double>(once)) / static_cast<double>(operations);
}

ExactCount by_callgrind(Launcher& launcher, const Source& source, const wire::CountExactly& ask,
                        const fs::path& valgrind) {
  const auto folder = os::TemporaryFolder::make();
  if (!folder) return not_counted(folder.error().message);
  const auto answer = launcher.count(source, ask, callgrind(valgrind, folder->path()));
  if (!answer) return not_counted(why_it_died(answer.error().reason));
  const auto once = dump_at(folder->path() / "out.1");
  const auto twice = dump_at(folder->path() / "out.2");
  if (!once || !twice) return not_counted("callgrind wrote no counts");
  const auto n = ask.operations;
  return {.instructions_per_op = slope(once->instructions, twice->instructions, n),
          .operations = n,
          .by = "callgrind",
          .d1_misses_per_op = std::max(slope(once->d1_misses, twice->d1_misses, n), 0.0),
          .ll_misses_per_op = std::max(slope(once->ll_misses, twice->ll_misses, n), 0.0)};
}

ExactCount by_steps(Launcher& launcher, const Source& source, const wire::CountExactly& ask) {
  const auto answer = launcher.count(source, ask, {});
  if (!answer) return not_counted(answer.error().reason);
  const auto* counted = std::get_if<wire::CountedExactly>(&*answer);
  if (counted == nullptr) return not_counted("it answered 'exact' with another message");
  return {.instructions_per_op = slope(counted->once, counted->twice, ask.operations),
          .operations = ask.operations,
          .by = "single step"};
}

/// Adds a count by single steps if that is quick: a different number means a different code path.
void add_native(ExactCount& count, Launcher& launcher, const Source& source,
                wire::CountExactly ask) {
  if (!count.whole()) return;
  const double each = 3.0 * std::max(*count.instructions_per_op, 1.0);
  ask.operations = std::min<std::uint64_t>(8, ask.operations);
  if (each * static_cast<double>(ask.operations) > static_cast<double>(kMaxNativeSteps)) return;
  ask.stepping = true;
  const ExactCount native = by_steps(launcher, source, ask);
  if (native.whole() && *native.instructions_per_op != *count.instructions_per_op) {
    count.native_per_op = native.instructions_per_op;
  }
}

/// Rest of the line that begins with `key`; empty if there is none.
std::string line_of(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.substr(0, key.size()) == key) return std::string{line.substr(key.size())};
    at = end + 1;
  }
  return {};
}

}  // namespace

ExactCount count_exactly(Launcher& launcher, const Source& source, const std::string& id,
                         const Batching& batching) {
  if (source.driver != Driver::wire) {
    return not_counted("counted only in a suite built with pulsebench::harness");
  }
  if (source.threads > 1) return not_counted("not counted for several threads");
  // A 64th of a slice, 3 us: callgrind is about 50 times slower, and stepping 20,000 times.
  const std::uint64_t few = std::min<std::uint64_t>(4, batching.operations);
  wire::CountExactly ask{.id = id,
                         .operations = std::clamp(batching.operations / 64, few, kMaxOperations),
                         .stepping = false,
                         .most_steps = kMaxSteps,
                         .inject_percent = source.inject_percent};
  const fs::path valgrind = find_program("valgrind");
  if (!valgrind.empty()) {
    ExactCount count = by_callgrind(launcher, source, ask, valgrind);
    add_native(count, launcher, source, ask);
    return count;
  }
  ask.stepping = true;
  ask.operations = std::min<std::uint64_t>(ask.operations, 32);
  return by_steps(launcher, source, ask);
}

Allocations count_allocations(Launcher& launcher, const Source& source, const std::string& id,
                              const Batching& batching) {
  if (source.driver != Driver::wire) {
    return {.per_op = std::nullopt,
            .reason = "counted only in a suite built with pulsebench::harness"};
  }
  const wire::CountAllocations ask{
      .id = id, .operations = std::clamp<std::uint64_t>(batching.operations, 1, kMaxOperations)};
  const auto answer = launcher.count(source, ask, {});
  if (!answer) return {.per_op = std::nullopt, .reason = answer.error().reason};
  const auto* counted = std::get_if<wire::CountedAllocations>(&*answer);
  if (counted == nullptr) {
    return {.per_op = std::nullopt, .reason = "it answered 'allocations' with another message"};
  }
  return counted->allocations;
}

std::optional<CallgrindTotals> read_callgrind_dump(std::string_view text) {
  std::istringstream names{line_of(text, "events:")};
  std::istringstream numbers{line_of(text, "summary:")};
  std::map<std::string, std::uint64_t> totals;
  std::string name;
  // The summary omits trailing zeros.
  for (std::uint64_t number = 0; names >> name; number = 0) {
    if (!(numbers >> number)) number = 0;
    totals[name] = number;
  }
  if (totals.count("Ir") == 0 || totals["Ir"] == 0) return std::nullopt;
  return CallgrindTotals{.instructions = totals["Ir"],
                         .d1_misses = totals["D1mr"] + totals["D1mw"],
                         .ll_misses = totals["DLmr"] + totals["DLmw"]};
}

}  // namespace pulsebench::run
