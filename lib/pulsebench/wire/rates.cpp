#include "pulsebench/wire/rates.hpp"

#include <charconv>

#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::wire {
namespace {

/// 1.9.0 and newer, of "v1.9.1" or "1.9.1".
bool shares_time_among_threads(std::string_view version) {
  if (!version.empty() && version.front() == 'v') version.remove_prefix(1);
  const char* const end = version.data() + version.size();
  int major = 0;
  int minor = 0;
  const auto first = std::from_chars(version.data(), end, major);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return false;
  if (std::from_chars(first.ptr + 1, end, minor).ec != std::errc{}) return false;
  return major > 1 || (major == 1 && minor >= 9);
}

bool is_timed_by_wall(const std::string& name) {
  return has_part(name, "real_time", '/') || is_timed_by_hand(name);
}

}  // namespace

double seconds_behind_rates(const RatedRun& run) {
  const double seconds = is_timed_by_wall(run.name) ? run.real_per_op : run.cpu_per_op;
  return shares_time_among_threads(run.library_version) ? seconds / run.threads : seconds;
}

std::optional<double> amount_per_op(double rate, const RatedRun& run) {
  const double amount = rate * seconds_behind_rates(run);
  const bool usable = amount >= kLeastProcessed && amount <= kMostProcessed;
  return usable ? std::optional{amount} : std::nullopt;
}

}  // namespace pulsebench::wire
