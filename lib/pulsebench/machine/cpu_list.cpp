#include "pulsebench/machine/cpu_list.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::machine {
namespace {

std::optional<int> cpu_number(std::string_view text) {
  const auto cpu = number_in<int>(text);
  if (!cpu || text.front() == '-' || *cpu > kLastCpu) return std::nullopt;
  return cpu;
}

Failure not_a_list(std::string_view text) {
  return fail(
      ErrorCode::bad_input,
      fmt::format("'{}' is not a list of CPUs; write it like 1 or 0-2,5", printable(text, 60)));
}

}  // namespace

Result<CpuList> parse_cpu_list(std::string_view text) {
  const std::string_view whole = trimmed(text);
  CpuList cpus;
  if (whole.empty()) return cpus;
  std::string_view rest = whole;
  while (true) {
    const auto comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    const auto dash = part.find('-');
    const auto first = cpu_number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : cpu_number(part.substr(dash + 1));
    if (!first || !last || *last < *first) return not_a_list(whole);
    for (int cpu = *first; cpu <= *last; ++cpu) cpus.push_back(cpu);
    if (cpus.size() > 4U * (kLastCpu + 1)) return not_a_list(whole);
    if (comma == std::string_view::npos) break;
    rest = rest.substr(comma + 1);
  }
  std::sort(cpus.begin(), cpus.end());
  cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
  return cpus;
}

std::string format_cpu_list(const CpuList& cpus) {
  std::string text;
  for (std::size_t i = 0; i < cpus.size();) {
    std::size_t last = i;
    while (last + 1 < cpus.size() && cpus[last + 1] == cpus[last] + 1) ++last;
    if (!text.empty()) text += ',';
    text += std::to_string(cpus[i]);
    if (last > i) text += (last == i + 1 ? ',' : '-') + std::to_string(cpus[last]);
    i = last + 1;
  }
  return text;
}

bool contains(const CpuList& cpus, int cpu) {
  return std::binary_search(cpus.begin(), cpus.end(), cpu);
}

CpuList without(const CpuList& from, const CpuList& taken) {
  CpuList left;
  std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(),
                      std::back_inserter(left));
  return left;
}

CpuList common_to(const CpuList& a, const CpuList& b) {
  CpuList both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

}  // namespace pulsebench::machine
