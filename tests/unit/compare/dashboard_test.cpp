#include "pulsebench/compare/dashboard.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

baseline::Entry entry(const std::string& name, const std::string& run_id,
                      const std::string& started, const std::string& key = "here",
                      bool complete = true) {
  baseline::Document document;
  document.run_id = run_id;
  document.started = started;
  document.machine.key = key;
  document.complete = complete;
  return {.name = name, .file = {}, .envelope = std::move(document)};
}

}  // namespace

TEST_CASE("stored results are sorted by machine, the one that measured last first") {
  const std::vector<baseline::Entry> results{
      entry("r1", "r1", "2026-01-01"),
      entry("r2", "r2", "2026-01-03", "elsewhere"),
      entry("r3", "r3", "2026-01-02"),
      {.name = "torn", .file = {}, .envelope = fail(ErrorCode::bad_input, "torn")}};
  const auto machines = results_by_machine(results);
  REQUIRE(machines.size() == 2);
  CHECK(machines[0].key == "elsewhere");
  REQUIRE(machines[1].runs.size() == 2);
  CHECK(machines[1].runs[0].document->run_id == "r3");
  CHECK(machines[1].runs[1].document->run_id == "r1");
}

TEST_CASE("a run and the baselines it is kept as are one result") {
  const std::vector<baseline::Entry> results{entry("r1", "r1", "2026-01-01"),
                                             entry("main", "r1", "2026-01-01"),
                                             entry("v1", "r1", "2026-01-01")};
  const auto machines = results_by_machine(results);
  REQUIRE(machines[0].runs.size() == 1);
  CHECK(machines[0].runs[0].baselines == std::vector<std::string>{"main", "v1"});
}

TEST_CASE("the newest complete run is judged against main, else against the run before it") {
  const auto pair_of = [](const std::vector<baseline::Entry>& results) {
    const auto machines = results_by_machine(results);
    const auto [base, candidate] = newest_pair(machines[0]);
    return base == nullptr ? std::string{"none"}
                           : base->document->run_id + " " + candidate->document->run_id;
  };
  const auto cut = entry("r9", "r9", "2026-01-09", "here", false);
  CHECK(pair_of({cut, entry("main", "r1", "1"), entry("r2", "r2", "2"), entry("r3", "r3", "3")}) ==
        "r1 r3");
  CHECK(pair_of({cut, entry("r2", "r2", "2"), entry("r3", "r3", "3"), entry("main", "r3", "3")}) ==
        "r2 r3");
  CHECK(pair_of({cut, entry("r2", "r2", "2")}) == "none");
  CHECK(pair_of({cut}) == "none");
}
