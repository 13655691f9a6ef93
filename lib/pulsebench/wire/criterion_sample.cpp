#include "pulsebench/wire/criterion_sample.hpp"

#include <algorithm>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::wire {
namespace {

constexpr double kLeastNs = 1e-3, kMostNs = 1e13;
constexpr double kMostIterations = 1e18;

Failure wrong_criterion(const std::string& what) {
  return fail(ErrorCode::child_failed, "its Criterion result is not usable: " + what);
}

}  // namespace

Result<Visit> decode_criterion_sample(std::string_view text) {
  const auto sample = json::parse_leniently(text, {});
  if (!sample) return wrong_criterion("sample.json is not JSON");
  json::Problem problem;
  json::Reader fields{*sample, problem};
  const std::vector<double> iterations = fields.reals("iters", 1.0, kMostIterations);
  const std::vector<double> times = fields.reals("times", kLeastNs, kMostNs);
  if (problem.noted()) return wrong_criterion(problem.text());
  if (iterations.size() != times.size()) {
    return wrong_criterion("'iters' and 'times' differ in length");
  }
  if (times.empty()) return wrong_criterion("it has no samples");
  Visit visit;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double ns = times[i] / iterations[i];
    visit.slices.push_back({.ns_per_op = ns, .cpu_ns_per_op = ns, .disturbances = 0});
  }
  const double most = *std::ranges::max_element(iterations);
  visit.operations = static_cast<std::uint64_t>(most);
  return visit;
}

Result<std::string> decode_criterion_id(std::string_view text) {
  const auto benchmark = json::parse_leniently(text, {});
  if (!benchmark) return wrong_criterion("benchmark.json is not JSON");
  json::Problem problem;
  json::Reader fields{*benchmark, problem};
  std::string id = fields.text("full_id");
  if (problem.noted()) return wrong_criterion(problem.text());
  return id;
}

std::vector<std::string> criterion_list(std::string_view text) {
  std::vector<std::string> ids;
  for (std::string& line : split(text, '\n')) {
    for (const std::string_view end : {": benchmark", ": bench"}) {
      if (line.size() <= end.size() || !line.ends_with(end)) continue;
      line.resize(line.size() - end.size());
      ids.push_back(line);
      break;
    }
  }
  return ids;
}

}  // namespace pulsebench::wire
