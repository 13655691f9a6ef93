#include "pulsebench/report/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pulsebench/report/json_text.hpp"
#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/table.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

const char* word_of(Role role) { return role == Role::floor ? "floor" : "operation"; }

/// The benchmarks of one title: a tier's operations, or the floors.
void add_group(Table& table, std::span<const ListedBenchmark> benchmarks, const std::string& title,
               auto belongs, const Style& style) {
  const auto members = std::count_if(benchmarks.begin(), benchmarks.end(), belongs);
  if (members == 0) return;
  table.title(Text{title, Tone::strong}.add(fmt::format("  {}", members), Tone::quiet));
  for (const ListedBenchmark& listed : benchmarks) {
    if (!belongs(listed)) continue;
    const Text target = listed.target ? Text{"< " + bound(*listed.target, style)} : Text{};
    const Text threads =
        listed.info.threads > 1 ? Text{fmt::format("{} threads", listed.info.threads)} : Text{};
    table.row({" ", printable(listed.info.id.text()), target, threads,
               Text{printable(listed.suite), Tone::quiet}});
  }
}

}  // namespace

std::string list_text(std::span<const ListedBenchmark> benchmarks, const Style& style) {
  if (benchmarks.empty()) return "no benchmarks\n";
  std::set<std::string> suites;
  for (const ListedBenchmark& listed : benchmarks) suites.insert(listed.suite);
  std::string text = fmt::format(
      "{} in {}\n\n", count(static_cast<long long>(benchmarks.size()), "benchmark", "benchmarks"),
      count(static_cast<long long>(suites.size()), "suite", "suites"));
  Table table{{{.header = ""},
               {.header = "benchmark", .gap = 1, .elastic = true},
               {.header = "target", .align = Align::right},
               {.header = "", .drop = 1},
               {.header = "suite", .drop = 2}}};
  for (const Tier tier : kTiers) {
    const std::string title = fmt::format("tier {} {}", number_of(tier), title_of(tier));
    add_group(
        table, benchmarks, title,
        [tier](const ListedBenchmark& listed) {
          return listed.info.role == Role::operation && listed.info.tier == tier;
        },
        style);
  }
  add_group(
      table, benchmarks, "floors of this machine",
      [](const ListedBenchmark& listed) { return listed.info.role == Role::floor; }, style);
  return text + table.plain(style);
}

std::string list_json(std::span<const ListedBenchmark> benchmarks) {
  Json list = Json::array();
  for (const ListedBenchmark& listed : benchmarks) {
    list.push_back(
        {{"id", listed.info.id.text()},
         {"tier", number_of(listed.info.tier)},
         {"role", word_of(listed.info.role)},
         {"suite", listed.suite},
         {"version", listed.info.version},
         {"threads", listed.info.threads},
         {"target_ns_per_op", listed.target ? Json(listed.target->value) : Json(nullptr)}});
  }
  return json_text({{"schema", "pulsebench-list"}, {"version", 1}, {"benchmarks", list}});
}

}  // namespace pulsebench::report
