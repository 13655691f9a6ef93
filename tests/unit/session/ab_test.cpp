#include "pulsebench/session/ab.hpp"

#include <csignal>

#include "fake_project.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/session/approve.hpp"

using namespace pulsebench;
using namespace pulsebench::session;
using pulsebench::compare::Verdict;

namespace {

/// Builds both sides, and asks for them.
AbRequest sides(FakeProject& project, const FakeSuite& old_side, const FakeSuite& new_side) {
  AbRequest request;
  request.old_side = project.build("old/fake", old_side);
  request.new_side = project.build("new/fake", new_side);
  request.paired.no_tune = true;
  request.paired.seed = 42;
  return request;
}

const compare::Judged& judged(const Result<CompareResult>& result, std::string_view id) {
  for (const compare::Judged& one : result->comparison.benchmarks) {
    if (one.info.id.text() == id) return one;
  }
  FAIL("no benchmark " << id);
  return result->comparison.benchmarks.front();
}

}  // namespace

TEST_CASE("ab tells slower, faster and unchanged code apart") {
  FakeProject project;
  const auto result = ab(project.session(),
                         sides(project, {{"a", {.ns = 10}}, {"b", {.ns = 10}}, {"c", {.ns = 10}}},
                               {{"a", {.ns = 15}}, {"b", {.ns = 5}}, {"c", {.ns = 10}}}));
  REQUIRE(result);
  CHECK(judged(result, "a").verdict == Verdict::regressed);
  CHECK(judged(result, "a").change.value == doctest::Approx(50.0).epsilon(0.001));
  CHECK(judged(result, "b").verdict == Verdict::improved);
  CHECK(judged(result, "c").verdict == Verdict::unchanged);
  CHECK(result->comparison.judged == 3);
  CHECK(result->comparison.seed == 42);
  CHECK(result->comparison.fails_gate());
  CHECK(judged(result, "a").live->blocks > 0);
}

TEST_CASE("a part of a larger run is judged by the family of the whole") {
  FakeProject project;
  AbRequest request = sides(project, {{"a", {.ns = 10}}}, {{"a", {.ns = 15}}});
  const auto alone = ab(project.session(), request);
  REQUIRE(alone);
  request.paired.family = 1000;
  const auto part = ab(project.session(), request);
  REQUIRE(part);
  CHECK(judged(alone, "a").family == 1);
  CHECK(judged(part, "a").family == 1000);
  CHECK(part->comparison.judged == 1000);
  CHECK(judged(part, "a").verdict == Verdict::regressed);
  // Each false alarm has alpha / k, docs/design/verdict.md (iii): 0.01 / 1000 takes more blocks.
  CHECK(*judged(part, "a").p_value <= 0.01 / 1000);
  CHECK(*judged(alone, "a").p_value > 0.01 / 1000);
  CHECK(judged(part, "a").live->blocks > judged(alone, "a").live->blocks);
}

TEST_CASE("a measurement leaves its process on the CPUs that it found it on") {
  FakeProject project;
  const auto before = machine::this_kernel().affinity().value_or(machine::CpuList{});
  REQUIRE(ab(project.session(), sides(project, {{"a", {}}}, {{"a", {}}})));
  CHECK(machine::this_kernel().affinity().value_or(machine::CpuList{}) == before);
}

TEST_CASE("a family that is smaller than what is measured is refused") {
  FakeProject project;
  AbRequest request = sides(project, {{"a", {}}, {"b", {}}}, {{"a", {}}, {"b", {}}});
  request.paired.family = 1;
  CHECK(ab(project.session(), request).error().code == ErrorCode::bad_input);
  CHECK(project.seen.paired.empty());
  request.paired.family = 2;
  CHECK(ab(project.session(), request));
}

TEST_CASE("a build folder's suites are found in it, or in bin/suites below it") {
  FakeProject project;
  AbRequest request = sides(project, {{"a", {}}}, {{"a", {}}});
  project.build("build/bin/suites/fake", {{"a", {.ns = 20}}});
  request.old_side = project.path("old").string();
  request.new_side = project.path("build").string();
  const auto result = ab(project.session(), request);
  REQUIRE(result);
  CHECK(judged(result, "a").verdict == Verdict::regressed);
  request.new_side = project.path("config").string();
  std::filesystem::create_directories(request.new_side);
  CHECK(ab(project.session(), request).error().code == ErrorCode::not_found);
}

TEST_CASE("what only one side has is not judged; a missing benchmark fails the gate") {
  FakeProject project;
  const AbRequest request = sides(project, {{"a", {}}, {"gone", {}}}, {{"a", {}}, {"added", {}}});
  const auto result = ab(project.session(), request);
  REQUIRE(result);
  CHECK(judged(result, "gone").verdict == Verdict::not_judged);
  CHECK(judged(result, "gone").missing);
  CHECK(judged(result, "added").verdict == Verdict::not_judged);
  CHECK_FALSE(judged(result, "added").missing);
  CHECK(result->comparison.misses_gating());
  CHECK(result->comparison.judged == 1);
}

TEST_CASE("sides without a common benchmark cannot be compared") {
  FakeProject project;
  const AbRequest names = sides(project, {{"a", {}}}, {{"b", {}}});
  CHECK(ab(project.session(), names).error().code == ErrorCode::not_comparable);
  const AbRequest versions = sides(project, {{"a", {}}}, {{"a", {.version = 2}}});
  CHECK(ab(project.session(), versions).error().code == ErrorCode::nothing_measured);
  CHECK(project.seen.paired.empty());
}

