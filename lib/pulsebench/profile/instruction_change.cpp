#include "pulsebench/profile/instruction_change.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "pulsebench/profile/short_name.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kLeast = 0.005;  // shown as 0.01

using ByName = std::map<std::string, FunctionChange>;

void add(FunctionChange& change, const ExecutedFunction& function,
         std::optional<double> FunctionChange::*side) {
  change.*side = (change.*side).value_or(0.0) + function.instructions;
  change.object = std::filesystem::path{function.object}.filename().string();
  if (change.name.empty()) change.name = function.name;
  const bool newer = side == &FunctionChange::candidate;
  if (function.where && (newer || !change.where)) change.where = function.where;
}

ByName by_name(const OperationProfile& base, const OperationProfile& candidate) {
  ByName changes;
  for (const ExecutedFunction& function : base.functions) {
    add(changes[function.name], function, &FunctionChange::base);
  }
  for (const ExecutedFunction& function : candidate.functions) {
    add(changes[function.name], function, &FunctionChange::candidate);
  }
  return changes;
}

void merge(FunctionChange& into, const FunctionChange& change) {
  const auto sum = [](std::optional<double>& to, const std::optional<double>& from) {
    if (from) to = to.value_or(0.0) + *from;
  };
  sum(into.base, change.base);
  sum(into.candidate, change.candidate);
  if (change.candidate) {  // the name that is in the code now
    into.name = change.name;
    if (change.where) into.where = change.where;
  }
}

/// Joins functions that one side alone has, where the bare name is the same.
std::vector<FunctionChange> joined(const ByName& changes) {
  std::vector<FunctionChange> result;
  std::map<std::string, std::vector<const FunctionChange*>> unmatched;
  for (const auto& [name, change] : changes) {
    if (change.base && change.candidate) {
      result.push_back(change);
    } else {
      unmatched[matching_name(name)].push_back(&change);
    }
  }
  for (const auto& [name, group] : unmatched) {
    bool before = false, now = false;
    for (const FunctionChange* one : group) {
      before = before || one->base;
      now = now || one->candidate;
    }
    if (before && now) {
      FunctionChange together = *group.front();
      for (std::size_t i = 1; i < group.size(); ++i) merge(together, *group[i]);
      result.push_back(std::move(together));
    } else {
      for (const FunctionChange* one : group) result.push_back(*one);
    }
  }
  return result;
}

}  // namespace

Explanation change_of_instructions(const OperationProfile& base,
                                   const OperationProfile& candidate) {
  Explanation explanation{.base = base.instructions,
                          .candidate = candidate.instructions,
                          .operations = candidate.operations};
  explanation.functions = joined(by_name(base, candidate));
  std::erase_if(explanation.functions,
                [](const FunctionChange& one) { return std::abs(one.difference()) < kLeast; });
  std::ranges::stable_sort(explanation.functions, [](const auto& one, const auto& other) {
    return std::abs(one.difference()) > std::abs(other.difference());
  });
  if (explanation.functions.size() > Explanation::kMostFunctions) {
    explanation.functions.resize(Explanation::kMostFunctions);
  }
  return explanation;
}

}  // namespace pulsebench::profile
