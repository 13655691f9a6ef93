#include "pulsebench/fleet/work.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <set>
#include <string>

#include "fake_fleet.hpp"

using namespace pulsebench;
using namespace pulsebench::fleet;
using compare::Verdict;
using session::FakeSuite;

namespace {

const FakeSuite kOld{{"a", {.ns = 10}}, {"b", {.ns = 10}}, {"c", {.ns = 10}}, {"d", {.ns = 10}}};
const FakeSuite kNew{{"a", {.ns = 15}}, {"b", {.ns = 10}}, {"c", {.ns = 5}}, {"d", {.ns = 10}}};

}  // namespace

TEST_CASE("a task measures its shard alone, each benchmark by the family of the whole run") {
  FakeFleet fleet{kOld, kNew};
  const auto done = fleet.work_on(1, "n2");
  REQUIRE(done);
  CHECK(done->measured == 2);
  CHECK(*fleet.folder().measured() == std::set<std::size_t>{1, 3});
  const auto result = fleet.folder().result(1);
  REQUIRE(result);
  REQUIRE(result->comparison.benchmarks.size() == 1);
  const compare::Judged& judged = result->comparison.benchmarks.front();
  CHECK(judged.info.id.text() == "b");
  CHECK(judged.verdict == Verdict::unchanged);
  CHECK(judged.family == 4);
  CHECK(judged.host == "n2");
  CHECK(result->comparison.machine_key == fleet.key());
  CHECK(fleet.folder().attempts()->empty());
}

TEST_CASE("a task that is started again measures what has no result, and nothing twice") {
  FakeFleet fleet{kOld, kNew};
  REQUIRE(fleet.work_on(0));
  REQUIRE(fleet.folder().files().remove("results/000002.json"));
  const auto before = fleet.folder().files().facts("results/000000.json");
  fleet.project.seen.paired.clear();
  const auto again = fleet.work_on(0, "n2", 1);
  REQUIRE(again);
  CHECK(again->kept == 1);
  CHECK(again->measured == 1);
  REQUIRE(fleet.project.seen.paired.size() == 1);
  CHECK(fleet.project.seen.paired[0].info.id.text() == "c");
  CHECK(fleet.folder().files().facts("results/000000.json")->modified == before->modified);
}

TEST_CASE("a machine of another kind measures nothing, and says so") {
  FakeFleet fleet{kOld, kNew};
  Plan plan = fleet.plan();
  plan.machine_key = "00000000000000ff";
  fleet.replace(plan);
  const auto done = fleet.work_on(0, "n3");
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::not_comparable);
  CHECK(fleet.project.seen.paired.empty());
  CHECK(fleet.folder().measured()->empty());
  CHECK((*fleet.folder().task(0))->state == TaskState::wrong_kind);
  CHECK((*fleet.folder().task(0))->machine_key == fleet.key());
}

TEST_CASE("a benchmark whose nodes died twice is given up, and they are named") {
  FakeFleet fleet{kOld, kNew};
  const RunFolder folder = fleet.folder();
  REQUIRE(folder.begin_attempt(0, {.job = "7", .restarts = 0}, {.node = "n2"}));
  SUBCASE("after one death it is tried again") { CHECK(fleet.work_on(0, "n1", 1)->measured == 2); }
  SUBCASE("after two it is not") {
    REQUIRE(folder.begin_attempt(0, {.job = "7", .restarts = 1}, {.node = "n7"}));
    const auto done = fleet.work_on(0, "n1", 2);
    REQUIRE(done);
    CHECK(done->given_up == 1);
    CHECK(done->measured == 1);
    REQUIRE(fleet.work_on(1));
    const auto whole = fleet.collected();
    REQUIRE(whole);
    CHECK(whole->benchmarks[0].failed);
    CHECK(whole->benchmarks[0].reasons[0].sentence.find(
              "2 nodes died while they measured it: n2, n7") != std::string::npos);
    CHECK(whole->count(Verdict::unchanged) == 2);
  }
}

TEST_CASE("an interrupted task stores nothing of the benchmark, and holds nothing against it") {
  FakeFleet fleet{kOld, kNew};
  fleet.project.interrupted_by = SIGTERM;
  const auto done = fleet.work_on(0);
  REQUIRE(done);
  CHECK(done->interrupted_by == SIGTERM);
  CHECK(fleet.folder().measured()->empty());
  CHECK(fleet.folder().attempts()->empty());
  CHECK((*fleet.folder().task(0))->state == TaskState::interrupted);
}

TEST_CASE("a program that was changed in the shared folder is not started") {
  FakeFleet fleet{kOld, kNew};
  const std::string sum = fleet.plan().programs[1].sha256;
  REQUIRE(fleet.folder().files().write("bin/" + sum, "suite 0", 0700));
  const auto done = fleet.work_on(0);
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::bad_input);
  CHECK(done.error().message.find("is not what its name says") != std::string::npos);
  CHECK(fleet.project.seen.paired.empty());
  CHECK((*fleet.folder().task(0))->state == TaskState::failed);
}

TEST_CASE("a shard that the plan does not have is refused") {
  FakeFleet fleet{kOld, kNew};
  CHECK(fleet.work_on(2).error().code == ErrorCode::bad_input);
}

TEST_CASE("a folder that others may write to, or a link to one, is not used") {
  FakeFleet fleet{kOld, kNew};
  const auto path = fleet.folder().path();
  const auto link = path.parent_path() / "link";
  std::filesystem::create_directory_symlink(path, link);
  CHECK(RunFolder::open(link).error().code == ErrorCode::bad_input);
  REQUIRE(::chmod(path.c_str(), 0770) == 0);
  CHECK(RunFolder::open(path).error().code == ErrorCode::bad_input);
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
  CHECK(RunFolder::open(path));
  CHECK(RunFolder::open(path.parent_path() / "absent").error().code == ErrorCode::not_found);
}
