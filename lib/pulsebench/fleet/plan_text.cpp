#include <algorithm>
#include <functional>
#include <utility>

#include <nlohmann/json.hpp>

#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/vocabulary/tier.hpp"

namespace pulsebench::fleet {
namespace {

using Json = nlohmann::ordered_json;

Json program_json(const PlannedProgram& program) {
  Json json = {{"sha256", program.sha256}, {"name", program.name}};
  const run::ProgramOptions& options = program.options;
  if (!options.arguments.empty()) json["arguments"] = options.arguments;
  if (!options.environment.empty()) json["environment"] = options.environment;
  if (!options.working_directory.empty()) {
    json["working_directory"] = options.working_directory.string();
  }
  if (options.limit) json["limit_ms"] = options.limit->count();
  return json;
}

Json side_json(const PlannedSide& side) { return {{"program", side.program}, {"name", side.name}}; }

Json benchmark_json(const PlannedBenchmark& benchmark) {
  Json json = {{"id", benchmark.id.text()}};
  if (!benchmark.base_id.empty()) json["base_id"] = benchmark.base_id;
  json["version"] = benchmark.version;
  json["tier"] = number_of(benchmark.tier);
  json["tier_declared"] = benchmark.tier_declared;
  json["old"] = side_json(benchmark.old_side);
  json["new"] = side_json(benchmark.new_side);
  if (benchmark.inject_percent != 0.0) json["inject_percent"] = benchmark.inject_percent;
  json["seconds"] = json::rounded(benchmark.seconds, 4);
  json["estimated"] = benchmark.estimated;
  json["shard"] = benchmark.shard;
  return json;
}

Json gates_json(const session::Gates& gates) {
  Json json = {{"allow_missing", gates.allow_missing}};
  Json thresholds = Json::array();
  for (const auto& [tier, percent] : gates.thresholds) {
    thresholds.push_back({{"tier", number_of(tier)}, {"percent", percent.value}});
  }
  if (!thresholds.empty()) json["thresholds"] = std::move(thresholds);
  if (gates.fail_on) {
    json["fail_on"] = Json::array();
    for (const Tier tier : *gates.fail_on) json["fail_on"].push_back(number_of(tier));
  }
  return json;
}

}  // namespace

std::string plan_text(const Plan& plan) {
  Json json = {{"schema", kPlanFormat.schema},
               {kPlanFormat.version_key, kPlanFormat.newest},
               {"run", plan.run},
               {"created", plan.created},
               {"tool_version", plan.tool_version},
               {"tool", plan.tool},
               {"machine_key", plan.machine_key},
               {"family", plan.family},
               {"family_alpha", plan.family_alpha},
               {"seed", plan.seed},
               {"no_tune", plan.no_tune},
               {"gates", gates_json(plan.gates)},
               {"base_commit", plan.base_commit},
               {"shards", plan.shards}};
  if (plan.max_blocks) json["max_blocks"] = *plan.max_blocks;
  json["programs"] = Json::array();
  for (const auto& program : plan.programs) json["programs"].push_back(program_json(program));
  json["benchmarks"] = Json::array();
  for (const auto& benchmark : plan.benchmarks) {
    json["benchmarks"].push_back(benchmark_json(benchmark));
  }
  return json::document_text(json);
}

std::vector<std::vector<std::size_t>> shards_of(const Plan& plan) {
  std::vector<std::vector<std::size_t>> shards(plan.shards);
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    shards[plan.benchmarks[i].shard].push_back(i);
  }
  for (auto& shard : shards) {
    std::ranges::stable_sort(shard, std::greater<>{},
                             [&](std::size_t i) { return plan.benchmarks[i].seconds; });
  }
  return shards;
}

}  // namespace pulsebench::fleet
