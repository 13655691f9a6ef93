#include "pulsebench/report/listing_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

const char* word_of(Role role) { return role == Role::floor ? "floor" : "operation"; }

/// The benchmarks of one title: a tier's operations, or the floors.
render::Group group_of(const std::vector<ListedBenchmark>& benchmarks, const std::string& title,
                       auto belongs) {
  render::Group group;
  for (const ListedBenchmark& listed : benchmarks) {
    if (!belongs(listed)) continue;
    const int threads = listed.info.threads;
    group.rows.push_back(
        {.cells = {render::Name{listed.info.id.text()},
                   listed.target ? render::Cell{render::Bound{*listed.target}} : render::Cell{},
                   threads > 1 ? render::Cell{render::Count{threads}} : render::Cell{},
                   render::Text{listed.suite, render::Tone::quiet}}});
  }
  group.title = render::Text{title, render::Tone::strong}.add(
      fmt::format(" ({})", group.rows.size()), render::Tone::quiet);
  return group;
}

std::string list_json(const std::vector<ListedBenchmark>& benchmarks, HardwareClass hardware) {
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
  return json::document_text({{"schema", "pulsebench-list"},
                              {"version", 1},
                              {"hardware_class", name_of(hardware)},
                              {"benchmarks", list}});
}

}  // namespace

render::Page listing_page(const std::vector<ListedBenchmark>& benchmarks, HardwareClass hardware) {
  render::Page page{.title = "benchmarks",
                    .json = [benchmarks, hardware] { return list_json(benchmarks, hardware); }};
  if (benchmarks.empty()) {
    page.headline.clauses = {"no benchmarks"};
    return page;
  }
  std::set<std::string> suites;
  for (const ListedBenchmark& listed : benchmarks) suites.insert(listed.suite);
  page.headline.clauses = {fmt::format(
      "{} in {}",
      render::format_count(static_cast<long long>(benchmarks.size()), "benchmark", "benchmarks"),
      render::format_count(static_cast<long long>(suites.size()), "suite", "suites"))};
  render::Table table{.columns = {{.header = "benchmark", .elastic = true},
                                  {.header = "target", .align = render::Align::right},
                                  {.header = "threads", .align = render::Align::right, .drop = 1},
                                  {.header = "suite", .drop = 2}}};
  for (const Tier tier : kTiers) {
    table.groups.push_back(group_of(benchmarks,
                                    fmt::format("tier {} {}", number_of(tier), title_of(tier)),
                                    [tier](const ListedBenchmark& listed) {
                                      return listed.info.role == Role::operation &&
                                             listed.info.tier_declared && listed.info.tier == tier;
                                    }));
  }
  table.groups.push_back(group_of(benchmarks, "benchmarks", [](const ListedBenchmark& listed) {
    return listed.info.role == Role::operation && !listed.info.tier_declared;
  }));
  table.groups.push_back(
      group_of(benchmarks, "floors of this machine",
               [](const ListedBenchmark& listed) { return listed.info.role == Role::floor; }));
  std::erase_if(table.groups, [](const render::Group& group) { return group.rows.empty(); });
  page.add(std::move(table));
  if (std::ranges::any_of(benchmarks,
                          [](const auto& listed) { return listed.target.has_value(); })) {
    page.add(
        render::Paragraph{{fmt::format("targets for the hardware class {}", name_of(hardware))}});
  }
  return page;
}

}  // namespace pulsebench::report
