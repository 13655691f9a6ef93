#include <string>

#include <fmt/format.h>

#include "pulsebench/exchange/exporters.hpp"
#include "pulsebench/json/write.hpp"

namespace pulsebench::exchange {
namespace {

using Json = nlohmann::ordered_json;
using baseline::BenchmarkResult;

std::string unit_of(const BenchmarkInfo& info) {
  return info.unit() == Unit::nanoseconds ? "ns/op" : std::string{name_of(info.unit())};
}

std::string extra_of(const BenchmarkResult& result) {
  const std::size_t launches = result.launches.launch.size();
  std::string text = fmt::format("{} {}", launches, launches == 1 ? "launch" : "launches");
  if (const auto& interval = result.interval) {
    text += fmt::format("\n{:.0f} % interval {:.7g} to {:.7g} {}", 100 * interval->level,
                        interval->low, interval->high, name_of(result.info.unit()));
  }
  return text;
}

}  // namespace

/// The input of the tool `customSmallerIsBetter`: of what is better when it is higher, the
/// reciprocal.
std::string write_github_action_benchmark(const baseline::Document& document) {
  Json list = Json::array();
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!is_exported(result)) continue;
    Json entry{{"name", result.info.id.text()},
               {"unit", unit_of(result.info)},
               {"value", result.value->value}};
    if (result.info.better() == Better::higher) {
      entry["unit"] = "1/(" + unit_of(result.info) + ")";
      entry["value"] = 1.0 / result.value->value;
      list.push_back(std::move(entry));
      continue;
    }
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
