#include "pulsebench/profile/operation_profile.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace pulsebench::profile {
namespace {

constexpr const char* kUnknownFile = "???";

std::optional<SourceLine> line_of(const CallgrindProfile& profile, std::uint32_t file, int line) {
  const std::string& name = profile.files[file];
  if (line <= 0 || name == kUnknownFile) return std::nullopt;
  return SourceLine{.file = name, .line = line};
}

/// Callgrind names what has no symbol by its address, which differs between builds.
std::string name_of(const FunctionCost& function) {
  return function.name.starts_with("0x") ? "???" : function.name;
}

/// The line of the first instruction in the file of the function itself, which is that of its
/// definition: others are of functions that were inlined.
std::optional<SourceLine> beginning_of(const CallgrindProfile& profile,
                                       const FunctionCost& function) {
  for (const InstructionCost& one : function.instructions) {
    if (one.file == function.file && one.line > 0) return line_of(profile, one.file, one.line);
  }
  return std::nullopt;
}

/// Sums up what two dumps say of one function, as differences.
class Difference {
 public:
  void add(const CallgrindProfile& profile, const FunctionCost& function, double sign) {
    name_ = name_of(function);
    object_ = function.object;
    if (!where_) where_ = beginning_of(profile, function);
    instructions_ += sign * static_cast<double>(function.self.instructions);
    branch_misses_ += sign * static_cast<double>(function.self.branch_misses);
    system_calls_ += sign * static_cast<double>(function.self.system_calls);
    for (const InstructionCost& one : function.instructions) {
      ExecutedInstruction& sum = each_[one.address];
      sum.address = one.address;
      if (!sum.where) sum.where = line_of(profile, one.file, one.line);
      sum.executions += sign * static_cast<double>(one.costs.instructions);
      sum.branches += sign * static_cast<double>(one.costs.branches);
      sum.branch_misses += sign * static_cast<double>(one.costs.branch_misses);
    }
    for (const CallCost& call : function.calls) {
      const FunctionCost& callee = profile.functions[call.callee];
      ExecutedCall& sum = calls_[{call.address, name_of(callee)}];
      sum.address = call.address;
      sum.callee = name_of(callee);
      sum.callee_object = callee.object;
      sum.instructions += sign * static_cast<double>(call.instructions);
    }
  }

  [[nodiscard]] ExecutedFunction over(double operations) const {
    ExecutedFunction function{.name = name_,
                              .object = object_,
                              .where = where_,
                              .instructions = instructions_ / operations,
                              .branch_misses = branch_misses_ / operations,
                              .system_calls = system_calls_ / operations};
    for (const auto& [address, sum] : each_) {
      if (sum.executions == 0.0) continue;
      ExecutedInstruction& one = function.each.emplace_back(sum);
      one.executions /= operations;
      one.branches /= operations;
      one.branch_misses /= operations;
    }
    for (const auto& [place, sum] : calls_) {
      if (sum.instructions == 0.0) continue;
      function.calls.emplace_back(sum).instructions /= operations;
    }
    return function;
  }

 private:
  std::string name_, object_;
  std::optional<SourceLine> where_;
  double instructions_ = 0.0, branch_misses_ = 0.0, system_calls_ = 0.0;
  std::map<std::uint64_t, ExecutedInstruction> each_;
  std::map<std::pair<std::uint64_t, std::string>, ExecutedCall> calls_;
};

}  // namespace

OperationProfile profile_of_operation(const CallgrindProfile& few, const CallgrindProfile& more,
                                      std::uint64_t operations) {
  assert(operations > 0);
  std::map<std::pair<std::string, std::string>, Difference> differences;
  for (const auto& [profile, sign] : {std::pair{&few, -1.0}, {&more, 1.0}}) {
    for (const FunctionCost& function : profile->functions) {
      differences[{function.object, name_of(function)}].add(*profile, function, sign);
    }
  }
  OperationProfile profile{.operations = operations};
  for (const auto& [key, difference] : differences) {
    ExecutedFunction function = difference.over(static_cast<double>(operations));
    profile.instructions += function.instructions;
    if (!function.each.empty() || !function.calls.empty() || function.system_calls != 0.0) {
      profile.functions.push_back(std::move(function));
    }
  }
  std::ranges::stable_sort(profile.functions, std::greater{}, &ExecutedFunction::instructions);
  return profile;
}

}  // namespace pulsebench::profile
