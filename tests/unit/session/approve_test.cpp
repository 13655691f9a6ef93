#include "pulsebench/session/approve.hpp"

#include "fake_project.hpp"
#include "pulsebench/session/reason.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

/// "a" is half as slow again in the last run as in main; "b" is the same.
Session slowed(FakeProject& project) {
  Session session = project.session();
  REQUIRE(session::run(
      session, project.request(project.build("suites/fake", {{"a", {}}, {"b", {}}}), "main")));
  REQUIRE(session::run(
      session, project.request(project.build("suites/fake", {{"a", {.ns = 15}}, {"b", {}}}))));
  return session;
}

}  // namespace

TEST_CASE("a regression is accepted up to its own size and a threshold more") {
  FakeProject project;
  const Session session = slowed(project);
  const auto approval = approve(session, {.id = "a", .reason = "checks for overflow"});
  REQUIRE(approval);
  CHECK(approval->change == Percent{50});
  CHECK(approval->up_to == baseline::ceiling_of(Percent{50}, Percent{5}));
  CHECK(approval->on == today());
  CHECK(approval->base_run == session.workspace.store.load("main")->run_id);
  const auto stored = session.workspace.store.approvals();
  REQUIRE(stored->size() == 1);
  CHECK(stored->front().reason == "checks for overflow");
}

TEST_CASE("what did not regress, or is not there, cannot be approved") {
  FakeProject project;
  const Session session = slowed(project);
  const auto refused = [&](const ApproveRequest& request) {
    const auto approval = approve(session, request);
    REQUIRE_FALSE(approval);
    CHECK(session.workspace.store.approvals()->empty());
    return approval.error().code;
  };
  CHECK(refused({.id = "b", .reason = "x"}) == ErrorCode::bad_input);
  CHECK(refused({.id = "aa", .reason = "x"}) == ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = "  "}) == ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = "two\nlines"}) == ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = std::string(kLongestReason + 1, 'x')}) ==
        ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = "x", .until = "soon"}) == ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = "x", .until = "2020-01-01"}) == ErrorCode::bad_input);
  CHECK(refused({.id = "a", .reason = "x", .base = "gone"}) == ErrorCode::not_found);
}

TEST_CASE("an approval is removed by the benchmark's name") {
  FakeProject project;
  const Session session = slowed(project);
  REQUIRE(approve(session, {.id = "a", .reason = "x"}));
  CHECK(remove_approvals(session, "b").error().code == ErrorCode::not_found);
  CHECK(remove_approvals(session, "a"));
  CHECK(session.workspace.store.approvals()->empty());
}
