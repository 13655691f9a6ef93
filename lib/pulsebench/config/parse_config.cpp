#include <string>

#include <fmt/format.h>

#include "pulsebench/config/fields.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::config {
namespace {

using nlohmann::json;

constexpr Bounds kPercent{0.1, 1000};
constexpr Bounds kAlpha{1e-6, 0.5};
constexpr Bounds kNsPerOp{0.001, 1e12};
constexpr Bounds kLaunches{1, 1000};

void read_effect(const Fields& fields, Effect& effect, Problem& problem) {
  const json* value = fields.find("effect");
  if (value == nullptr) return;
  if (*value == "fail") {
    effect = Effect::fail;
  } else if (*value == "warn") {
    effect = Effect::warn;
  } else if (*value == "inform") {
    effect = Effect::inform;
  } else {
    problem.note(fields.path_of("effect"), "must be \"fail\", \"warn\" or \"inform\"");
  }
}

/// null says that the tier has no such bound, which an absent key does not.
void read_bound(Fields& fields, const char* key, std::optional<NsPerOp>& bound) {
  const json* value = fields.find(key);
  if (value == nullptr) return;
  if (value->is_null()) {
    bound.reset();
    return;
  }
  double ns = 0.0;
  fields.read(key, ns, kNsPerOp);
  bound = NsPerOp{ns};
}

void read_gate(const json& value, std::string path, TierGate& gate, Problem& problem) {
  Fields fields(value, std::move(path),
                {"threshold_percent", "alpha", "effect", "min_slices", "max_robust_cv_percent",
                 "budget_ns_per_op", "target_ns_per_op"},
                problem);
  fields.read("threshold_percent", gate.threshold.value, kPercent);
  fields.read("alpha", gate.alpha, kAlpha);
  read_effect(fields, gate.effect, problem);
  fields.read("min_slices", gate.min_slices, {0, 1'000'000});
  fields.read("max_robust_cv_percent", gate.max_robust_cv.value, {0, 1000});
  read_bound(fields, "budget_ns_per_op", gate.budget);
  read_bound(fields, "target_ns_per_op", gate.target);
}

void read_tiers(const json& value, Config& config, Problem& problem) {
  const Fields fields(value, "tiers", {"0", "1", "2", "3"}, problem);
  for (const Tier tier : kTiers) {
    const std::string key = std::to_string(number_of(tier));
    const json* gate = fields.find(key.c_str());
    if (gate != nullptr) read_gate(*gate, "tiers." + key, config.gates[index_of(tier)], problem);
  }
}

void read_preset(const json& value, const std::string& name, Preset& preset, Problem& problem) {
  const std::string path = "presets." + name;
  Fields fields(value, path, {"launches"}, problem);
  const json* launches = fields.require("launches");
  if (launches == nullptr) return;
  Fields tiers(*launches, path + ".launches", {"0", "1", "2", "3"}, problem);
  for (const Tier tier : kTiers) {
    const std::string key = std::to_string(number_of(tier));
    if (tiers.require(key.c_str()) == nullptr) return;
    tiers.read(key.c_str(), preset.launches[index_of(tier)], kLaunches);
  }
}

void read_presets(const json& value, Config& config, Problem& problem) {
  if (!value.is_object()) {
    problem.note("presets", "must be an object: a preset's name, and its launches by tier");
    return;
  }
  for (const auto& [name, preset] : value.items()) {
    if (name.empty() || name.size() > 40 || !is_printable(name)) {
      problem.note("presets", "has a name that is empty, unprintable or longer than 40 bytes");
      continue;
    }
    read_preset(preset, name, config.presets[name], problem);
  }
}

void read_sampling(const json& value, Sampling& sampling, Problem& problem) {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  Fields fields(value, "sampling",
                {"slice_us", "visit_ms", "live_visit_ms", "warm_up_ms", "live_warm_up_ms",
                 "min_operations", "min_slices", "max_slices", "launch_limit_ms"},
                problem);
  const auto read_duration = [&](const char* key, auto unit, std::chrono::nanoseconds& target,
                                 Bounds bounds) {
    int count = static_cast<int>(target / unit);
    fields.read(key, count, bounds);
    target = count * unit;
  };
  read_duration("slice_us", microseconds{1}, sampling.slice, {10, 100'000});
  read_duration("visit_ms", milliseconds{1}, sampling.visit, {1, 10'000});
  sampling.live_visit = std::max(sampling.visit * 4 / 10, sampling.slice);
  if (fields.find("live_visit_ms") != nullptr) {
    read_duration("live_visit_ms", milliseconds{1}, sampling.live_visit, {1, 10'000});
  }
  read_duration("warm_up_ms", milliseconds{1}, sampling.warm_up, {0, 10'000});
  sampling.live_warm_up = sampling.warm_up / 2;
  if (fields.find("live_warm_up_ms") != nullptr) {
    read_duration("live_warm_up_ms", milliseconds{1}, sampling.live_warm_up, {0, 10'000});
  }
  fields.read("min_operations", sampling.min_operations, {1, 1'000'000});
  fields.read("min_slices", sampling.min_slices, {4, 10'000});
  fields.read("max_slices", sampling.max_slices, {4, 10'000});
  int limit = static_cast<int>(sampling.launch_limit.count());
  fields.read("launch_limit_ms", limit, {100, 3'600'000});
  sampling.launch_limit = milliseconds{limit};
  if (sampling.min_slices > sampling.max_slices) {
    problem.note("sampling.min_slices", fmt::format("is {}, above max_slices, which is {}",
                                                    sampling.min_slices, sampling.max_slices));
  }
  if (sampling.slice > sampling.visit) {
    problem.note("sampling.slice_us", "is longer than the visit that it is a part of (visit_ms)");
  }
  if (sampling.slice > sampling.live_visit) {
    problem.note("sampling.slice_us",
                 "is longer than the visit that it is a part of (live_visit_ms)");
  }
}

void read_format(const Fields& fields, Problem& problem) {
  const json* schema = fields.find("schema");
  if (schema != nullptr && *schema != "pulsebench-config") {
    problem.note("schema", "must be \"pulsebench-config\"");
  }
  const json* version = fields.find("version");
  if (version != nullptr && *version != 1) {
    problem.note("version", "must be 1; a newer pulsebench may have written the file");
  }
}

}  // namespace

Result<Config> parse_config(std::string_view text, std::string_view file_name) {
  const Result<json> parsed = parse_json(text, file_name);
  if (!parsed) return Failure{parsed.error()};
  Config config = defaults();
  Problem problem(file_name);
  Fields fields(
      *parsed, "",
      {"schema", "version", "tiers", "presets", "default_preset", "sampling", "suites", "build"},
      problem);
  read_format(fields, problem);
  if (const json* tiers = fields.find("tiers")) read_tiers(*tiers, config, problem);
  if (const json* presets = fields.find("presets")) read_presets(*presets, config, problem);
  if (const json* sampling = fields.find("sampling")) {
    read_sampling(*sampling, config.sampling, problem);
  }
  if (const json* build = fields.find("build")) {
    Fields keys(*build, "build", {"command", "suites"}, problem);
    keys.read("command", config.build.command);
    keys.read("suites", config.build.suites);
  }
  fields.read("default_preset", config.default_preset);
  fields.read("suites", config.suites);
  if (!config.presets.contains(config.default_preset)) {
    problem.note("default_preset", fmt::format("is '{}', which is not among the presets",
                                               printable(config.default_preset, 40)));
  }
  if (problem.noted()) return problem.failure();
  return config;
}

}  // namespace pulsebench::config
