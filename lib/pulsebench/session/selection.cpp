#include "pulsebench/session/selection.hpp"

#include <map>
#include <regex>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/run/framework.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

std::string names_of(const std::map<std::string, config::Preset>& presets) {
  std::string names;
  for (const auto& [name, preset] : presets) names += (names.empty() ? "" : ", ") + name;
  return names;
}

Result<void> inject(std::vector<run::Subject>& subjects, const std::string& id, double percent) {
  std::vector<std::string_view> known;
  for (run::Subject& subject : subjects) {
    if (subject.info.id.text() == id) {
      PB_CHECK(check_injectable(subject));
      subject.sides.front().inject_percent = percent;
      return {};
    }
    known.push_back(subject.info.id.text());
  }
  const auto near = nearest(id, known);
  return fail(
      ErrorCode::bad_input,
      "--inject '" + printable(id) + "': this run has no such benchmark; " +
          (near ? "did you mean " + std::string{*near} + "?" : "see pulsebench run --list"));
}

}  // namespace

Result<std::optional<std::regex>> compile_filter(const std::string& filter) {
  if (filter.empty()) return std::optional<std::regex>{};
  try {
    return std::optional<std::regex>{std::regex{filter}};
  } catch (const std::regex_error& error) {
    return fail(ErrorCode::bad_input, "--filter '" + printable(filter) +
                                          "' is not a valid regular expression: " + error.what());
  }
}

Result<void> check_injectable(const run::Subject& subject) {
  const run::Driver driver = subject.sides.front().driver;
  if (driver == run::Driver::wire) return {};
  if (driver == run::Driver::report) {
    return fail(ErrorCode::bad_input, "--inject '" + subject.info.id.text() +
                                          "': no work can be added to a workload; slow it by hand");
  }
  const auto* framework = run::framework_of(driver);
  return fail(ErrorCode::bad_input,
              "--inject '" + subject.info.id.text() + "': no work can be added to a program of " +
                  std::string{framework == nullptr ? "Google Benchmark" : framework->name} +
                  "; slow it by hand, or make it a suite that links pulsebench::harness");
}

std::string preset_of(const Selection& selection, const config::Config& config) {
  return selection.preset.empty() ? config.default_preset : selection.preset;
}

Result<std::vector<run::Subject>> select(const std::vector<run::Suite>& suites,
                                         const Selection& selection, const config::Config& config) {
  const auto preset = config.presets.find(preset_of(selection, config));
  if (preset == config.presets.end()) {
    return fail(ErrorCode::bad_input, "--preset '" + printable(selection.preset) +
                                          "' is unknown; there are " + names_of(config.presets));
  }
  PB_TRY(const auto filter, compile_filter(selection.filter));
  std::vector<run::Subject> subjects;
  for (const run::Suite& suite : suites) {
    const Part part = suite.workload ? Part::workloads : Part::suites;
    if (selection.only != Part::everything && selection.only != part) continue;
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      const BenchmarkInfo& info = suite.benchmarks[i];
      if (!selection.tiers.empty() && selection.tiers.count(info.tier) == 0) continue;
      if (filter && !std::regex_search(info.id.text(), *filter)) continue;
      run::Subject subject{.info = info,
                           .suite = suite.name,
                           .sides = {},
                           .launches = preset->second.launches[index_of(info.tier)],
                           .batching = std::nullopt,
                           .visit_seconds = 0.0};
      subject.sides.push_back(run::source_of(suite, i));
      subjects.push_back(std::move(subject));
    }
  }
  if (subjects.empty()) {
    return fail(
        ErrorCode::bad_input,
        "no benchmark is left to run; see pulsebench run --list, and check --tier, --filter and "
        "--only");
  }
  for (const auto& [id, percent] : selection.inject) PB_CHECK(inject(subjects, id, percent));
  return subjects;
}

void halve_oversubscribed(std::vector<run::Subject>& subjects, std::size_t cpus) {
  for (run::Subject& subject : subjects) {
    if (static_cast<std::size_t>(subject.info.threads) > cpus) {
      subject.launches = (subject.launches + 1) / 2;
    }
  }
}

void count_bounded_allocations(std::vector<run::Subject>& subjects, const Workspace& workspace) {
  for (run::Subject& subject : subjects) {
    const auto target =
        config::target_of(subject.info.id.text(), workspace.config, workspace.targets);
    subject.count_allocations = target && target->allocations;
  }
}

Result<std::optional<baseline::Document>> find_like(const std::string& like,
                                                    const Workspace& workspace,
                                                    const Machine& machine) {
  const bool asked = !like.empty();
  auto document = workspace.store.load(asked ? like : "main", baseline::Detail::judgement);
  if (!document) {
    if (asked || document.error().code != ErrorCode::not_found) {
      return Failure{document.error()};
    }
    return std::optional<baseline::Document>{};
  }
  if (document->machine.key == machine.key) return std::optional{*std::move(document)};
  if (!asked) return std::optional<baseline::Document>{};
  return fail(ErrorCode::not_comparable,
              "--like '" + printable(like) + "' was measured on another machine (" +
                  printable(document->machine.key) + ", this is " + machine.key + ")");
}

void adopt_batching(std::vector<run::Subject>& subjects, const baseline::Document& like) {
  std::map<BenchmarkId, const baseline::BenchmarkResult*> known;
  for (const auto& benchmark : like.benchmarks) known.emplace(benchmark.info.id, &benchmark);
  for (run::Subject& subject : subjects) {
    const auto found = known.find(subject.info.id);
    if (found == known.end() || found->second->info.version != subject.info.version) continue;
    const Batching& batching = found->second->batching;
    // A foreign program is calibrated each time: its cost may have begun to depend on the length of
    // its repetitions.
    if (subject.sides.front().driver == run::Driver::foreign) continue;
    if (batching.operations > 0 && batching.slices > 0) subject.batching = batching;
  }
}

}  // namespace pulsebench::session
