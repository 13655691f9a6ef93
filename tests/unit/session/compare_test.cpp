#include "pulsebench/session/compare.hpp"

#include <csignal>

#include "fake_project.hpp"
#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/session/approve.hpp"

using namespace pulsebench;
using namespace pulsebench::session;
using pulsebench::compare::Verdict;

namespace {

/// Runs `old_ns` as main and `new_ns` as pr, of benchmark "a". The default gate of tier 0 is 5 %.
Session compared(FakeProject& project, const FakeBenchmark& old_side,
                 const FakeBenchmark& new_side) {
  Session session = project.session();
  REQUIRE(session::run(session,
                       project.request(project.build("suites/fake", {{"a", old_side}}), "main")));
  REQUIRE(session::run(session,
                       project.request(project.build("suites/fake", {{"a", new_side}}), "pr")));
  return session;
}

CompareRequest request() {
  CompareRequest request;
  request.base = "main";
  request.candidate = "pr";
  request.again.no_tune = true;
  return request;
}

}  // namespace

TEST_CASE("half as slow again is a regression, and the same is none; neither is measured again") {
  FakeProject project;
  const Session slower = compared(project, {.ns = 10}, {.ns = 15});
  const auto result = session::compare(slower, request());
  REQUIRE(result);
  CHECK(result->comparison.benchmarks[0].verdict == Verdict::regressed);
  CHECK(result->comparison.fails_gate());
  CHECK(result->interrupted_by == 0);

  FakeProject other;
  const auto same = session::compare(compared(other, {.ns = 10}, {.ns = 10}), request());
  REQUIRE(same);
  CHECK(same->comparison.benchmarks[0].verdict == Verdict::unchanged);
  CHECK_FALSE(same->comparison.fails_gate());
  CHECK(project.seen.paired.empty());
  CHECK(other.seen.paired.empty());
}

TEST_CASE("a suspect is measured again with the executables of both sides") {
  FakeProject project;
  const Session session =
      compared(project, {.ns = 10}, {.ns = 10.5, .twice_as_slow_in_blocks = true});
  const auto result = session::compare(session, request());
  REQUIRE(result);
  const compare::Judged& judged = result->comparison.benchmarks[0];
  CHECK(judged.verdict == Verdict::regressed);
  CHECK(judged.confirmed_live());
  CHECK(judged.change.value == doctest::Approx(110.0).epsilon(0.01));  // 21 ns after 10 ns
  REQUIRE(project.seen.paired.size() == 1);
  const auto& sides = project.seen.paired[0].sides;
  const auto binaries = session.workspace.store.binaries_folder();
  CHECK(sides[0].executable.parent_path() == binaries);
  CHECK(sides[1].executable.parent_path() == binaries);
  CHECK(sides[0].executable != sides[1].executable);
}

TEST_CASE("what improved is measured again, and keeps its verdict only where that confirms it") {
  FakeProject project;
  const auto confirmed = session::compare(compared(project, {.ns = 10}, {.ns = 5}), request());
  REQUIRE(confirmed);
  CHECK(confirmed->comparison.benchmarks[0].verdict == Verdict::improved);
  CHECK(confirmed->comparison.benchmarks[0].confirmed_live());
  CHECK(verdict_of(confirmed->comparison) == compare::RunVerdict::improved);

  FakeProject other;  // the old side was measured under load: 5 ns again, live
  const auto stale = session::compare(
      compared(other, {.ns = 10}, {.ns = 5, .twice_as_slow_in_blocks = true}), request());
  REQUIRE(stale);
  CHECK(stale->comparison.benchmarks[0].verdict == Verdict::unchanged);

  FakeProject third;
  const Session session = compared(third, {.ns = 10}, {.ns = 5});
  std::filesystem::remove_all(session.workspace.store.binaries_folder());
  const auto alone = session::compare(session, request());
  REQUIRE(alone);
  CHECK(alone->comparison.benchmarks[0].improved_in_store_alone());
  CHECK(alone->comparison.benchmarks[0].unconfirmed);
  CHECK(verdict_of(alone->comparison) == compare::RunVerdict::unconfirmed);
}

TEST_CASE("a renamed benchmark is compared with its old name, and measured again by it") {
  FakeProject project;
  const Session session = project.session();
  REQUIRE(session::run(
      session, project.request(project.build("suites/fake", {{"old/1", {.ns = 10}}}), "main")));
  REQUIRE(session::run(
      session, project.request(project.build("suites/fake", {{"new/1", {.ns = 10.5}}}), "pr")));
  CompareRequest renamed = request();
  renamed.maps = {*Renaming::parse("old/(.*)=new/$1"), *Renaming::parse("other=x")};
  const auto result = session::compare(session, renamed);
  REQUIRE(result);
  REQUIRE(result->comparison.benchmarks.size() == 1);
  const compare::Judged& judged = result->comparison.benchmarks[0];
  CHECK(judged.info.id.text() == "new/1");
  CHECK(judged.base_id == "old/1");
  CHECK(judged.confirmed_live());
  REQUIRE(project.seen.paired.size() == 1);
  CHECK(project.seen.paired[0].sides[0].native_name == "old/1");
  CHECK(project.seen.paired[0].sides[1].native_name == "new/1");
  CHECK(result->comparison.warnings.back() ==
        compare::Reason{.code = compare::ReasonCode::rule_unused, .texts = {"other=x"}});
}

