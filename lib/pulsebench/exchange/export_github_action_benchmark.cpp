#include <string>

#include <fmt/format.h>

#include "pulsebench/exchange/exporters.hpp"
#include "pulsebench/json/write.hpp"

namespace pulsebench::exchange {
namespace {

using Json = nlohmann::ordered_json;
using baseline::BenchmarkResult;

std::string extra_of(const BenchmarkResult& result) {
  const std::size_t launches = result.launches.launch.size();
  std::string text = fmt::format("{} {}", launches, launches == 1 ? "launch" : "launches");
  if (const auto& interval = result.interval) {
    text += fmt::format("\n{:.0f} % interval {:.7g} to {:.7g} ns", 100 * interval->level,
                        interval->low, interval->high);
  }
  return text;
}

}  // namespace

/// The input of the tool `customSmallerIsBetter`.
std::string write_github_action_benchmark(const baseline::Document& document) {
  Json list = Json::array();
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!is_exported(result)) continue;
    Json entry{{"name", result.info.id.text()}, {"unit", "ns/op"}, {"value", result.value->value}};
    if (result.interval) {
      const double half = (result.interval->high - result.interval->low) / 2.0;
      entry["range"] = fmt::format("± {:.3g}", half);
    }
    if (!result.aggregate) entry["extra"] = extra_of(result);
    list.push_back(std::move(entry));
  }
  return json::document_text(list);
}

}  // namespace pulsebench::exchange
