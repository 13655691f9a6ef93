#include "pulsebench/wire/report_line.hpp"

#include <cmath>
#include <string>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::wire {
namespace {

constexpr std::size_t kMostMetrics = 1'000;
constexpr std::size_t kMostValues = 100'000;

/// Adds the numbers of `value`; false where it is neither a number nor a list of numbers.
bool take_numbers(const json::Value& value, std::vector<double>& values) {
  if (value.is_number()) {
    values.push_back(value.get<double>());
    return std::isfinite(values.back());
  }
  if (!value.is_array() || value.empty() || value.size() > kMostValues) return false;
  for (const json::Value& one : value) {
    if (!one.is_number()) return false;
    values.push_back(one.get<double>());
    if (!std::isfinite(values.back())) return false;
  }
  return true;
}

}  // namespace

Result<MetricReport> decode_report(std::string_view line) {
  const auto parsed = json::parse(line, "it");
  if (!parsed) return fail(ErrorCode::child_failed, parsed.error().message);
  json::Problem problem;
  json::Reader fields{*parsed, problem};
  fields.know_only({"metrics", "label"});
  MetricReport report;
  fields.read("label", report.label, json::TextBounds{});
  auto metrics = fields.child("metrics");
  if (!metrics && fields.require("metrics") != nullptr) fields.note("metrics", "must be an object");
  if (metrics && metrics->value().is_object()) {
    for (const auto& [name, value] : metrics->value().items()) {
      if (report.metrics.size() == kMostMetrics) {
        metrics->note(printable(name, 60), "is one metric too many");
        break;
      }
      MetricValues& taken = report.metrics.emplace_back(MetricValues{.name = name, .values = {}});
      if (!take_numbers(value, taken.values)) {
        metrics->note(printable(name, 60), "must be a finite number, or a list of them");
      }
    }
    if (report.metrics.empty()) fields.note("metrics", "is empty");
  }
  if (problem.noted()) return fail(ErrorCode::child_failed, problem.text());
  return report;
}

}  // namespace pulsebench::wire
