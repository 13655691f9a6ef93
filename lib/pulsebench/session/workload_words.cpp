#include "pulsebench/session/workload_words.hpp"

#include <system_error>

#include <fmt/format.h>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kLaunchLimit{60};  // where the workload has none of its own

}  // namespace

Result<std::string> filled(const std::string& word, const Values& values) {
  std::string text;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t end = word[at] == '{' ? word.find('}', at) : std::string::npos;
    const std::string name = end == std::string::npos ? "" : word.substr(at + 1, end - at - 1);
    if (!is_variable_name(name)) {  // a brace that is none of ours, as in JSON or awk
      text += word[at++];
      continue;
    }
    const auto found = values.find(name);
    if (found == values.end() && name != "scratch") {
      std::string known = "{scratch}";
      for (const auto& [one, unused] : values) known += ", {" + one + "}";
      return fail(ErrorCode::bad_input,
                  fmt::format("'{{{}}}' stands for nothing; there are {}", name, known));
    }
    text += found == values.end() ? word.substr(at, end + 1 - at) : found->second;
    at = end + 1;
  }
  return text;
}

Result<fs::path> program_named(const std::string& word, const fs::path& root) {
  const bool is_path = word.find('/') != std::string::npos;
  const fs::path path = is_path ? (root / word).lexically_normal() : os::find_program(word);
  if (os::is_executable(path)) return path;
  return fail(ErrorCode::not_found,
              fmt::format("'{}' is {}", printable(is_path ? path.string() : word),
                          is_path ? "no executable file; build it first" : "not in PATH"));
}

Result<run::ProgramOptions> options_of(const config::WorkloadEntry& entry, const Values& values,
                                       const WorkloadPlace& place) {
  run::ProgramOptions options{.limit = entry.time_limit.value_or(kLaunchLimit)};
  for (std::size_t i = 1; i < entry.command.size(); ++i) {
    PB_TRY(auto word, filled(entry.command[i], values));
    options.arguments.push_back(std::move(word));
  }
  for (const std::string& variable : entry.environment) {
    PB_TRY(auto text, filled(variable, values));
    options.environment.push_back(std::move(text));
  }
  if (entry.working_directory.empty()) return options;
  PB_TRY(const auto& folder, filled(entry.working_directory, values));
  options.working_directory = (place.root / folder).lexically_normal();
  std::error_code ignored;
  if (fs::is_directory(options.working_directory, ignored)) return options;
  return fail(ErrorCode::not_found,
              "'" + printable(options.working_directory.string()) + "' is not a folder");
}

void add_benchmarks(const config::WorkloadEntry& entry, const config::Config& config,
                    run::Suite& suite) {
  for (const config::MetricEntry& figure : entry.metrics) {
    const auto id = BenchmarkId::parse(suite.name + ":" + figure.metric.name);
    if (!id) continue;  // the names were checked where they were read
    const config::BenchmarkRule* rule = config::rule_for(id->text(), config);
    const auto tier = rule != nullptr && rule->tier ? rule->tier : entry.tier;
    suite.benchmarks.push_back({.id = *id,
                                .tier = tier.value_or(config.default_tier),
                                .tier_declared = tier.has_value(),
                                .metric = figure.metric});
    suite.native_names.push_back(figure.metric.name);
  }
}

}  // namespace pulsebench::session
