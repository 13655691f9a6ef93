#include "pulsebench/run/exact_count.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include "pulsebench/run/callgrind.hpp"

namespace pulsebench::run {
namespace {

constexpr std::uint64_t kMaxOperations = 1000;
constexpr std::uint64_t kMaxSteps = 200'000;      // five to twelve seconds
constexpr std::uint64_t kMaxNativeSteps = 3'000;  // a check of callgrind's count

ExactCount not_counted(std::string reason) {
  return {.instructions_per_op = std::nullopt, .reason = std::move(reason)};
}

/// The cache sizes are fixed, since those that callgrind detects differ between machines.
const CallgrindOptions& with_caches() {
  static const CallgrindOptions kOptions{
      .arguments = {"--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64"}};
  return kOptions;
}

double slope(std::uint64_t once, std::uint64_t twice, std::uint64_t operations) {
  return (static_cast<double>(twice) - static_cast<double>(once)) / static_cast<double>(operations);
}

ExactCount by_callgrind(Launcher& launcher, const Source& source, const wire::CountExactly& ask) {
  const auto dumps = dump_suite(launcher, source, ask, with_caches());
  if (!dumps) return not_counted(dumps.error());
  const auto once = read_callgrind_dump(dumps->few);
  const auto twice = read_callgrind_dump(dumps->more);
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
  wire::CountExactly ask{.id = id,
                         .operations = operations_to_count(batching),
                         .stepping = false,
                         .most_steps = kMaxSteps,
                         .inject_percent = source.inject_percent};
  if (!find_valgrind().empty()) {
    ExactCount count = by_callgrind(launcher, source, ask);
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
