#pragma once

#include <optional>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// Which benchmarks to measure, and how much of each.
/// What of a project is measured.
enum class Part { everything, suites, workloads };

struct Selection {
  std::set<Tier> tiers = {};                                ///< empty: all
  std::string filter = {};                                  ///< regular expression; empty: all
  std::string preset = {};                                  ///< empty: the configured default
  std::vector<std::pair<std::string, double>> inject = {};  ///< benchmark, percent of work to add
  Part only = Part::everything;
  run::ProgramOptions options = {};  ///< of every program, beside those of the configuration
};

/// The benchmarks of `suites` that `selection` asks for, as subjects of one side with the launches
/// of the preset. `bad_input` where the expression is not valid, a preset or an injected benchmark
/// is unknown, or nothing is left to run.
[[nodiscard]] Result<std::vector<run::Subject>> select(const std::vector<run::Suite>& suites,
                                                       const Selection& selection,
                                                       const config::Config& config);

/// The regular expression of `--filter`; none where it is empty. `bad_input` where it is not valid.
[[nodiscard]] Result<std::optional<std::regex>> compile_filter(const std::string& filter);

/// `bad_input` where no work can be added to what the benchmark measures.
[[nodiscard]] Result<void> check_injectable(const run::Subject& subject);

/// The preset that `selection` names, or the default.
[[nodiscard]] std::string preset_of(const Selection& selection, const config::Config& config);

/// Half the launches for benchmarks with more threads than `cpus`: their visits take as many times
/// longer, and they never gate.
void halve_oversubscribed(std::vector<run::Subject>& subjects, std::size_t cpus);

/// Counts the allocations of every benchmark whose target bounds them.
void count_bounded_allocations(std::vector<run::Subject>& subjects, const Workspace& workspace);

/// The result whose batching a run is to reuse, so that both can be compared: `like`; where it is
/// empty, `main` if that exists and is of this machine. Empty: none.
[[nodiscard]] Result<std::optional<baseline::Document>> find_like(const std::string& like,
                                                                  const Workspace& workspace,
                                                                  const Machine& machine);

/// Gives each subject the batching it has in `like`, where it is there in the same version.
void adopt_batching(std::vector<run::Subject>& subjects, const baseline::Document& like);

}  // namespace pulsebench::session
