#include "pulsebench/config/read_workloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pulsebench/config/read_load.hpp"
#include "pulsebench/config/read_suites.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::config {
namespace {

using json::kPrintable;
using json::Reader;

constexpr std::size_t kMostMetrics = 1'000;
constexpr std::size_t kMostCombinations = 10'000;

/// The units that a program may report in.
struct ReportedUnit {
  std::string_view name;
  Unit unit;
  double scale;
};
constexpr std::array kReportedUnits{
    ReportedUnit{"ns", Unit::nanoseconds, 1.0},  ReportedUnit{"us", Unit::nanoseconds, 1e3},
    ReportedUnit{"ms", Unit::nanoseconds, 1e6},  ReportedUnit{"s", Unit::nanoseconds, 1e9},
    ReportedUnit{"B", Unit::bytes, 1.0},         ReportedUnit{"KiB", Unit::bytes, 1024.0},
    ReportedUnit{"MiB", Unit::bytes, 1048576.0}, ReportedUnit{"count", Unit::count, 1.0},
    ReportedUnit{"1/s", Unit::per_second, 1.0},  ReportedUnit{"ratio", Unit::ratio, 1.0}};

bool is_metric_name(std::string_view name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
  return !name.empty() && name.size() <= 60 &&
         name.find_first_not_of(kAllowed) == std::string_view::npos;
}

void read_judgement(Reader& fields, MetricEntry& entry) {
  if (fields.has("threshold_percent")) {
    entry.threshold = Percent{fields.real("threshold_percent", 0.1, 1000)};
  }
  if (fields.has("effect")) entry.effect = fields.named<Effect>("effect");
}

void read_reported(Reader& fields, MetricEntry& entry) {
  fields.know_only({"unit", "better", "threshold_percent", "effect"});
  const std::string unit = fields.text("unit", kPrintable);
  const auto found = std::ranges::find(kReportedUnits, unit, &ReportedUnit::name);
  if (found == kReportedUnits.end()) {
    std::string names;
    for (const auto& one : kReportedUnits)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", one.name);
    if (fields.has("unit")) fields.note("unit", "must be one of " + names);
    return;
  }
  entry.metric.unit = found->unit;
  entry.scale = found->scale;
  if (found->unit == Unit::per_second) entry.metric.better = Better::higher;
  fields.read("better", entry.metric.better);
  read_judgement(fields, entry);
}

/// The figure of a command or of a load that has this name.
std::optional<MetricEntry> metered(Reader& metrics, WorkloadKind kind, const std::string& name) {
  std::vector<std::string_view> names;
  for (const MetricEntry& known : known_metrics(kind)) {
    if (known.metric.name == name) return known;
    names.push_back(known.metric.name);
  }
  const auto near = nearest(name, names);
  metrics.note("", fmt::format("has no '{}': a {} has {}{}", printable(name, 60), name_of(kind),
                               fmt::join(names, ", "),
                               near ? fmt::format("; did you mean {}?", *near) : ""));
  return std::nullopt;
}

void read_metrics(Reader& fields, WorkloadEntry& workload) {
  const auto& usual = known_metrics(workload.kind);
  const bool known_names = !usual.empty();
  auto metrics = fields.child("metrics");
  if (!metrics) {
    if (!known_names) fields.require("metrics");
    const bool command = workload.kind == WorkloadKind::command;
    const auto count = command ? kUsualCommandMetrics : usual.size();
    workload.metrics.assign(usual.begin(), usual.begin() + static_cast<std::ptrdiff_t>(count));
    return;
  }
  if (!metrics->value().is_object()) return;
  for (const auto& [name, unused] : metrics->value().items()) {
    if (!is_metric_name(name) || workload.metrics.size() == kMostMetrics) {
      return metrics->note("",
                           fmt::format("has the metric '{}': a name is 1 to 60 letters, digits, "
                                       "'_', '.', '/' and '-', and at most {} are possible",
                                       printable(name, 60), kMostMetrics));
    }
    MetricEntry entry{.metric = {.name = name}};
    if (known_names) {
      const auto known = metered(*metrics, workload.kind, name);
      if (!known) return;
      entry = *known;
    }
    Reader one = *metrics->child(name.c_str());
    if (known_names) {
      one.know_only({"threshold_percent", "effect"});
      read_judgement(one, entry);
    } else {
      read_reported(one, entry);
    }
    workload.metrics.push_back(std::move(entry));
  }
  if (workload.metrics.empty()) fields.note("metrics", "is empty");
}

void read_parameters(Reader& fields, WorkloadEntry& workload) {
  auto parameters = fields.child("parameters");
  if (!parameters || !parameters->value().is_object()) return;
  std::size_t combinations = 1;
  for (const auto& [name, unused] : parameters->value().items()) {
    if (!is_variable_name(name) || name == "build" || name == "scratch") {
      return parameters->note(
          "",
          fmt::format("has '{}': the name of a parameter is of letters, digits and underscores, "
                      "and neither build nor scratch",
                      printable(name, 40)));
    }
    std::vector<std::string> values;
    parameters->read(name.c_str(), values, json::TextBounds{1, 200, true});
    combinations *= std::max<std::size_t>(values.size(), 1);
    if (values.empty()) parameters->note(name, "is empty");
    if (combinations > kMostCombinations) {
      return fields.note("parameters",
                         fmt::format("have more than {} combinations", kMostCombinations));
    }
    workload.parameters.emplace_back(name, std::move(values));
  }
}

void read_command(Reader& fields, WorkloadEntry& workload) {
  if (fields.require("command") == nullptr) return;
  fields.read("command", workload.command, json::TextBounds{0, kPrintable.most, true});
  if (workload.command.empty() || workload.command.front().empty()) {
    fields.note("command", "must be a list of words, of which the first is the program");
  }
}

void read_start(Reader& fields, WorkloadEntry& workload) {
  read_command(fields, workload);
  if (auto variables = fields.child("environment")) {
    read_variables(*variables, workload.environment);
  }
  fields.read("working_directory", workload.working_directory, kPrintable);
}

void read_expected(Reader& fields, WorkloadEntry& workload) {
  auto expected = fields.child("expect");
  if (!expected) return;
  expected->know_only({"exit_code"});
  expected->read("exit_code", workload.exit_code, json::Bounds{0, 255});
}

void read_workload(Reader& fields, WorkloadEntry& workload) {
  workload.kind = fields.named<WorkloadKind>("kind");
  if (workload.kind == WorkloadKind::load) {
    fields.know_only({"kind", "service", "request", "profiles", "targets", "parameters", "metrics",
                      "tier", "needs", "requires", "expect"});
    if (auto service = fields.child("service")) read_start(*service, workload);
    read_load(fields, workload.load);
  } else {
    fields.know_only({"kind", "command", "parameters", "metrics", "environment",
                      "working_directory", "time_limit_s", "tier", "needs", "requires", "expect"});
    read_start(fields, workload);
    read_expected(fields, workload);
  }
  read_parameters(fields, workload);
  if (fields.failed()) return;
  read_metrics(fields, workload);
  if (fields.has("time_limit_s")) {
    const double seconds = fields.real("time_limit_s", 0.1, 86'400);
    workload.time_limit = std::chrono::milliseconds{std::lround(seconds * 1000)};
  }
  read_tier(fields, "tier", workload.tier);
  fields.read("needs", workload.needs, kPrintable);
  fields.read("requires", workload.needed, kPrintable);
}

}  // namespace

void read_workloads(Reader& fields, std::vector<WorkloadEntry>& workloads) {
  auto entries = fields.child("workloads");
  if (!entries || !entries->value().is_object()) return;
  for (const auto& [name, unused] : entries->value().items()) {
    if (!BenchmarkId::parse(name) || name.size() > 200 || name.find(':') != std::string::npos) {
      return entries->note("", fmt::format("has the name '{}': a workload's is printable, without "
                                           "a colon, and has at most 200 bytes",
                                           printable(name, 60)));
    }
    Reader workload = *entries->child(name.c_str());
    read_workload(workload, workloads.emplace_back(WorkloadEntry{.name = name}));
  }
}

}  // namespace pulsebench::config
