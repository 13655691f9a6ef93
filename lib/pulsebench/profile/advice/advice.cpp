#include "pulsebench/profile/advice/advice.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pulsebench::profile {
namespace {

struct RuleRow {
  const char* name;
  Rule rule;
};

/// Another rule is one file and one row.
constexpr std::array kRules{RuleRow{"allocation", advise_on_allocation},
                            RuleRow{"branch misses", advise_on_branch_misses},
                            RuleRow{"copies", advise_on_copies},
                            RuleRow{"division", advise_on_division},
                            RuleRow{"latency chain", advise_on_latency_chain},
                            RuleRow{"lock prefix", advise_on_lock_prefix},
                            RuleRow{"loop alignment", advise_on_loop_alignment},
                            RuleRow{"PLT calls", advise_on_plt_calls},
                            RuleRow{"short calls", advise_on_short_calls},
                            RuleRow{"system calls", advise_on_system_calls},
                            RuleRow{"vectorisation", advise_on_vectorisation}};

}  // namespace

std::optional<SourceLine> line_at(const ExecutedFunction& function, std::uint64_t address) {
  const auto found =
      std::ranges::lower_bound(function.each, address, {}, &ExecutedInstruction::address);
  if (found == function.each.end() || found->address != address) return std::nullopt;
  return found->where;
}

double entries_of(const OperationProfile& profile,
                  const std::function<bool(std::string_view name)>& is_one) {
  double entries = 0.0;
  for (const ExecutedFunction& function : profile.functions) {
    if (!function.each.empty() && is_one(function.name)) {
      entries += function.each.front().executions;
    }
  }
  return entries;
}

Found find_instructions(const Evidence& evidence,
                        const std::function<bool(const DisassembledInstruction&)>& is_one) {
  Found found;
  for (const HotFunction& hot : evidence.hot) {
    for (const DisassembledInstruction& one : hot.code) {
      if (one.executions <= 0.0 || !is_one(one)) continue;
      found.executions += one.executions;
      if (found.most != nullptr && found.most->executions >= one.executions) continue;
      found.in = &hot;
      found.most = &one;
    }
  }
  return found;
}

std::size_t count_rules() { return kRules.size(); }

std::vector<Advice> advise(const Evidence& evidence) {
  std::vector<Advice> all;
  for (const RuleRow& row : kRules) {
    auto advice = row.rule(evidence);
    if (!advice || advice->gain_ns < kLeastGain * evidence.ns_per_op) continue;
    advice->gain_ns = std::min(advice->gain_ns, evidence.ns_per_op);
    advice->rule = row.name;
    all.push_back(*std::move(advice));
  }
  std::ranges::stable_sort(all, std::greater{}, &Advice::gain_ns);
  if (all.size() > kMostAdvice) all.resize(kMostAdvice);
  return all;
}

}  // namespace pulsebench::profile
