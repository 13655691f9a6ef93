#include "pulsebench/wire/rates.hpp"

#include <array>
#include <charconv>

#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::wire {
namespace {

/// Whether `version`, such as "v1.9.1" or "1.9.1-12-gabc", is that one or newer; an empty or
/// unknown one is older than any that is asked for.
bool is_at_least(std::string_view version, const std::array<int, 3>& wanted) {
  if (!version.empty() && version.front() == 'v') version.remove_prefix(1);
  std::array<int, 3> found{};
  const char* at = version.data();
  const char* const end = at + version.size();
  for (int& number : found) {
    const auto read = std::from_chars(at, end, number);
    if (read.ec != std::errc{}) break;
    at = read.ptr;
    if (at == end || *at++ != '.') break;
  }
  return found >= wanted;
}

bool is_timed_by_wall(const std::string& name) {
  return has_part(name, "real_time", '/') || is_timed_by_hand(name);
}

}  // namespace

double wall_per_op(const RatedRun& run) {
  const bool divided = !is_at_least(run.library_version, {1, 9, 0});
  return divided ? run.real_per_op * run.threads : run.real_per_op;
}

double seconds_behind_rates(const RatedRun& run) {
  const double seconds = is_timed_by_wall(run.name) ? run.real_per_op : run.cpu_per_op;
  return is_at_least(run.library_version, {1, 9, 5}) ? seconds / run.threads : seconds;
}

std::optional<double> amount_per_op(double rate, const RatedRun& run) {
  const double amount = rate * seconds_behind_rates(run);
  const bool usable = amount >= kLeastProcessed && amount <= kMostProcessed;
  return usable ? std::optional{amount} : std::nullopt;
}

}  // namespace pulsebench::wire
