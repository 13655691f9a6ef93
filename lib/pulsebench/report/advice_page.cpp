#include "pulsebench/report/advice_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::Advice;
using profile::BenchmarkAdvice;
using Json = nlohmann::ordered_json;

double share_of(const Advice& advice, const BenchmarkAdvice& advised) {
  return advised.ns_per_op > 0.0 ? 100.0 * advice.gain_ns / advised.ns_per_op : 0.0;
}

/// "leaf(unsigned long), victim.cpp:20".
std::string place_of(const Advice& advice) {
  std::string place = printable(profile::short_name(advice.function), 100);
  if (advice.where) {
    const auto file = std::filesystem::path{advice.where->file}.filename().string();
    place +=
        fmt::format("{}{}:{}", place.empty() ? "" : ", ", printable(file, 100), advice.where->line);
  }
  return place;
}

render::Row row_of(const Advice& advice, const BenchmarkAdvice& advised) {
  render::Text note;
  if (const std::string place = place_of(advice); !place.empty()) note.add(place + ": ");
  note.add(printable(advice.evidence, 500), render::Tone::quiet).add("; try: " + advice.remedy);
  return {.cells = {advice.what, Cost{advice.gain_ns}, Percent{share_of(advice, advised)},
                    std::string{name_of(advice.confidence)}},
          .note = std::move(note)};
}

std::string headline_of(const BenchmarkAdvice& advised) {
  const std::string benchmark = printable(advised.benchmark, 200);
  const std::string cost = render::format_cost(Cost{advised.ns_per_op});
  if (advised.advice.empty()) {
    return fmt::format("none of {} rules finds anything worth 2 % of the {} of {}",
                       profile::count_rules(), cost, benchmark);
  }
  return fmt::format("{} for {}, which takes {} and executes {} instructions",
                     render::format_count(static_cast<long long>(advised.advice.size()),
                                          "piece of advice", "pieces of advice"),
                     benchmark, cost, render::format_per_operation(advised.instructions_per_op));
}

Json advice_json(const Advice& advice, const BenchmarkAdvice& advised) {
  Json json = {{"rule", advice.rule},
               {"what", advice.what},
               {"function", printable(advice.function, render::kLongestText)},
               {"evidence", printable(advice.evidence, render::kLongestText)},
               {"remedy", advice.remedy},
               {"gain_ns_per_op", advice.gain_ns},
               {"gain_percent", share_of(advice, advised)},
               {"confidence", name_of(advice.confidence)}};
  if (advice.where) {
    json["source"] = {{"file", printable(advice.where->file, render::kLongestText)},
                      {"line", advice.where->line}};
  }
  return json;
}

std::string document_of(const BenchmarkAdvice& advised) {
  Json json = {{"schema", "pulsebench-advice"},
               {"version", 1},
               {"benchmark", printable(advised.benchmark, render::kLongestText)},
               {"summary", headline_of(advised)},
               {"ns_per_op", advised.ns_per_op},
               {"instructions_per_op", advised.instructions_per_op},
               {"rules", profile::count_rules()},
               {"notes", advised.notes},
               {"advice", Json::array()}};
  for (const Advice& advice : advised.advice) {
    json["advice"].push_back(advice_json(advice, advised));
  }
  return json::document_text(json);
}

}  // namespace

render::Page advice_page(const BenchmarkAdvice& advised) {
  using render::Align;
  render::Page page{.title = render::Text{"advice on "}.add_verbatim(advised.benchmark),
                    .headline = {.clauses = {headline_of(advised)}},
                    .json = [&advised] { return document_of(advised); }};
  if (!advised.advice.empty()) {
    render::Table table{
        .columns = {{.header = "advice", .elastic = true},
                    {.header = "gain", .align = Align::right},
                    {.header = "% of op", .align = Align::right},
                    {.header = "confidence"}},
        .groups = {{}},
        .legend = {{.text = "gain: what the operation spends on it, with prices measured here; an "
                            "upper bound"}}};
    for (const Advice& advice : advised.advice) {
      table.groups[0].rows.push_back(row_of(advice, advised));
    }
    page.add(std::move(table));
  }
  for (const std::string& note : advised.notes) {
    page.add(render::Note{render::Mark::absent, note});
  }
  return page;
}

}  // namespace pulsebench::report
