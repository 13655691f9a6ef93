#include "pulsebench/session/prune_nights.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include <fmt/format.h>

#include "fake_project.hpp"
#include "pulsebench/session/nightly.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/trend/measured_night.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

/// The day `number` days after 2026-01-01, a Thursday.
std::string day(int number) {
  using namespace std::chrono;
  const year_month_day date{sys_days{2026y / January / 1} + days{number}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// A project with so many nights, as a nightly run leaves them.
baseline::Document with_nights(FakeProject& project, int nights) {
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  RunRequest request = project.request(suite);
  auto result = session::run(project.session(), request);
  REQUIRE(result);
  baseline::Document document = result->document;
  document.reason = "nightly";
  const Session session = project.session();
  for (int i = 0; i < nights; ++i) {
    document.run_id = fmt::format("run-{}", i);
    REQUIRE(session.workspace.store.save("nightly/" + day(i), document));
    REQUIRE(trend::record_night(session.workspace.store, trend::measured_night(document, day(i))));
  }
  return document;
}

std::vector<std::string> names(const std::vector<NightFile>& files) {
  std::vector<std::string> found;
  for (const NightFile& file : files) found.push_back(file.name);
  return found;
}

std::size_t stored(FakeProject& project) {
  return project.session().workspace.store.list()->size();
}

}  // namespace

TEST_CASE("old nights are removed, but for the first one and Sundays, and their lines stay") {
  FakeProject project;
  with_nights(project, 10);
  const std::vector<std::string> old{"nightly/2026-01-02", "nightly/2026-01-03",
                                     "nightly/2026-01-05", "nightly/2026-01-06",
                                     "nightly/2026-01-07"};
  const auto planned = prune_nights(project.session(), 3, /*dry_run=*/true);
  REQUIRE(planned);
  CHECK(names(planned->removed) == old);
  CHECK(stored(project) == 10);
  const auto pruned = prune_nights(project.session(), 3, /*dry_run=*/false);
  REQUIRE(pruned);
  CHECK(names(pruned->removed) == old);
  CHECK(pruned->left.empty());
  CHECK(pruned->kept == std::map<trend::KeptFor, std::size_t>{{trend::KeptFor::newest, 3},
                                                              {trend::KeptFor::epoch, 1},
                                                              {trend::KeptFor::sunday, 1}});
  CHECK(stored(project) == 5);
  CHECK_FALSE(std::filesystem::exists(project.path("baselines/nightly/2026-01-02")));
  const Session session = project.session();
  const auto kinds = trend::history_kinds(session.workspace.store);
  REQUIRE(kinds);
  CHECK(trend::read_history(session.workspace.store, kinds->front())->nights.size() == 10);
  CHECK(prune_nights(session, 3, /*dry_run=*/false)->removed.empty());
}

TEST_CASE("what is not proven to be a night in the history is left alone, with the reason") {
  FakeProject project;
  baseline::Document document = with_nights(project, 10);
  const Session session = project.session();
  const auto save = [&](const std::string& name, const char* run_id, const char* reason) {
    document.run_id = run_id;
    document.reason = reason;
    REQUIRE(session.workspace.store.save(name, document));
  };
  save("nightly/2026-01-02", "another", "nightly");
  save("nightly/2026-01-03", "run-2", "local");
  save("nightly/2025-12-30", "older", "nightly");
  save("nightly/by-hand", "run-4", "nightly");
  save("other/2026-01-05", "run-4", "nightly");
  const auto pruned = prune_nights(session, 3, /*dry_run=*/false);
  REQUIRE(pruned);
  CHECK(names(pruned->removed) ==
        std::vector<std::string>{"nightly/2026-01-05", "nightly/2026-01-06", "nightly/2026-01-07"});
  REQUIRE(pruned->left.size() == 3);
  CHECK(pruned->left[0].why == "the history has no line of that day");
  CHECK(pruned->left[1].why == "the line of that day is of another run");
  CHECK(pruned->left[2].why == "it is no complete nightly run");
  CHECK(session.workspace.store.load("nightly/by-hand"));
  CHECK(session.workspace.store.load("other/2026-01-05"));
}

TEST_CASE("with a history that cannot be read, nothing is removed") {
  FakeProject project;
  const auto document = with_nights(project, 10);
  const auto kind = trend::measured_night(document, "2026-01-01").machine_kind;
  project.write("baselines/nightly/history/" + kind + ".jsonl", "{}\n");
  CHECK_FALSE(prune_nights(project.session(), 3, /*dry_run=*/false));
  CHECK(stored(project) == 10);
  project.write("baselines/nightly/history/" + kind + ".jsonl", "");
  const auto pruned = prune_nights(project.session(), 3, /*dry_run=*/false);
  REQUIRE(pruned);
  CHECK(pruned->removed.empty());
  CHECK(pruned->left.size() == 10);
}
