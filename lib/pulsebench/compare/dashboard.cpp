#include "pulsebench/compare/dashboard.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace pulsebench::compare {
namespace {

const std::string& started_of(const StoredRun& run) { return run.document->started; }

bool is_kept_as(const StoredRun& run, const std::string& name) {
  return std::ranges::find(run.baselines, name) != run.baselines.end();
}

}  // namespace

std::vector<MachineResults> results_by_machine(const std::vector<baseline::Entry>& results) {
  std::map<std::string, MachineResults> by_key;
  std::map<std::pair<std::string, std::string>, std::size_t> place_of;  // by key and run id
  for (const baseline::Entry& entry : results) {
    if (!entry.envelope) continue;
    const baseline::Document& document = *entry.envelope;
    MachineResults& machine = by_key[document.machine.key];
    machine.key = document.machine.key;
    const auto [place, added] =
        place_of.emplace(std::pair{machine.key, document.run_id}, machine.runs.size());
    if (added) machine.runs.push_back({.document = &document});
    if (document.run_id != entry.name) {
      machine.runs[place->second].baselines.push_back(entry.name);
    }
  }
  std::vector<MachineResults> machines;
  for (auto& [key, machine] : by_key) {
    std::ranges::stable_sort(machine.runs, std::greater{}, started_of);
    machine.history = history_of(
        results, {.machine_key = key, .points = std::numeric_limits<std::size_t>::max()});
    machines.push_back(std::move(machine));
  }
  std::ranges::stable_sort(machines, std::greater{}, [](const MachineResults& machine) {
    return started_of(machine.runs.front());
  });
  return machines;
}

NewestPair newest_pair(const MachineResults& machine) {
  const auto& runs = machine.runs;
  const auto is_complete = [](const StoredRun& run) { return run.document->complete; };
  const auto newest = std::ranges::find_if(runs, is_complete);
  if (newest == runs.end()) return {};
  auto base = std::ranges::find_if(
      runs, [](const StoredRun& run) { return run.document->complete && is_kept_as(run, "main"); });
  if (base == runs.end() || base == newest) {
    base = std::find_if(newest + 1, runs.end(), is_complete);
  }
  if (base == runs.end()) return {};
  return {&*base, &*newest};
}

}  // namespace pulsebench::compare
