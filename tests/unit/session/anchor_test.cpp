#include "pulsebench/session/anchor.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "fake_project.hpp"
#include "pulsebench/session/nightly.hpp"
#include "pulsebench/trend/history.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

/// The costs of the night of `suite`, by id.
std::map<std::string, trend::NightCost> night_of(FakeProject& project, const std::string& suite) {
  RunRequest request = project.request(suite, "nightly/2026-01-31");
  request.reason = "nightly";
  REQUIRE(session::run(project.session(), request));
  const Session session = project.session();
  const auto& store = session.workspace.store;
  const auto kinds = trend::history_kinds(store);
  REQUIRE(kinds);
  const auto history = trend::read_history(store, kinds->front());
  REQUIRE(history);
  std::map<std::string, trend::NightCost> costs;
  for (const trend::NightCost& cost : history->nights.front().costs) {
    costs.emplace(cost.id.text(), cost);
  }
  return costs;
}

bool noticed(const FakeProject& project, const std::string& part) {
  return std::ranges::any_of(project.seen.notices, [&](const std::string& line) {
    return line.find(part) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("a night is measured against the anchor's executables, 20 blocks a benchmark") {
  FakeProject project;
  const std::string kept = project.build("suites/old", {{"a", {.ns = 10.0}}, {"b", {.ns = 20.0}}});
  REQUIRE(session::run(project.session(), project.request(kept, kAnchor)));
  const std::string suite =
      project.build("suites/new", {{"a", {.ns = 12.0}}, {"b", {.ns = 20.0}}, {"c", {}}});
  auto costs = night_of(project, suite);
  CHECK(project.seen.effort.most_blocks == 20);
  REQUIRE(project.seen.paired.size() == 2);
  CHECK(project.seen.paired[0].sides[0].executable.parent_path() ==
        project.path(".pulsebench/bin"));
  CHECK(project.seen.paired[0].sides[1].executable == suite);
  // The fake costs 12 and 10 ns: the ratio is 1.2, whatever the machine does meanwhile.
  CHECK(costs.at("a").anchor_ratio.value() == doctest::Approx(1.2).epsilon(0.001));
  CHECK(costs.at("b").anchor_ratio.value() == doctest::Approx(1.0).epsilon(0.001));
  CHECK_FALSE(costs.at("c").anchor_ratio);
  CHECK(noticed(project, "no ratio to the anchor: c: the anchor does not have it"));
}

TEST_CASE("the anchor's own executable has the ratio 1, and is not measured") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  REQUIRE(session::run(project.session(), project.request(suite, kAnchor)));
  const auto costs = night_of(project, suite);
  CHECK(costs.at("a").anchor_ratio == 1.0);
  CHECK(project.seen.paired.empty());
}

TEST_CASE("an executable that was changed since it was kept is not started") {
  FakeProject project;
  const std::string kept = project.build("suites/old", {{"a", {}}});
  REQUIRE(session::run(project.session(), project.request(kept, kAnchor)));
  for (const auto& file : std::filesystem::directory_iterator{project.path(".pulsebench/bin")}) {
    std::ofstream{file.path()} << "another program";
  }
  const auto costs = night_of(project, project.build("suites/new", {{"a", {}}}));
  CHECK_FALSE(costs.at("a").anchor_ratio);
  CHECK(project.seen.paired.empty());
  CHECK(noticed(project, "was changed since it was kept"));
}

TEST_CASE("another version of a benchmark has no ratio to the anchor") {
  FakeProject project;
  const std::string kept =
      project.build("suites/old", {{"a", {.version = 1}}, {"b", {}}, {"c", {}}});
  REQUIRE(session::run(project.session(), project.request(kept, kAnchor)));
  const std::string suite = project.build(
      "suites/new", {{"a", {.version = 2}}, {"b", {.twice_as_slow_in_blocks = true}}, {"c", {}}});
  const auto costs = night_of(project, suite);
  CHECK_FALSE(costs.at("a").anchor_ratio);
  CHECK(noticed(project, "no ratio to the anchor: a: the anchor has another version of it"));
  CHECK(costs.at("b").anchor_ratio.value() == doctest::Approx(2.0).epsilon(0.001));
}
