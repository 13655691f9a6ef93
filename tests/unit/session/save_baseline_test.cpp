#include "pulsebench/session/save_baseline.hpp"

#include <csignal>

#include "fake_project.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

TEST_CASE("the last run is saved under a name") {
  FakeProject project;
  const Session session = project.session();
  CHECK(save_baseline(session, "main", false).error().code == ErrorCode::not_found);
  const auto last =
      session::run(session, project.request(project.build("suites/fake", {{"a", {}}})));
  REQUIRE(last);
  const auto saved = save_baseline(session, "v0.1.0", false);
  REQUIRE(saved);
  CHECK(saved->run_id == last->document.run_id);
  CHECK(session.workspace.store.load("v0.1.0")->run_id == last->document.run_id);
  CHECK(save_baseline(session, "../main", false).error().code == ErrorCode::bad_input);
}

TEST_CASE("a run of another build than the suites have now is not saved") {
  FakeProject project;
  const Session session = project.session();
  REQUIRE(session::run(session, project.request(project.build("suites/fake", {{"a", {}}}))));
  project.build("suites/fake", {{"a", {.ns = 20}}});
  CHECK(save_baseline(session, "main", false).error().code == ErrorCode::bad_input);
  CHECK_FALSE(session.workspace.store.load("main"));
}

TEST_CASE("a run in which a benchmark failed is saved only by force") {
  FakeProject project;
  const Session session = project.session();
  const std::string suite =
      project.build("suites/fake", {{"a", {}}, {"b", {.status = Status::failed}}});
  REQUIRE(session::run(session, project.request(suite)));
  CHECK(save_baseline(session, "main", false).error().code == ErrorCode::nothing_measured);
  CHECK_FALSE(session.workspace.store.load("main"));
  CHECK(save_baseline(session, "main", true));
  CHECK(session.workspace.store.load("main"));
}

TEST_CASE("the newest run is saved, and no older one where it is incomplete") {
  FakeProject project;
  const Session session = project.session();
  const std::string suite = project.build("suites/fake", {{"a", {}}});
  REQUIRE(session::run(session, project.request(suite)));
  project.interrupted_by = SIGINT;
  const auto newest = session::run(session, project.request(suite));
  REQUIRE(newest);
  const auto refused = save_baseline(session, "main", false);
  CHECK(refused.error().code == ErrorCode::bad_input);
  CHECK(refused.error().message.find(newest->document.run_id) != std::string::npos);
  CHECK(refused.error().message.find("SIGINT") != std::string::npos);
  CHECK_FALSE(check_savable(session, newest->document));
  CHECK(save_baseline(session, "main", true)->run_id == newest->document.run_id);
}

TEST_CASE("a run with injected work is saved only by force") {
  FakeProject project;
  const Session session = project.session();
  RunRequest request = project.request(project.build("suites/fake", {{"a", {}}}));
  request.selection.inject = {{"a", 20}};
  REQUIRE(session::run(session, request));
  const auto refused = save_baseline(session, "main", false);
  CHECK(refused.error().message.find("injected into a") != std::string::npos);
  CHECK(save_baseline(session, "main", true));
}

TEST_CASE("a run of some benchmarks is saved with a warning") {
  FakeProject project;
  const Session session = project.session();
  RunRequest request = project.request(project.build("suites/fake", {{"a", {}}, {"b", {}}}));
  request.selection.filter = "a";
  request.command_line = {"pulsebench", "run", "--filter", "a"};
  REQUIRE(session::run(session, request));
  REQUIRE(save_baseline(session, "main", false));
  REQUIRE(project.seen.notices.size() == 1);
  CHECK(project.seen.notices[0].find("only the benchmarks") != std::string::npos);
}
