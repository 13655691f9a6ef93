#include <cstdint>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::fleet {
namespace {

using json::Reader;

constexpr std::size_t kMostBenchmarks = 1'000'000;
constexpr std::size_t kMostPrograms = 10'000;
constexpr int kMost = std::numeric_limits<int>::max();
constexpr json::TextBounds kLine{0, 4096, true};
constexpr json::TextBounds kName{1, 1000, true};

Tier tier_of(Reader& fields, const char* key) {
  return static_cast<Tier>(fields.small(key, 0, static_cast<int>(kTierCount) - 1));
}

/// Without a NUL byte, where the operating system would end it.
void read_words(Reader& fields, const char* key, std::vector<std::string>& words) {
  fields.read(key, words, json::TextBounds{0, 1U << 17U});
  for (const std::string& word : words) {
    if (word.find('\0') != std::string::npos) fields.note(key, "has a NUL byte");
  }
}

PlannedProgram program_of(Reader& fields) {
  PlannedProgram program{.sha256 = fields.text("sha256"), .name = fields.text("name", kName)};
  if (!is_hex(program.sha256, 64)) fields.note("sha256", "must be 64 hexadecimal digits");
  const bool is_plain =
      program.name != "." && program.name != ".." && program.name.find('/') == std::string::npos;
  if (!is_plain) fields.note("name", "must be the name of a file");
  run::ProgramOptions& options = program.options;
  read_words(fields, "arguments", options.arguments);
  read_words(fields, "environment", options.environment);
  for (const std::string& variable : options.environment) {
    if (!is_variable_name(std::string_view{variable}.substr(0, variable.find('=')))) {
      fields.note("environment", "must have entries like NAME=value");
    }
  }
  std::string folder;
  fields.read("working_directory", folder, kLine);
  options.working_directory = folder;
  if (!folder.empty() && !options.working_directory.is_absolute()) {
    fields.note("working_directory", "must be an absolute path");
  }
  if (fields.has("limit_ms")) {
    options.limit = std::chrono::milliseconds{fields.small("limit_ms", 1, kMost)};
  }
  return program;
}

PlannedSide side_of(Reader& fields, const char* key, std::size_t programs) {
  if (fields.require(key) == nullptr) return {};
  auto side = fields.child(key);
  if (!side) return {};
  const int last = static_cast<int>(programs) - 1;
  return {.program = static_cast<std::size_t>(side->small("program", 0, std::max(last, 0))),
          .name = side->text("name", kName)};
}

std::optional<PlannedBenchmark> benchmark_of(Reader& fields, const Plan& plan) {
  auto id = BenchmarkId::parse(fields.text("id"));
  if (!id) {
    fields.note("id", "is not the id of a benchmark");
    return std::nullopt;
  }
  PlannedBenchmark benchmark{.id = *std::move(id), .old_side = {}, .new_side = {}};
  fields.read("base_id", benchmark.base_id, kLine);
  benchmark.version = fields.small("version", 1, kMost);
  benchmark.tier = tier_of(fields, "tier");
  benchmark.tier_declared = fields.flag("tier_declared");
  benchmark.old_side = side_of(fields, "old", plan.programs.size());
  benchmark.new_side = side_of(fields, "new", plan.programs.size());
  fields.read("inject_percent", benchmark.inject_percent, json::Bounds{0.0, 1e6});
  benchmark.seconds = fields.real("seconds", 0.0, 1e9);
  benchmark.estimated = fields.flag("estimated");
  const int last = static_cast<int>(plan.shards) - 1;
  benchmark.shard = static_cast<std::size_t>(fields.small("shard", 0, last));
  return benchmark;
}

session::Gates gates_of(Reader& fields) {
  session::Gates gates;
  auto found = fields.child("gates");
  if (!found) return gates;
  gates.allow_missing = found->flag("allow_missing");
  if (found->has("thresholds")) {
    found->each("thresholds", kTierCount, [&](Reader& one) {
      gates.thresholds.emplace_back(tier_of(one, "tier"), Percent{one.real("percent", 0.0, 1e6)});
    });
  }
  if (found->has("fail_on")) {
    gates.fail_on.emplace();
    for (const auto number : found->wholes("fail_on", kTierCount, kTierCount - 1)) {
      gates.fail_on->insert(static_cast<Tier>(number));
    }
  }
  return gates;
}

void read_head(Reader& fields, Plan& plan) {
  plan.run = fields.text("run", kName);
  if (!baseline::is_run_id(plan.run)) fields.note("run", "is not the id of a run");
  plan.created = fields.text("created", kName);
  plan.tool_version = fields.text("tool_version", kName);
  plan.tool = fields.text("tool");
  if (!is_hex(plan.tool, 64)) fields.note("tool", "must be 64 hexadecimal digits");
  plan.machine_key = fields.text("machine_key");
  if (!is_hex(plan.machine_key, 16)) fields.note("machine_key", "must be 16 hexadecimal digits");
  plan.family = fields.small("family", 1, kMost);
  plan.family_alpha = fields.real("family_alpha", 1e-12, 0.5);
  plan.seed = fields.whole("seed", 0, UINT64_MAX);
  plan.no_tune = fields.flag("no_tune");
  plan.gates = gates_of(fields);
  fields.read("base_commit", plan.base_commit, kLine);
  plan.shards = static_cast<std::size_t>(fields.small("shards", 1, 1'000'000));
  if (fields.has("max_blocks")) plan.max_blocks = fields.small("max_blocks", 1, 1'000'000);
}

/// What each field alone may be, and all together not.
void check_whole(Reader& fields, const Plan& plan) {
  if (plan.programs.empty()) return fields.note("programs", "must not be empty");
  if (static_cast<std::size_t>(plan.family) < plan.benchmarks.size()) {
    return fields.note(
        "family", fmt::format("is less than the {} benchmarks of the run", plan.benchmarks.size()));
  }
  std::set<BenchmarkId> ids;
  std::vector<bool> filled(plan.shards);
  for (const PlannedBenchmark& benchmark : plan.benchmarks) {
    if (!ids.insert(benchmark.id).second) return fields.note("benchmarks", "has an id twice");
    filled[benchmark.shard] = true;
  }
  for (const bool has_any : filled) {
    if (!has_any) return fields.note("shards", "has one without a benchmark");
  }
}

void read_fields(Reader& fields, Plan& plan) {
  read_head(fields, plan);
  if (!fields.failed()) {
    fields.each("programs", kMostPrograms,
                [&](Reader& program) { plan.programs.push_back(program_of(program)); });
  }
  if (!fields.failed()) {
    fields.each("benchmarks", kMostBenchmarks, [&](Reader& one) {
      if (auto benchmark = benchmark_of(one, plan)) {
        plan.benchmarks.push_back(*std::move(benchmark));
      }
    });
  }
  if (!fields.failed()) check_whole(fields, plan);
}

}  // namespace

Result<Plan> read_plan(std::string_view text, std::string_view file_name) {
  return json::read_document<Plan>(text, file_name, kPlanFormat, read_fields);
}

}  // namespace pulsebench::fleet