TEST_CASE("a side that fails has no verdict, and the side is named") {
  FakeProject project;
  const auto result = ab(project.session(), sides(project, {{"a", {}}, {"b", {}}},
                                                  {{"a", {.status = Status::crashed}}, {"b", {}}}));
  REQUIRE(result);
  CHECK(judged(result, "a").failed);
  CHECK(judged(result, "a").verdict == Verdict::not_judged);
  REQUIRE(judged(result, "a").reasons.size() == 1);
  CHECK(judged(result, "a").reasons[0].side == compare::Side::new_side);
  CHECK(judged(result, "b").verdict == Verdict::unchanged);
}

TEST_CASE("a skip fails on the new side alone, and is listed where both sides skip") {
  const FakeSuite works{{"a", {}}, {"b", {}}};
  const FakeSuite skips{{"a", {.status = Status::skipped}}, {"b", {}}};
  FakeProject project;
  const auto on_new = ab(project.session(), sides(project, works, skips));
  CHECK(judged(on_new, "a").failed);
  const auto on_old = ab(project.session(), sides(project, skips, works));
  CHECK_FALSE(judged(on_old, "a").failed);
  CHECK_FALSE(judged(on_old, "a").skipped());
  const auto on_both = ab(project.session(), sides(project, skips, skips));
  CHECK_FALSE(judged(on_both, "a").failed);
  CHECK(judged(on_both, "a").skipped());
  CHECK(judged(on_both, "b").verdict == Verdict::unchanged);
}

TEST_CASE("renamed benchmarks are paired, each side asked by its own name") {
  FakeProject project;
  AbRequest request =
      sides(project, {{"old/1", {.ns = 10}}, {"same", {}}}, {{"new/1", {.ns = 15}}, {"same", {}}});
  request.maps = {*Renaming::parse("old/(.*)=new/$1")};
  const auto result = ab(project.session(), request);
  REQUIRE(result);
  CHECK(judged(result, "new/1").verdict == Verdict::regressed);
  CHECK(judged(result, "new/1").base_id == "old/1");
  CHECK(judged(result, "same").base_id.empty());
  CHECK(result->comparison.judged == 2);
  request.maps = {*Renaming::parse("old/1=same")};
  const auto collision = ab(project.session(), request);
  CHECK(collision.error().code == ErrorCode::bad_input);
  CHECK(collision.error().message.find("'old/1' and 'same'") == 0);
}

TEST_CASE("rivals of one program are judged against each other, and nothing else of it is") {
  FakeProject project;
  AbRequest request = sides(project, {}, {});
  request.old_side = project.build("old/fake", {{"std/slow", {.ns = 10}},
                                                {"mine/slow", {.ns = 20, .version = 2}},
                                                {"std/twin", {.ns = 10}},
                                                {"mine/twin", {.ns = 10}},
                                                {"std/alone", {}},
                                                {"other", {}}});
  request.new_side.clear();
  request.rivals = {*Renaming::parse("std/(.*)=mine/$1")};
  const auto result = ab(project.session(), request);
  REQUIRE(result);
  CHECK(result->comparison.rivals);
  CHECK(result->comparison.benchmarks.size() == 3);
  CHECK(judged(result, "mine/slow").verdict == Verdict::regressed);
  CHECK(judged(result, "mine/slow").base_id == "std/slow");
  CHECK(judged(result, "mine/twin").verdict == Verdict::unchanged);
  CHECK(judged(result, "mine/alone").missing);
  request.rivals = {*Renaming::parse("nothing=x")};
  CHECK(ab(project.session(), request).error().code == ErrorCode::bad_input);
  request.new_side = request.old_side;
  CHECK(ab(project.session(), request).error().code == ErrorCode::bad_input);
}

TEST_CASE("work is added to the new side alone, and the number of blocks is as asked for") {
  FakeProject project;
  AbRequest request = sides(project, {{"a", {}}}, {{"a", {}}});
  request.paired.selection.inject = {{"a", 20}};
  request.paired.max_blocks = 60;
  const auto result = ab(project.session(), request);
  REQUIRE(result);
  CHECK(judged(result, "a").verdict == Verdict::regressed);
  CHECK(project.seen.paired[0].sides[0].inject_percent == 0.0);
  CHECK(project.seen.paired[0].sides[1].inject_percent == 20.0);
  CHECK(project.seen.effort.most_blocks == 60);
}

TEST_CASE("an interrupted comparison says by which signal and judges nothing") {
  FakeProject project;
  project.interrupted_by = SIGINT;
  const auto result = ab(project.session(), sides(project, {{"a", {}}}, {{"a", {}}}));
  REQUIRE(result);
  CHECK(result->interrupted_by == SIGINT);
  CHECK(judged(result, "a").verdict == Verdict::not_judged);
}

TEST_CASE("an approval holds where the old side is the build its baseline measured") {
  FakeProject project;
  const Session session = project.session();
  AbRequest request = sides(project, {{"a", {.ns = 10}}}, {{"a", {.ns = 15}}});
  REQUIRE(session::run(session, project.request(request.old_side, "main")));
  REQUIRE(session::run(session, project.request(request.new_side)));
  REQUIRE(approve(session, {.id = "a", .reason = "checks more"}));
  const auto accepted = ab(session, request);
  REQUIRE(accepted);
  CHECK(judged(accepted, "a").approved);
  CHECK_FALSE(accepted->comparison.fails_gate());
  request.old_side = project.build("older/fake", {{"a", {.ns = 10}}});
  CHECK(ab(session, request)->comparison.fails_gate());
}
