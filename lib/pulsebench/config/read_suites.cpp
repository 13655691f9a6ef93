#include "pulsebench/config/read_suites.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <map>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::config {
namespace {

using json::kPrintable;
using json::Reader;

constexpr std::size_t kMostEntries = 10'000;
constexpr std::size_t kLongestExpression = 1000;  // std::regex descends into it

void read_entry(Reader& fields, SuiteEntry& entry) {
  fields.know_only(
      {"path", "args", "working_directory", "environment", "time_limit_s", "tier", "requires"});
  entry.path = fields.text("path", kPrintable);
  fields.read("args", entry.arguments, json::TextBounds{0, kPrintable.most, true});
  fields.read("working_directory", entry.working_directory, kPrintable);
  if (auto variables = fields.child("environment")) read_variables(*variables, entry.environment);
  if (fields.has("time_limit_s")) {
    const double seconds = fields.real("time_limit_s", 0.1, 3600);
    entry.time_limit = std::chrono::milliseconds{std::lround(seconds * 1000)};
  }
  read_tier(fields, "tier", entry.tier);
  fields.read("requires", entry.needed, kPrintable);
}

void read_rule(Reader& fields, BenchmarkRule& rule) {
  fields.know_only(
      {"match", "tier", "threshold_percent", "target_ns_per_op", "max_allocations_per_op"});
  rule.match = fields.text("match", json::TextBounds{1, kLongestExpression, true});
  if (fields.failed()) return;
  try {
    rule.expression = std::regex{rule.match};
  } catch (const std::regex_error&) {
    fields.note("match", fmt::format("is '{}', which is not a valid regular expression",
                                     printable(rule.match, 60)));
  }
  read_tier(fields, "tier", rule.tier);
  if (fields.has("threshold_percent")) {
    rule.threshold = Percent{fields.real("threshold_percent", 0.1, 1000)};
  }
  if (fields.has("target_ns_per_op")) {
    rule.target = Cost{fields.real("target_ns_per_op", 0.001, 1e12)};
  }
  if (fields.has("max_allocations_per_op")) {
    rule.allocations = fields.real("max_allocations_per_op", 0.0, 1e12);
  }
}

}  // namespace

void read_variables(Reader& variables, std::vector<std::string>& environment) {
  if (!variables.value().is_object()) return;
  for (const auto& [name, value] : variables.value().items()) {
    if (!is_variable_name(name)) {
      variables.note("", fmt::format("has '{}', which is not the name of a variable: letters, "
                                     "digits and underscores, no digit first",
                                     printable(name, 40)));
    } else if (!value.is_string() || !is_printable(value.get_ref<const std::string&>())) {
      variables.note(name, "must be a printable text");
    } else {
      environment.push_back(name + "=" + value.get_ref<const std::string&>());
    }
  }
}

void read_tier(Reader& fields, const char* key, std::optional<Tier>& tier) {
  if (fields.has(key)) tier = static_cast<Tier>(fields.small(key, 0, 3));
}

void read_suites(Reader& fields, json::Problem& problem, std::vector<SuiteEntry>& suites) {
  if (!fields.has("suites")) return;
  suites.clear();
  std::map<std::filesystem::path, std::size_t> places;
  for (const json::Value& value : fields.list("suites", kMostEntries)) {
    const std::string place = fmt::format("suites[{}]", suites.size());
    SuiteEntry& entry = suites.emplace_back();
    const auto* text = value.get_ptr<const std::string*>();
    if (text != nullptr && !text->empty() && is_printable(*text)) {
      entry.path = *text;
    } else if (value.is_object()) {
      Reader reader{value, problem, place};
      read_entry(reader, entry);
    } else {
      problem.note(place, text != nullptr ? "must be a printable text that is not empty"
                                          : "must be a path, or an object that has one");
    }
    const auto [first, is_new] =
        places.try_emplace(std::filesystem::path{entry.path}.lexically_normal(), suites.size() - 1);
    if (!is_new && !entry.path.empty()) {
      problem.note(place, fmt::format("has the path '{}', as suites[{}] has; name a program once",
                                      printable(entry.path, 60), first->second));
    }
  }
}

void read_rules(Reader& fields, std::vector<BenchmarkRule>& rules) {
  if (!fields.has("benchmarks")) return;
  fields.each("benchmarks", kMostEntries,
              [&](Reader& rule) { read_rule(rule, rules.emplace_back()); });
}

}  // namespace pulsebench::config
