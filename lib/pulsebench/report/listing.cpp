#include "pulsebench/report/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

const char* word_of(Role role) { return role == Role::floor ? "floor" : "operation"; }

/// The benchmarks of one title: a tier's operations, or the floors.
void add_group(render::TextTable& table, std::span<const ListedBenchmark> benchmarks,
               const std::string& title, auto belongs,
               [[maybe_unused]] const render::Style& style) {
  const auto members = std::count_if(benchmarks.begin(), benchmarks.end(), belongs);
  if (members == 0) return;
  table.title(render::Text{title, render::Tone::strong}.add(fmt::format("  {}", members),
                                                            render::Tone::quiet));
  for (const ListedBenchmark& listed : benchmarks) {
    if (!belongs(listed)) continue;
    const render::Text target =
        listed.target ? render::Text{"< " + render::format_bound(*listed.target)} : render::Text{};
    const render::Text threads = listed.info.threads > 1
                                     ? render::Text{fmt::format("{} threads", listed.info.threads)}
                                     : render::Text{};
    table.row({" ", printable(listed.info.id.text()), target, threads,
               render::Text{printable(listed.suite), render::Tone::quiet}});
  }
}

}  // namespace

std::string list_text(std::span<const ListedBenchmark> benchmarks, const render::Style& style) {
  if (benchmarks.empty()) return "no benchmarks\n";
  std::set<std::string> suites;
  for (const ListedBenchmark& listed : benchmarks) suites.insert(listed.suite);
  std::string text = fmt::format(
      "{} in {}\n\n",
      render::format_count(static_cast<long long>(benchmarks.size()), "benchmark", "benchmarks"),
      render::format_count(static_cast<long long>(suites.size()), "suite", "suites"));
  render::TextTable table{{{.header = ""},
                           {.header = "benchmark", .gap = 1, .elastic = true},
                           {.header = "target", .align = render::Align::right},
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
  return render::json_text({{"schema", "pulsebench-list"}, {"version", 1}, {"benchmarks", list}});
}

}  // namespace pulsebench::report
