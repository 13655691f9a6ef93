#include "pulsebench/session/noise.hpp"

#include <csignal>

#include "fake_project.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

NoiseRequest request(FakeProject& project, const FakeSuite& suite) {
  NoiseRequest request;
  request.executables = {project.build("suites/fake", suite)};
  request.paired.no_tune = true;
  request.paired.seed = 1;
  return request;
}

}  // namespace

TEST_CASE("a quiet benchmark supports its gate, over the usual 32 blocks") {
  FakeProject project;
  const auto result = noise(project.session(), request(project, {{"a", {}}}));
  REQUIRE(result);
  const compare::Noise& a = result->report.benchmarks[0];
  CHECK(a.supported);
  CHECK(a.blocks == 32);
  CHECK(a.false_alarms == 0);
  CHECK(a.resolves->value < 1.0);  // the fake's slices differ by 0.4 % at most
  CHECK(result->report.seed == 1);
  CHECK(project.seen.paired[0].sides[0].executable == project.seen.paired[0].sides[1].executable);
}

TEST_CASE("a benchmark that crashes has failed, and supports nothing") {
  FakeProject project;
  const auto result =
      noise(project.session(), request(project, {{"a", {.status = Status::crashed}}, {"b", {}}}));
  REQUIRE(result);
  CHECK(result->report.benchmarks[0].failed);
  CHECK_FALSE(result->report.benchmarks[0].supported);
  CHECK_FALSE(result->report.benchmarks[1].failed);
}

TEST_CASE("a benchmark that skips itself has not failed, and is counted nowhere") {
  FakeProject project;
  const auto asked = request(project, {{"a", {.status = Status::skipped}}, {"b", {}}});
  const auto result = noise(project.session(), asked);
  REQUIRE(result);
  const compare::Noise& skipped = result->report.benchmarks[0];
  CHECK(skipped.skipped);
  CHECK_FALSE(skipped.failed);
  CHECK(skipped.reason->code == compare::ReasonCode::skipped);
  CHECK(result->report.supported());
  const auto proved = prove(project.session(), asked, {.work = Percent{50}, .rounds = 2});
  REQUIRE(proved);
  CHECK(proved->proof.failed.size() == 1);
  CHECK_FALSE(proved->proof.broken);
}

TEST_CASE("the self-proof decides each benchmark once a round, half of the times with added work") {
  FakeProject project;
  const auto result = prove(project.session(), request(project, {{"a", {}}, {"b", {}}}),
                            {.work = Percent{50}, .rounds = 4});
  REQUIRE(result);
  CHECK(result->proof.rounds == 4);
  CHECK(result->proof.benchmarks == 2);
  REQUIRE(result->proof.rows.size() == 2);
  const compare::ProofRow& unchanged = result->proof.rows[0];
  const compare::ProofRow& slowed = result->proof.rows[1];
  CHECK(unchanged.injected == Percent{0});
  CHECK(unchanged.decisions == 4);
  CHECK(unchanged.unchanged == 4);
  CHECK(slowed.injected == Percent{50});
  CHECK(slowed.decisions == 4);
  CHECK(slowed.regressed == 4);
  CHECK_FALSE(result->proof.broken);
}

TEST_CASE("a self-proof of benchmarks that fail ends, and is broken where nothing was added") {
  FakeProject project;
  const auto result =
      prove(project.session(), request(project, {{"a", {.status = Status::crashed}}, {"b", {}}}),
            {.work = Percent{50}, .rounds = 4});
  REQUIRE(result);
  REQUIRE(result->proof.failed.size() == 1);
  CHECK(result->proof.failed[0].first.text() == "a");
}

TEST_CASE("an interrupted measurement says by which signal") {
  FakeProject project;
  project.interrupted_by = SIGTERM;
  const auto result = noise(project.session(), request(project, {{"a", {}}}));
  REQUIRE(result);
  CHECK(result->interrupted_by == SIGTERM);
  CHECK(result->report.benchmarks[0].blocks == 0);
}
