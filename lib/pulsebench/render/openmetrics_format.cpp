#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <string_view>

#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/receiver_text.hpp"

/// The cost of each benchmark as OpenMetrics (RFC draft-richih-opsawg-openmetrics-00). GitLab shows
/// each value whose text differs as changed, so a value has no digit that its interval does not
/// support.
namespace pulsebench::render {
namespace {

std::string label_text(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

/// At the first digit of the uncertainty, with two to four digits; with three where it is unknown.
std::string value_text(Cost cost, Cost uncertainty) {
  if (cost.value <= 0.0) return "0";
  int digits = 3;
  if (uncertainty.value > 0.0) {
    const double first = std::floor(std::log10(cost.value));
    digits = static_cast<int>(
        std::clamp(first - std::floor(std::log10(uncertainty.value)) + 1.0, 2.0, 4.0));
  }
  return fmt::format("{:.{}g}", cost.value, digits);
}

}  // namespace

std::string write_openmetrics(const Page& page, const Style&) {
  assert(page.cases);
  std::string text =
      "# TYPE pulsebench_ns_per_op gauge\n"
      "# UNIT pulsebench_ns_per_op ns_per_op\n"
      "# HELP pulsebench_ns_per_op Cost of one operation.\n";
  std::string others;
  for (const Case& one : page.cases()) {
    if (!one.cost) continue;
    const bool time = one.cost->unit == Unit::nanoseconds;
    (time ? text : others) += fmt::format(
        "{}{{benchmark=\"{}\",suite=\"{}\"{}}} {}\n",
        time ? "pulsebench_ns_per_op" : "pulsebench_metric", label_text(one.id),
        label_text(one.suite), time ? "" : fmt::format(",unit=\"{}\"", name_of(one.cost->unit)),
        value_text(*one.cost, one.uncertainty));
  }
  if (!others.empty()) {
    text +=
        "# TYPE pulsebench_metric gauge\n"
        "# HELP pulsebench_metric A figure of a workload, in its unit.\n" +
        others;
  }
  return text + "# EOF\n";
}

}  // namespace pulsebench::render
