#include "pulsebench/session/note_undecidable.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "pulsebench/compare/run_sigma.hpp"
#include "pulsebench/compare/undecidable.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::session {
namespace {

constexpr std::size_t kMostListed = 3;

std::string describe(const compare::Undecidable& one) {
  return fmt::format("{} (σ {:.2g} % in {} runs, threshold {:.3g} %)", printable(one.id.text(), 60),
                     100.0 * one.sigma.deviation, one.sigma.runs, one.threshold.value);
}

}  // namespace

void note_undecidable(const Session& session, const baseline::Document& saved) {
  const auto history =
      session.workspace.store.runs(baseline::Detail::values, baseline::Store::kHistoryBytes);
  if (!history) return;  // compare says so
  auto found = compare::undecidable(saved, session.workspace.config,
                                    compare::learn_run_sigma(history->runs, saved));
  if (found.empty()) return;
  std::ranges::stable_sort(found, std::ranges::greater{},
                           [](const compare::Undecidable& one) { return one.sigma.deviation; });
  std::string names;
  for (std::size_t i = 0; i < std::min(found.size(), kMostListed); ++i) {
    names += (i == 0 ? "" : ", ") + describe(found[i]);
  }
  if (found.size() > kMostListed) names += fmt::format(" and {} more", found.size() - kMostListed);
  session.notice(
      "warning: compare can never call unchanged what differs so much between runs of one "
      "build: " +
      names + "; pulsebench ab can, or give it a wider threshold");
}

}  // namespace pulsebench::session
