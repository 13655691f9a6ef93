#include "pulsebench/session/nightly.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "fake_project.hpp"
#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/session/save_baseline.hpp"
#include "pulsebench/trend/history.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

constexpr const char* kDay = "2026-01-31";

RunRequest night(const FakeProject& project, const std::string& suite, const char* day = kDay) {
  RunRequest request = project.request(suite, std::string{"nightly/"} + day);
  request.reason = "nightly";
  return request;
}

std::vector<trend::Night> nights_of(FakeProject& project) {
  const Session session = project.session();
  std::vector<trend::Night> nights;
  const auto kinds = trend::history_kinds(session.workspace.store);
  REQUIRE(kinds);
  for (const std::string& kind : *kinds) {
    const auto history = trend::read_history(session.workspace.store, kind);
    REQUIRE(history);
    nights.insert(nights.end(), history->nights.begin(), history->nights.end());
  }
  return nights;
}

bool noticed(const FakeProject& project, const std::string& part) {
  return std::ranges::any_of(project.seen.notices, [&](const std::string& line) {
    return line.find(part) != std::string::npos;
  });
}

std::vector<std::string> ids_of(const trend::Night& one) {
  std::vector<std::string> ids;
  for (const trend::NightCost& cost : one.costs) ids.push_back(cost.id.text());
  return ids;
}

}  // namespace

TEST_CASE("a nightly run is saved under a date, or under today's") {
  CHECK(nightly_name("nightly/2026-01-31", "nightly") == "nightly/2026-01-31");
  CHECK(nightly_name("nightly/today", "nightly") == "nightly/" + today());
  CHECK(nightly_name("nightly/today", "local") == "nightly/" + today());
  CHECK(nightly_name("main", "nightly") == "main");
  CHECK(nightly_name("nightly/x", "local") == "nightly/x");  // a name as any other
  for (const char* save : {"nightly/x", "nightly/2026-02-30", "nightly/2026-1-1", "nightly/",
                           "nightly/2026-01-31/x", "nightly/yesterday"}) {
    CAPTURE(save);
    const auto refused = nightly_name(save, "nightly");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::bad_input);
    CHECK(refused.error().message.find("names no night; save a nightly run as nightly/DATE") !=
          std::string::npos);
  }
}

TEST_CASE("a night is a line of the history of its kind of machine, and rerunning replaces it") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {.ns = 10.0}}, {"b", {}}});
  const auto first = session::run(project.session(), night(project, suite));
  REQUIRE(first);
  CHECK(first->saved_as == "nightly/2026-01-31");
  auto nights = nights_of(project);
  REQUIRE(nights.size() == 1);
  CHECK(nights[0].day == kDay);
  CHECK(nights[0].run_id == first->document.run_id);
  CHECK(nights[0].machine_key == first->document.machine.key);
  CHECK(nights[0].machine_kind == baseline::kind_of(first->document.machine));
  CHECK(ids_of(nights[0]) == std::vector<std::string>{"a", "b"});
  CHECK(nights[0].costs[0].cost.value == doctest::Approx(10.0).epsilon(0.01));
  CHECK_FALSE(nights[0].costs[0].anchor_ratio);
  CHECK(noticed(project, "no anchor on this kind of machine"));
  CHECK(noticed(project, "night 2026-01-31 added to "));
  CHECK(noticed(project, ".jsonl: 2 operations, 0 with a ratio to the anchor"));

  const auto second = session::run(project.session(), night(project, suite));
  REQUIRE(session::run(project.session(), night(project, suite, "2026-02-01")));
  nights = nights_of(project);
  REQUIRE(nights.size() == 2);
  CHECK(nights[0].run_id == second->document.run_id);
  CHECK(nights[1].day == "2026-02-01");
}

TEST_CASE("a benchmark that failed is missing in the line, and is no old figure") {
  FakeProject project;
  const std::string good = project.build("suites/fake", {{"a", {}}, {"b", {}}});
  REQUIRE(session::run(project.session(), night(project, good)));
  const std::string bad =
      project.build("suites/other", {{"a", {}}, {"b", {.status = Status::crashed}}});
  const auto failed = session::run(project.session(), night(project, bad, "2026-02-01"));
  REQUIRE(failed);
  CHECK(failed->saved_as.empty());  // no baseline has a benchmark that failed
  auto nights = nights_of(project);
  REQUIRE(nights.size() == 2);
  CHECK(ids_of(nights[1]) == std::vector<std::string>{"a"});
  CHECK(noticed(project, "1 of 2 operations, the others have no figure"));

  REQUIRE(session::run(project.session(), night(project, bad)));  // the day that was measured whole
  nights = nights_of(project);
  CHECK(ids_of(nights[0]) == std::vector<std::string>{"a", "b"});
  CHECK(noticed(project, "the line of 2026-01-31 stays: this run was not saved"));
}

TEST_CASE("a night that was filtered has the benchmarks it measured alone") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}, {"b", {}}});
  RunRequest request = night(project, suite);
  request.selection.filter = "^a$";
  REQUIRE(session::run(project.session(), request));
  const auto nights = nights_of(project);
  REQUIRE(nights.size() == 1);
  CHECK(ids_of(nights[0]) == std::vector<std::string>{"a"});
}

TEST_CASE("what does not stand for the night has no line") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  RunRequest injected = night(project, suite);
  injected.selection.inject = {{"a", 15.0}};
  REQUIRE(session::run(project.session(), injected));
  CHECK(noticed(project, "no line of this run: work was injected into a on purpose"));
  project.interrupted_by = SIGINT;
  REQUIRE(session::run(project.session(), night(project, suite)));
  CHECK(noticed(project, "no line of this run: the run was interrupted by SIGINT"));
  project.interrupted_by = 0;
  const std::string broken = project.build("suites/broken", {{"a", {.status = Status::crashed}}});
  REQUIRE(session::run(project.session(), night(project, broken)));
  CHECK(noticed(project, "no line of this run: no operation was measured"));
  CHECK(nights_of(project).empty());
}

TEST_CASE("a run that looks like a night and is none says what is missing") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  REQUIRE(session::run(project.session(), project.request(suite, "nightly/2026-01-31")));
  CHECK(
      noticed(project, "nightly/2026-01-31 is not added to the nightly history without --reason"));
  RunRequest unsaved = project.request(suite);
  unsaved.reason = "nightly";
  REQUIRE(session::run(project.session(), unsaved));
  CHECK(noticed(project, "save it with --save nightly/today"));
  CHECK(nights_of(project).empty());
}

TEST_CASE("a history that cannot be written is an error behind the figures") {
  FakeProject project;
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  REQUIRE(session::run(project.session(), night(project, suite)));
  const std::string kind = nights_of(project).front().machine_kind;
  project.write("baselines/nightly/history/" + kind + ".jsonl", "{\"schema\":");
  const auto result = session::run(project.session(), night(project, suite, "2026-02-01"));
  REQUIRE(result);
  CHECK(result->saved_as == "nightly/2026-02-01");
  REQUIRE(result->not_kept);
  CHECK(result->not_kept->message.find("line 1: the line is incomplete") != std::string::npos);
}
