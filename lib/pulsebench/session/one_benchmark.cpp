#include "pulsebench/session/one_benchmark.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr std::size_t kMostNamed = 5;

}  // namespace

std::string pattern_of(const std::string& id) {
  std::string pattern = "^";
  for (const char c : id) {
    if (std::string_view{"\\^$.|?*+()[]{}"}.find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

Result<std::string> benchmark_of(const std::vector<run::Suite>& suites, const Selection& selection,
                                 const config::Config& config) {
  const std::string asked = selection.filter;
  for (const run::Suite& suite : suites) {
    for (const BenchmarkInfo& info : suite.benchmarks) {
      if (info.id.text() == asked) return asked;
    }
  }
  PB_TRY(const auto matching, select(suites, selection, config));
  if (matching.size() == 1) return matching.front().info.id.text();
  std::string names;
  for (std::size_t i = 0; i < std::min(matching.size(), kMostNamed); ++i) {
    names += (i == 0 ? "" : ", ") + matching[i].info.id.text();
  }
  return fail(
      ErrorCode::bad_input,
      fmt::format("--filter '{}' matches {} benchmarks ({}{}); bisect follows one: give its id",
                  printable(asked), matching.size(), names,
                  matching.size() > kMostNamed ? ", ..." : ""));
}

}  // namespace pulsebench::session
