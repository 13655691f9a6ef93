#include <string>
#include <utility>
#include <vector>

#include "pulsebench/json/write.hpp"
#include "pulsebench/report/memory_parts.hpp"

namespace pulsebench::report {
namespace {

using nlohmann::ordered_json;
using profile::CountRange;
using profile::HeapCounts;
using profile::HeapProfile;
using profile::HeapSlope;

ordered_json stack_json(const profile::HeapStack& stack) {
  auto frames = ordered_json::array();
  for (const profile::Frame& frame : stack.frames) {
    frames.push_back({{"function", frame.function},
                      {"file", frame.file},
                      {"line", frame.line},
                      {"inlined", frame.inlined}});
  }
  return {{"other_thread", stack.other_thread}, {"frames", std::move(frames)}};
}

ordered_json slopes_json(const HeapProfile& heap, const std::vector<HeapSlope>& slopes) {
  auto list = ordered_json::array();
  for (const HeapSlope& slope : slopes) {
    list.push_back({{"site", site_of_stack(heap, slope.stack)},
                    {"stack", slope.stack},
                    {"blocks_per_op", slope.blocks_per_op},
                    {"bytes_per_op", slope.bytes_per_op}});
  }
  return list;
}

ordered_json spots_json(const HeapProfile& heap) {
  auto list = ordered_json::array();
  for (const profile::AllocationSpot& spot : heap.spots) {
    list.push_back({{"site", site_of_stack(heap, spot.stack)},
                    {"stack", spot.stack},
                    {"allocations_per_op", heap.per_op(spot.allocations)},
                    {"bytes_per_op", heap.per_op(spot.bytes)},
                    {"died_at_once_percent", 100.0 * static_cast<double>(spot.died_at_once) /
                                                 static_cast<double>(spot.allocations)}});
  }
  return list;
}

ordered_json peak_json(const HeapProfile& heap) {
  auto held = ordered_json::array();
  for (const profile::HeldByStack& one : heap.at_peak) {
    held.push_back({{"site", site_of_stack(heap, one.stack)},
                    {"stack", one.stack},
                    {"blocks", one.blocks},
                    {"bytes", one.bytes}});
  }
  return {{"bytes", heap.curve.peak_bytes},
          {"operation", heap.curve.peak_operation},
          {"held", std::move(held)}};
}

ordered_json lifetimes_json(const profile::Lifetimes& lifetimes) {
  const auto or_null = [](const std::optional<std::uint64_t>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
  };
  return {{"blocks", lifetimes.blocks},
          {"died_at_once", lifetimes.died_at_once},
          {"watched_operations", lifetimes.watched},
          {"p50_operations", or_null(lifetimes.p50)},
          {"p99_operations", or_null(lifetimes.p99)}};
}

ordered_json sizes_json(const HeapProfile& heap) {
  auto list = ordered_json::array();
  for (std::size_t i = 0; i < heap.sizes.counts.size(); ++i) {
    if (heap.sizes.counts[i] == 0) continue;
    const bool last = i + 1 == heap.sizes.counts.size();
    list.push_back({{"up_to_bytes", last ? ordered_json(nullptr)
                                         : ordered_json(profile::SizeHistogram::limit_of(i))},
                    {"allocations_per_op", heap.per_op(heap.sizes.counts[i])}});
  }
  return list;
}

ordered_json range_json(const CountRange& range) {
  return ordered_json::array({range.low, range.high});
}

ordered_json counts_json(const HeapCounts& counts) {
  return {{"allocations_per_op", range_json(counts.allocations)},
          {"bytes_per_op", range_json(counts.bytes)},
          {"leaked_bytes_per_op", range_json(counts.leaked_bytes)}};
}

ordered_json change_json(const profile::MemoryReport& report) {
  if (!report.change) return nullptr;
  auto sites = ordered_json::array();
  for (const profile::SiteChange& site : report.change->sites) {
    sites.push_back(
        {{"site", site.site}, {"old", counts_json(site.before)}, {"new", counts_json(site.after)}});
  }
  return {{"against", report.old_side},
          {"repeats", report.change->repeats},
          {"old", counts_json(report.change->before)},
          {"new", counts_json(report.change->after)},
          {"sites", std::move(sites)}};
}

}  // namespace

std::string memory_json(const profile::MemoryReport& report, int exit_code) {
  const HeapProfile& heap = report.heap;
  auto stacks = ordered_json::array();
  for (const profile::HeapStack& stack : heap.stacks) stacks.push_back(stack_json(stack));
  return json::document_text({{"schema", "pulsebench-memory"},
                              {"version", 1},
                              {"benchmark", report.benchmark},
                              {"exit_code", exit_code},
                              {"operations", heap.operations},
                              {"operations_asked", heap.operations_asked},
                              {"operations_counted", heap.counted},
                              {"leaks_known", heap.frees_lost == 0},
                              {"allocations_per_op", heap.per_op(heap.allocations)},
                              {"bytes_per_op", heap.per_op(heap.bytes)},
                              {"leaks", slopes_json(heap, heap.leaks.leaked)},
                              {"kept", slopes_json(heap, heap.leaks.kept)},
                              {"allocates", spots_json(heap)},
                              {"live_bytes", heap.curve.live_bytes},
                              {"peak", peak_json(heap)},
                              {"lifetimes", lifetimes_json(heap.lifetimes)},
                              {"sizes", sizes_json(heap)},
                              {"change", change_json(report)},
                              {"stacks", std::move(stacks)}});
}

}  // namespace pulsebench::report
