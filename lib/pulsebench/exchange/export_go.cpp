#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/exchange/exporters.hpp"

namespace pulsebench::exchange {
namespace {

using baseline::BenchmarkResult;

/// Bytes of the blank or percent sign that `text` begins with, by Unicode's White_Space but for
/// what no id has; 0 where it begins with none.
std::size_t escaped_prefix(std::string_view text) {
  for (const std::string_view one :
       {" ", "%", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"}) {
    if (text.starts_with(one)) return one.size();
  }
  const bool en_quad_or_so = text.size() > 2 && text.starts_with("\xE2\x80") &&
                             static_cast<unsigned char>(text[2]) <= 0x8A;
  return en_quad_or_so ? 3 : 0;
}

/// Returns true for what benchstat would take for the suffix of GOMAXPROCS: "sort-8".
bool ends_as_processors(std::string_view name) {
  const std::size_t digits = name.find_last_not_of("0123456789");
  return digits != std::string_view::npos && digits + 1 < name.size() && name[digits] == '-';
}

/// "Benchmark_sort/8-4": what follows the first word is no lower-case letter, nothing in it is
/// blank, and the last number is that of the threads. Two ids have two names.
std::string go_name(const BenchmarkInfo& info) {
  std::string name = "Benchmark_";
  for (std::string_view rest = info.id.text(); !rest.empty();) {
    const std::size_t escaped = escaped_prefix(rest);
    for (const char c : rest.substr(0, escaped)) {
      name += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    }
    if (escaped == 0) name += rest.front();
    rest.remove_prefix(escaped == 0 ? 1 : escaped);
  }
  if (info.threads > 1 || ends_as_processors(name)) name += fmt::format("-{}", info.threads);
  return name;
}

/// What has no noise, and so is the same on each line.
std::string counts_of(const BenchmarkResult& result) {
  std::string text;
  if (result.exact && result.exact->instructions_per_op) {
    text += fmt::format(" {:.7g} instructions/op", *result.exact->instructions_per_op);
  }
  if (result.allocations && result.allocations->per_op) {
    text += fmt::format(" {:.7g} B/op {:.7g} allocs/op", result.allocations->bytes_per_op,
                        *result.allocations->per_op);
  }
  return text;
}

bool is_rate(const BenchmarkResult& result) { return result.info.unit() == Unit::per_second; }

}  // namespace

/// One line a launch: a launch is what benchstat takes a line for, a sample that stands alone.
std::string write_go(const baseline::Document& document) {
  std::string text =
      "Unit ns/op better=lower assume=nothing\n"
      "Unit instructions/op better=lower assume=exact\n";
  if (std::ranges::any_of(document.benchmarks, is_rate)) {
    text += "Unit 1/s better=higher assume=nothing\n";
  }
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!is_exported(result)) continue;
    const std::string name = go_name(result.info);
    const std::string counts = counts_of(result);
    const auto& launches = result.launches;
    const std::uint64_t operations = std::max<std::uint64_t>(result.batching.operations, 1);
    const Unit measured_in = result.info.unit();
    const auto unit = measured_in == Unit::nanoseconds ? "ns/op" : name_of(measured_in);
    const auto add = [&](std::uint64_t count, double figure) {
      text += fmt::format("{} {} {:.7g} {}{}\n", name, count, figure, unit, counts);
    };
    if (launches.launch.empty()) add(1, result.value->value);
    for (std::size_t i = 0; i < launches.launch.size(); ++i) {
      add(operations * static_cast<std::uint64_t>(launches.slices[i]), launches.p25[i]);
    }
  }
  return text;
}

}  // namespace pulsebench::exchange
