#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kShortPath = 1000.0;  // ns
constexpr double kOnce = 0.99;         // per operation
constexpr double kMostOf = 0.9;

bool is_allocator(std::string_view name) {
  return name == "malloc" || name == "calloc" || name == "realloc" || name == "aligned_alloc" ||
         name == "memalign" || name == "posix_memalign";
}

bool is_front_of_allocator(std::string_view name) {
  return is_allocator(name) || name.starts_with("operator new");
}

/// The code that allocates, below the functions that only hand the request on.
void locate(const OperationProfile& profile, Advice& advice) {
  double most = 0.0;
  for (const ExecutedFunction& function : profile.functions) {
    if (is_front_of_allocator(function.name)) continue;
    for (const ExecutedCall& call : function.calls) {
      if (!is_front_of_allocator(call.callee) || call.instructions <= most) continue;
      most = call.instructions;
      advice.function = function.name;
      advice.where = line_at(function, call.address);
    }
  }
}

}  // namespace

std::optional<Advice> advise_on_allocation(const Evidence& evidence) {
  const double allocations = entries_of(evidence.profile, is_allocator);
  if (allocations < kOnce || evidence.ns_per_op >= kShortPath) return std::nullopt;
  const double frees =
      entries_of(evidence.profile, [](std::string_view name) { return name == "free"; });
  Advice advice{.what = "the operation allocates memory"};
  locate(evidence.profile, advice);
  advice.evidence = fmt::format(
      "{:.3g} allocations and {:.3g} frees per operation; one with its free takes {:.3g} ns here",
      allocations, frees, evidence.prices.allocation);
  advice.remedy = frees >= kMostOf * allocations
                      ? "reuse a buffer or keep the object on the stack: the memory is freed again"
                      : "reserve the memory before, or allocate in larger blocks";
  advice.gain_ns = allocations * evidence.prices.allocation;
  return advice;
}

}  // namespace pulsebench::profile
