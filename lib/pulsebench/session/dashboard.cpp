#include "pulsebench/session/dashboard.hpp"

#include <cctype>
#include <iterator>
#include <utility>

#include "pulsebench/compare/approve.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/stored_comparison.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

std::string name_of_run(const compare::StoredRun& run) {
  return run.baselines.empty() ? run.document->run_id : run.baselines.front();
}

/// Judges the newest run of a machine. The day of the run, not today's, decides which approvals
/// hold: the same results make the same pages.
Result<void> judge_newest(const Session& session, compare::MachineResults& machine) {
  const auto [base, candidate] = compare::newest_pair(machine);
  if (base == nullptr) return {};
  const Compared compared{.base = *base->document,
                          .candidate = *candidate->document,
                          .config = session.workspace.config};
  if (!compare::comparable(compared.base, compared.candidate)) return {};
  PB_TRY(auto comparison, judge_stored(compared, name_of_run(*base), name_of_run(*candidate),
                                       session.workspace.store));
  PB_TRY(const auto approvals, session.workspace.store.approvals());
  const auto is_base = [&](const BenchmarkId&, const std::string& run) {
    return run == compared.base.run_id;
  };
  constexpr std::size_t kDay = 10;  // YYYY-MM-DD
  compare::apply_approvals(comparison, approvals, is_base,
                           compared.candidate.started.substr(0, kDay));
  machine.newest = std::move(comparison);
  return {};
}

}  // namespace

Result<Dashboard> dashboard(const Session& session) {
  const baseline::Store& store = session.workspace.store;
  Dashboard made;
  PB_TRY(made.results, store.list_runs(baseline::Detail::judgement));
  PB_TRY(auto baselines, store.list(baseline::Detail::judgement));
  std::ranges::move(baselines, std::back_inserter(made.results));
  made.machines = compare::results_by_machine(made.results);
  for (compare::MachineResults& machine : made.machines) PB_CHECK(judge_newest(session, machine));
  return made;
}

std::string file_stem(const std::string& shown, const std::string& identity) {
  constexpr std::size_t kMostShown = 32, kHashDigits = 12;
  std::string stem;
  for (const char c : shown.substr(0, kMostShown)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && std::isalnum(byte) != 0;
    stem += plain ? static_cast<char>(std::tolower(byte)) : '-';
  }
  return stem + "-" + os::sha256_of(identity).substr(0, kHashDigits);
}

}  // namespace pulsebench::session
