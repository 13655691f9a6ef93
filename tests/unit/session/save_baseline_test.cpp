#include "pulsebench/session/save_baseline.hpp"

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
