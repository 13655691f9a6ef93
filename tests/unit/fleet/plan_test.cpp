#include "pulsebench/fleet/plan.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using namespace pulsebench;
using namespace pulsebench::fleet;

namespace {

Plan small_plan() {
  Plan plan{.run = "20261129T093712Z-000007",
            .created = "2026-11-29T09:37:12Z",
            .tool_version = "0.3.0",
            .tool = std::string(64, 'a'),
            .machine_key = "c169e0204cab94ba",
            .family = 3,
            .seed = 18446744073709551615U,
            .max_blocks = 60,
            .no_tune = true,
            .gates = {.thresholds = {{Tier::critical, Percent{7.5}}},
                      .fail_on = std::set{Tier::critical, Tier::fast},
                      .allow_missing = true},
            .base_commit = "1234abcd",
            .shards = 2};
  plan.programs = {{.sha256 = std::string(64, 'b'), .name = "suite"},
                   {.sha256 = std::string(64, 'c'),
                    .name = "suite",
                    .options = {.arguments = {"--data", "a b"},
                                .environment = {"HOME=/", "EMPTY="},
                                .working_directory = "/data",
                                .limit = std::chrono::milliseconds{1500}}}};
  plan.benchmarks = {
      {.id = *BenchmarkId::parse("$(reboot) `x` 'y' \"z\"; rm -rf /"),
       .base_id = "old name",
       .version = 2,
       .tier = Tier::fast,
       .tier_declared = false,
       .old_side = {.program = 0, .name = "old name"},
       .new_side = {.program = 1, .name = "new name"},
       .inject_percent = 15.0,
       .seconds = 1.25,
       .estimated = true,
       .shard = 1},
      {.id = *BenchmarkId::parse("b"), .old_side = {0, "b"}, .new_side = {1, "b"}, .seconds = 4.0},
      {.id = *BenchmarkId::parse("c"), .old_side = {0, "c"}, .new_side = {1, "c"}, .seconds = 5.0}};
  return plan;
}

/// Why a plan with `value` at `path` cannot be read.
std::string refusal(const std::string& path, const nlohmann::json& value) {
  auto json = nlohmann::json::parse(plan_text(small_plan()));
  json[nlohmann::json::json_pointer{path}] = value;
  const auto plan = read_plan(json.dump(), "plan.json");
  REQUIRE_FALSE(plan);
  CHECK(plan.error().code == ErrorCode::bad_input);
  CHECK(plan.error().message.find("plan.json") == 0);
  return plan.error().message;
}

}  // namespace

TEST_CASE("a plan is read as it was written") {
  const Plan plan = small_plan();
  const auto read = read_plan(plan_text(plan), "plan.json");
  REQUIRE(read);
  CHECK(read->run == plan.run);
  CHECK(read->machine_key == plan.machine_key);
  CHECK(read->family == 3);
  CHECK(read->seed == plan.seed);
  CHECK(read->max_blocks == plan.max_blocks);
  CHECK(read->no_tune);
  CHECK(read->gates.thresholds == plan.gates.thresholds);
  CHECK(read->gates.fail_on == plan.gates.fail_on);
  CHECK(read->gates.allow_missing);
  CHECK(read->programs == plan.programs);
  CHECK(read->benchmarks == plan.benchmarks);
  CHECK(plan_text(*read) == plan_text(plan));
}

TEST_CASE("a shard has the longest of its benchmarks first") {
  using Numbers = std::vector<std::size_t>;
  CHECK(shards_of(small_plan()) == std::vector<Numbers>{{2, 1}, {0}});
}

TEST_CASE("a plan that contradicts itself is refused, with the field") {
  CHECK(refusal("/family", 2).find("less than the 3 benchmarks") != std::string::npos);
  CHECK(refusal("/shards", 3).find("one without a benchmark") != std::string::npos);
  CHECK(refusal("/benchmarks/2/id", "b").find("twice") != std::string::npos);
  CHECK(refusal("/benchmarks/1/shard", 2).find("benchmarks[1].shard") != std::string::npos);
  CHECK(refusal("/benchmarks/1/new/program", 2).find("program") != std::string::npos);
}

TEST_CASE("what could leave the folder of the run, or its program, is refused") {
  for (const char* name : {"../x", "a/b", "..", ".", ""}) {
    CHECK(refusal("/programs/0/name", name).find("programs[0].name") != std::string::npos);
  }
  CHECK(refusal("/programs/0/sha256", "../../bin/sh").find("sha256") != std::string::npos);
  CHECK(refusal("/tool", std::string(64, 'A')).find("tool") != std::string::npos);
  CHECK(refusal("/run", "..").find("run") != std::string::npos);
  CHECK(refusal("/machine_key", "c169").find("machine_key") != std::string::npos);
  CHECK(refusal("/programs/1/environment/0", "A B=c").find("environment") != std::string::npos);
  CHECK(refusal("/programs/1/working_directory", "data").find("absolute") != std::string::npos);
}

TEST_CASE("a plan of a newer version or of another kind of file is refused") {
  CHECK(refusal("/version", 2).find("newer") != std::string::npos);
  CHECK(refusal("/schema", "pulsebench").find("no plan of a fleet") != std::string::npos);
  CHECK_FALSE(read_plan("{", "plan.json"));
  CHECK_FALSE(read_plan("", "plan.json"));
}
