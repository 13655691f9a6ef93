#include <chrono>
#include <string>

#include <fmt/format.h>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/config/read_suites.hpp"
#include "pulsebench/config/read_workloads.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::config {
namespace {

using json::Bounds;
using json::kPrintable;
using json::Reader;

constexpr Bounds kPercent{0.1, 1000};
constexpr Bounds kAlpha{1e-6, 0.5};
constexpr Bounds kNsPerOp{0.001, 1e12};
constexpr Bounds kLaunches{1, 1000};
constexpr int kTargetsVersion = 2;  // 2 has classes

/// null says that the tier has no such bound, which an absent key does not.
void read_bound(Reader& fields, const char* key, std::optional<Cost>& bound) {
  const json::Value* value = fields.find(key);
  if (value == nullptr) return;
  bound.reset();
  if (!value->is_null()) fields.read(key, bound.emplace().value, kNsPerOp);
}

void read_gate(Reader& fields, TierGate& gate) {
  fields.know_only({"threshold_percent", "alpha", "effect", "min_slices", "max_robust_cv_percent",
                    "budget_ns_per_op", "target_ns_per_op"});
  fields.read("threshold_percent", gate.threshold.value, kPercent);
  fields.read("alpha", gate.alpha, kAlpha);
  fields.read("effect", gate.effect);
  fields.read("min_slices", gate.min_slices, Bounds{0, 1'000'000});
  fields.read("max_robust_cv_percent", gate.max_robust_cv.value, Bounds{0, 1000});
  read_bound(fields, "budget_ns_per_op", gate.budget);
  read_bound(fields, "target_ns_per_op", gate.target);
}

void read_tiers(Reader& fields, Config& config) {
  fields.know_only({"0", "1", "2", "3"});
  for (const Tier tier : kTiers) {
    auto gate = fields.child(std::to_string(number_of(tier)).c_str());
    if (gate) read_gate(*gate, config.gates[index_of(tier)]);
  }
}

void read_preset(Reader& fields, Preset& preset) {
  fields.know_only({"launches"});
  if (fields.require("launches") == nullptr) return;
  Reader tiers = *fields.child("launches");
  tiers.know_only({"0", "1", "2", "3"});
  for (const Tier tier : kTiers) {
    const std::string key = std::to_string(number_of(tier));
    if (tiers.require(key.c_str()) == nullptr) return;
    tiers.read(key.c_str(), preset.launches[index_of(tier)], kLaunches);
  }
}

void read_presets(Reader& fields, Config& config) {
  for (const auto& [name, unused] : fields.value().items()) {
    if (name.empty() || name.size() > 40 || !is_printable(name)) {
      fields.note("", "has a name that is empty, unprintable or longer than 40 bytes");
      continue;
    }
    Reader preset = *fields.child(name.c_str());
    read_preset(preset, config.presets[name]);
  }
}

void read_sampling(Reader& fields, Sampling& sampling) {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  fields.know_only({"slice_us", "visit_ms", "live_visit_ms", "warm_up_ms", "live_warm_up_ms",
                    "min_operations", "min_slices", "max_slices", "launch_limit_ms"});
  const auto read_duration = [&](const char* key, auto unit, auto& target, Bounds bounds) {
    if (!fields.has(key)) return;
    int count = 0;
    fields.read(key, count, bounds);
    target = count * unit;
  };
  read_duration("slice_us", microseconds{1}, sampling.slice, {10, 100'000});
  read_duration("visit_ms", milliseconds{1}, sampling.visit, {1, 10'000});
  sampling.live_visit = std::max(sampling.visit * 4 / 10, sampling.slice);
  read_duration("live_visit_ms", milliseconds{1}, sampling.live_visit, {1, 10'000});
  read_duration("warm_up_ms", milliseconds{1}, sampling.warm_up, {0, 10'000});
  sampling.live_warm_up = sampling.warm_up / 2;
  read_duration("live_warm_up_ms", milliseconds{1}, sampling.live_warm_up, {0, 10'000});
  fields.read("min_operations", sampling.min_operations, Bounds{1, 1'000'000});
  fields.read("min_slices", sampling.min_slices, Bounds{4, 10'000});
  fields.read("max_slices", sampling.max_slices, Bounds{4, 10'000});
  read_duration("launch_limit_ms", milliseconds{1}, sampling.launch_limit, {100, 3'600'000});
  if (sampling.min_slices > sampling.max_slices) {
    fields.note("min_slices", fmt::format("is {}, above max_slices, which is {}",
                                          sampling.min_slices, sampling.max_slices));
  }
  for (const auto& [visit, key] :
       {std::pair{sampling.visit, "visit_ms"}, std::pair{sampling.live_visit, "live_visit_ms"}}) {
    if (sampling.slice <= visit) continue;
    fields.note("slice_us", fmt::format("is longer than the visit that it is a part of ({})", key));
  }
}

void check_format(Reader& fields, std::string_view schema, int newest, bool required) {
  const auto look_up = [&](const char* key) {
    return required ? fields.require(key) : fields.find(key);
  };
  const json::Value* found = look_up("schema");
  if (found != nullptr && *found != schema) {
    fields.note("schema", fmt::format("must be \"{}\"", schema));
  }
  const json::Value* version = look_up("version");
  for (int known = 1; version != nullptr && known <= newest; ++known) {
    if (*version == known) return;
  }
  if (version == nullptr) return;
  fields.note("version", fmt::format("must be {}; a newer pulsebench may have written the file",
                                     newest == 1 ? "1" : fmt::format("1 to {}", newest)));
}

void read_target(Reader& fields, Targets& targets) {
  fields.know_only({"id", "max_ns_per_op", "max_allocations_per_op", "source"});
  const std::string id = fields.text("id", json::kPrintable);
  const bool of_heap = fields.has("max_allocations_per_op");
  if (!of_heap) fields.require("max_ns_per_op");
  Target target;
  if (fields.has("max_ns_per_op")) target.cost = Cost{fields.real("max_ns_per_op", 0.001, 1e12)};
  if (of_heap) target.allocations = fields.real("max_allocations_per_op", 0.0, 1e12);
  std::string source;
  fields.read("source", source, json::kPrintable);
  if (const auto checked = BenchmarkId::parse(id); !checked) {
    fields.note("id", fmt::format("is unusable: {}", checked.error().message));
  }
  if (!targets.emplace(id, target).second) {
    fields.note("id", fmt::format("names '{}' a second time", printable(id, 60)));
  }
}

}  // namespace

Result<Config> parse_config(std::string_view text, std::string_view file_name) {
  PB_TRY(const json::Value parsed, json::parse(text, file_name));
  Config config = defaults();
  json::Problem problem;
  Reader fields{parsed, problem};
  fields.know_only({"$schema", "schema", "version", "project", "tiers", "presets", "default_preset",
                    "sampling", "suites", "default_tier", "benchmarks", "workloads", "build"});
  check_format(fields, "pulsebench-config", 1, /*required=*/false);
  if (auto tiers = fields.child("tiers")) read_tiers(*tiers, config);
  if (auto presets = fields.child("presets")) read_presets(*presets, config);
  if (auto sampling = fields.child("sampling")) read_sampling(*sampling, config.sampling);
  if (auto build = fields.child("build")) {
    build->know_only({"command", "suites"});
    build->read("command", config.build.command, kPrintable);
    build->read("suites", config.build.suites, kPrintable);
  }
  fields.read("default_preset", config.default_preset, kPrintable);
  fields.read("project", config.project, json::TextBounds{1, 60, true});
  read_suites(fields, problem, config.suites);
  std::optional<Tier> default_tier = config.default_tier;
  read_tier(fields, "default_tier", default_tier);
  config.default_tier = *default_tier;
  read_rules(fields, config.benchmarks);
  read_workloads(fields, config.workloads);
  for (const WorkloadEntry& workload : config.workloads) {  // before the rules of `benchmarks`
    auto rules = rules_of(workload);
    config.benchmarks.insert(config.benchmarks.begin(), rules.begin(), rules.end());
  }
  std::string ignored;
  fields.read("$schema", ignored, kPrintable);
  if (!config.presets.contains(config.default_preset)) {
    fields.note("default_preset", fmt::format("is '{}', which is not among the presets",
                                              printable(config.default_preset, 40)));
  }
  if (problem.noted()) return problem.in(file_name);
  return config;
}

Result<Targets> parse_targets(std::string_view text, std::string_view file_name,
                              HardwareClass machine) {
  PB_TRY(const json::Value parsed, json::parse(text, file_name));
  json::Problem problem;
  Reader fields{parsed, problem};
  fields.know_only({"schema", "version", "targets", "classes"});
  check_format(fields, "pulsebench-targets", kTargetsVersion, /*required=*/true);
  Targets common, chosen;
  const auto read = [](Reader& from, const char* key, Targets& targets) {
    from.each(key, 1'000'000, [&](Reader& target) { read_target(target, targets); });
  };
  read(fields, "targets", common);
  if (auto classes = fields.child("classes")) {
    if (const json::Value* version = fields.find("version"); version != nullptr && *version == 1) {
      fields.note("classes", fmt::format("needs \"version\": {}", kTargetsVersion));
    }
    classes->know_only({"cpu_only", "nvidia_gpu"});
    for (const auto& [hardware, name] : kNames<HardwareClass>) {
      Targets own;
      const std::string key{name};
      if (classes->has(key.c_str())) read(*classes, key.c_str(), own);
      if (hardware == machine) chosen = std::move(own);
    }
  }
  if (problem.noted()) return problem.in(file_name);
  chosen.merge(common);  // what is there already stays
  return chosen;
}

}  // namespace pulsebench::config