TEST_CASE("what a run was not asked to measure is not missing from it") {
  FakeProject project;
  const Session session = project.session();
  const FakeSuite suite{{"a", {}}, {"b", {}}, {"gone", {}}};
  REQUIRE(session::run(session, project.request(project.build("suites/fake", suite), "main")));
  RunRequest some = project.request(project.build("suites/fake", {{"a", {}}, {"b", {}}}), "pr");
  some.selection.filter = "a";
  REQUIRE(session::run(session, some));
  CompareRequest asked = request();
  asked.selection = some.selection;
  CHECK_FALSE(session::compare(session, asked)->comparison.misses_gating());
  asked.selection->filter = "a|gone";
  CHECK(session::compare(session, asked)->comparison.misses_gating());
}

TEST_CASE("a suspect is left in doubt where that is asked for") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 10.5});
  CompareRequest only_stored = request();
  only_stored.confirm = false;
  const auto result = session::compare(session, only_stored);
  REQUIRE(result);
  CHECK(result->comparison.benchmarks[0].verdict == Verdict::inconclusive);
  CHECK_FALSE(result->comparison.benchmarks[0].unconfirmed);
  CHECK(project.seen.paired.empty());
}

TEST_CASE("a suspect whose executable is gone stays in doubt, and says why") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 10.5});
  std::filesystem::remove_all(session.workspace.store.binaries_folder());
  const auto result = session::compare(session, request());
  REQUIRE(result);
  CHECK(result->comparison.benchmarks[0].verdict == Verdict::inconclusive);
  REQUIRE(result->comparison.benchmarks[0].unconfirmed);
  CHECK(result->comparison.benchmarks[0].unconfirmed->code ==
        compare::ReasonCode::suite_unavailable);
  CHECK(project.seen.paired.empty());
}

TEST_CASE("an interrupted confirmation says by which signal, and leaves the suspect in doubt") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 10.5});
  project.interrupted_by = SIGINT;
  const auto result = session::compare(session, request());
  REQUIRE(result);
  CHECK(result->interrupted_by == SIGINT);
  CHECK(result->comparison.benchmarks[0].verdict == Verdict::inconclusive);
}

TEST_CASE("results of two machines are not compared, unless a warning is enough") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 10});
  auto foreign = *session.workspace.store.load("pr");
  foreign.machine.key = "0123456789abcdef";
  REQUIRE(session.workspace.store.save("pr", foreign));
  CHECK(session::compare(session, request()));  // pr of this kind of machine is there, too
  CompareRequest lax = request();
  lax.candidate = "pr/" + baseline::kind_of(foreign.machine);
  CHECK(session::compare(session, lax).error().code == ErrorCode::not_comparable);
  lax.warn_on_mismatch = true;
  const auto result = session::compare(session, lax);
  REQUIRE(result);
  REQUIRE_FALSE(result->comparison.warnings.empty());
  CHECK(result->comparison.warnings.front().code == compare::ReasonCode::machines_differ);
}

TEST_CASE("a threshold and the gating tiers of the request win over the configuration") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 15});
  CompareRequest lax = request();
  lax.gates.thresholds = {{Tier::critical, Percent{80}}};
  CHECK(session::compare(session, lax)->comparison.benchmarks[0].verdict == Verdict::unchanged);
  lax = request();
  lax.gates.fail_on = std::set<Tier>{Tier::fast};
  const auto result = session::compare(session, lax);
  CHECK(result->comparison.benchmarks[0].verdict == Verdict::regressed);
  CHECK_FALSE(result->comparison.fails_gate());
}

TEST_CASE("an approved regression does not gate") {
  FakeProject project;
  const Session session = compared(project, {.ns = 10}, {.ns = 15});
  REQUIRE(approve(session, {.id = "a", .reason = "checks more", .candidate = "pr"}));
  const auto result = session::compare(session, request());
  REQUIRE(result->comparison.benchmarks[0].approved);
  CHECK(result->comparison.benchmarks[0].approved->reason == "checks more");
  CHECK_FALSE(result->comparison.fails_gate());
}

TEST_CASE("a benchmark that is gone fails the gate, unless that is allowed") {
  FakeProject project;
  const Session session = project.session();
  REQUIRE(session::run(
      session, project.request(project.build("suites/fake", {{"a", {}}, {"gone", {}}}), "main")));
  REQUIRE(session::run(session, project.request(project.build("suites/fake", {{"a", {}}}), "pr")));
  CHECK(session::compare(session, request())->comparison.misses_gating());
  CompareRequest lax = request();
  lax.gates.allow_missing = true;
  CHECK_FALSE(session::compare(session, lax)->comparison.misses_gating());
}
