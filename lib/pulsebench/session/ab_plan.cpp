#include "pulsebench/session/ab_plan.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/compare/reason.hpp"
#include "pulsebench/session/command_lines.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using compare::ReasonCode;

Result<void> check_commands(const AbRequest& request) {
  if (request.new_side.empty() || request.merge_base || !request.rivals.empty() ||
      !request.maps.empty() || request.affected) {
    return fail(ErrorCode::bad_input,
                "--command compares two command lines: give both, without --merge-base, --rival, "
                "--map and --affected");
  }
  return {};
}

Result<void> check_request(const AbRequest& request) {
  if (request.commands) return check_commands(request);
  if (request.rivals.empty()) return {};
  if (!request.maps.empty() || request.merge_base || !request.new_side.empty() ||
      request.affected) {
    return fail(ErrorCode::bad_input,
                "--rival compares benchmarks of one program: name that program alone, without a "
                "new side, --map, --merge-base and --affected");
  }
  return {};
}

/// One program on both sides, where its benchmarks are rivals.
Result<BothSides> open_sides(const AbRequest& request, const Session& session) {
  if (request.commands) return open_commands(request.old_side, request.new_side, session);
  if (request.rivals.empty()) {
    return open_sides(request.old_side, request.new_side, request.merge_base,
                      request.paired.selection.options, session);
  }
  PB_TRY(const auto side, open_side(request.old_side, request.paired.selection.options, session));
  return BothSides{.old_side = side, .new_side = side};
}

/// A family that is smaller than what is measured would promise less than it keeps.
Result<void> check_family(const AbRequest& request, const Matched& matched) {
  const std::size_t measured = matched.subjects.size();
  const auto& family = request.paired.family;
  if (!family || static_cast<std::size_t>(*family) >= measured) return {};
  return fail(ErrorCode::bad_input,
              fmt::format("--family {} is less than the {} benchmarks measured here; it is the "
                          "number of all that share the probability of a false alarm",
                          *family, measured));
}

}  // namespace

std::size_t AbPlan::family() const {
  return std::max(static_cast<std::size_t>(paired.family.value_or(0)), matched.subjects.size());
}

Result<AbPlan> plan_ab(const Session& session, const AbRequest& request, BothSides sides) {
  const Workspace& workspace = session.workspace;
  config::Config config = gates_for(request.gates, workspace.config);
  PB_TRY(auto approvals, workspace.store.approvals());
  PB_TRY(auto paired, plan_pairs(session, request.paired, plan::Effort{}));
  PB_TRY(auto matched, match_sides(sides, request, config, session));
  std::optional<Affected> affected;
  if (request.affected) {
    PB_TRY(affected, keep_affected(matched, sides, paired, session));
  }
  PB_CHECK(check_family(request, matched));
  return AbPlan{.config = std::move(config),
                .paired = std::move(paired),
                .sides = std::move(sides),
                .approvals = std::move(approvals),
                .matched = std::move(matched),
                .affected = std::move(affected)};
}

Result<AbPlan> plan_ab(const Session& session, const AbRequest& request) {
  PB_CHECK(check_request(request));
  PB_TRY(auto sides, open_sides(request, session));
  return plan_ab(session, request, std::move(sides));
}

compare::Comparison before_measuring(const AbRequest& request, const AbPlan& plan) {
  compare::Comparison comparison;
  const auto& [old_side, new_side] = plan.sides;
  comparison.base_name = old_side.name;
  comparison.candidate_name = new_side.name;
  comparison.base_origin = old_side.origin;
  comparison.candidate_origin = new_side.origin;
  comparison.rivals = !request.rivals.empty();
  comparison.judged = static_cast<int>(plan.family());
  comparison.interval_level = compare::Live{}.interval_level;
  comparison.seed = plan.paired.seed;
  comparison.missing_allowed = request.gates.allow_missing;
  if (!comparison.rivals && !old_side.commit.empty() && old_side.commit == new_side.commit) {
    comparison.warnings.push_back({.code = ReasonCode::same_binaries});
  }
  for (const std::string& rule : plan.matched.unused_rules) {
    comparison.warnings.push_back({.code = ReasonCode::rule_unused, .texts = {rule}});
  }
  comparison.benchmarks = plan.matched.left_out;
  return comparison;
}

}  // namespace pulsebench::session
