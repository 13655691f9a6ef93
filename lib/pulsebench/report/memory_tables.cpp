#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/profile/stack_tree.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/memory_parts.hpp"

namespace pulsebench::report {
namespace {

using profile::HeapProfile;
using profile::HeapSlope;
using profile::HeapStack;
using render::Align;
using render::Tone;

constexpr std::size_t kMostSpots = 15;
constexpr std::size_t kMostTreeRows = 20;
constexpr double kLeastTreeShare = 0.01;  ///< of the peak

Percent percent_of(double part, double whole) {
  return Percent{whole > 0.0 ? 100.0 * part / whole : 0.0};
}

/// Who called the site, up to the operation: "op ← run".
std::string callers_of(const HeapStack& stack) {
  const profile::Frame* const site = profile::site_of(stack.frames);
  std::string callers;
  bool beyond = false;
  for (const profile::Frame& frame : stack.frames) {
    if (beyond) callers += (callers.empty() ? "" : " ← ") + profile::short_name(frame.function);
    beyond = beyond || &frame == site;
  }
  return stack.other_thread ? "in another thread" : callers;
}

render::Table curve_table(const HeapProfile& heap) {
  std::vector<double> live;
  for (const std::uint64_t bytes : heap.curve.live_bytes) {
    live.push_back(static_cast<double>(bytes));
  }
  render::Table table{.columns = {{.header = "live bytes"},
                                  {.header = "at the end", .align = Align::right},
                                  {.header = "peak", .align = Align::right},
                                  {.header = "in operation", .align = Align::right}},
                      .groups = {{}}};
  table.groups[0].rows.push_back(
      {.cells = {render::Sparkline{live}, bytes_text(live.empty() ? 0.0 : live.back()),
                 bytes_text(static_cast<double>(heap.curve.peak_bytes)),
                 render::Count{static_cast<long long>(heap.curve.peak_operation)}}});
  return table;
}

render::Table slope_table(const HeapProfile& heap, const std::vector<HeapSlope>& slopes) {
  render::Table table{.columns = {{.header = "blocks/op", .align = Align::right},
                                  {.header = "bytes/op", .align = Align::right},
                                  {.header = "function"},
                                  {.header = "called by", .elastic = true}},
                      .groups = {{}}};
  for (const HeapSlope& slope : slopes) {
    table.groups[0].rows.push_back(
        {.cells = {fmt::format("{:.4f}", slope.blocks_per_op), bytes_text(slope.bytes_per_op),
                   site_of_stack(heap, slope.stack), callers_of(heap.stacks[slope.stack])}});
  }
  return table;
}

render::Table spots_table(const HeapProfile& heap) {
  render::Table table{
      .columns = {{.header = "allocations/op", .align = Align::right},
                  {.header = "%", .align = Align::right},
                  {.header = "bytes/op", .align = Align::right},
                  {.header = "dies at once, %", .align = Align::right, .drop = 2},
                  {.header = "function"},
                  {.header = "called by", .elastic = true}},
      .groups = {{}},
      .legend = {{.text = "dies at once: freed in the operation that allocated it"}}};
  const std::size_t shown = std::min(kMostSpots, heap.spots.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const profile::AllocationSpot& spot = heap.spots[i];
    const auto allocations = static_cast<double>(spot.allocations);
    table.groups[0].rows.push_back(
        {.cells = {render::PerOperation{heap.per_op(spot.allocations)},
                   percent_of(allocations, static_cast<double>(heap.allocations)),
                   bytes_text(heap.per_op(spot.bytes)),
                   percent_of(static_cast<double>(spot.died_at_once), allocations),
                   site_of_stack(heap, spot.stack), callers_of(heap.stacks[spot.stack])}});
  }
  if (shown < heap.spots.size()) {
    table.legend.push_back({.text = fmt::format("and {} more", heap.spots.size() - shown)});
  }
  return table;
}

/// The rows of a tree, its deepest part behind each branch; a function whose only callee has all of
/// its bytes shares the callee's row.
void add_tree_rows(const profile::TreeNode& node, double all, const std::string& indent,
                   render::Table& table) {
  std::vector<const profile::TreeNode*> callees;
  for (const profile::TreeNode& callee : node.callees) {
    if (callee.total >= kLeastTreeShare * all) callees.push_back(&callee);
  }
  std::sort(callees.begin(), callees.end(),
            [](const auto* a, const auto* b) { return a->total > b->total; });
  for (const profile::TreeNode* callee : callees) {
    if (table.groups[0].rows.size() == kMostTreeRows) return;
    std::string name = callee->name;
    while (callee->callees.size() == 1 && callee->self == 0.0) {
      callee = &callee->callees.front();
      name += " → " + callee->name;
    }
    table.groups[0].rows.push_back(
        {.cells = {bytes_text(callee->total), percent_of(callee->total, all),
                   render::Name{indent + name}}});
    add_tree_rows(*callee, all, indent + "· ", table);
  }
}

render::Table peak_table(const HeapProfile& heap) {
  profile::StackTree tree;
  for (const profile::HeldByStack& held : heap.at_peak) {
    const HeapStack& stack = heap.stacks[held.stack];
    const profile::Frame* const site = profile::site_of(stack.frames);
    std::vector<std::string> names;
    for (const profile::Frame& frame : stack.frames) {
      if (&frame == site) names.clear();  // what it calls is the allocator
      names.push_back(&frame == site ? profile::site_text(frame)
                                     : profile::short_name(frame.function));
    }
    std::vector<std::string_view> outermost_first{names.rbegin(), names.rend()};
    tree.add(outermost_first, static_cast<double>(held.bytes));
  }
  render::Table table{.columns = {{.header = "bytes", .align = Align::right},
                                  {.header = "%", .align = Align::right},
                                  {.header = "function", .elastic = true}},
                      .groups = {{}}};
  add_tree_rows(tree.root(), tree.root().total, "", table);
  return table;
}

/// "8 operations", or that it is longer than what was watched.
std::string lifetime_text(const profile::Lifetimes& lifetimes, std::uint64_t age) {
  if (age == 0) return "its own operation";
  const std::string text =
      render::format_count(static_cast<long long>(age), "operation", "operations");
  return age >= lifetimes.watched ? text + " or longer" : text;
}

render::Table lifetimes_table(const profile::Lifetimes& lifetimes) {
  render::Table table{
      .columns = {{.header = "die in their own operation, %", .align = Align::right},
                  {.header = "p50"},
                  {.header = "p99"}},
      .groups = {{}}};
  table.groups[0].rows.push_back({.cells = {percent_of(static_cast<double>(lifetimes.died_at_once),
                                                       static_cast<double>(lifetimes.blocks)),
                                            lifetime_text(lifetimes, *lifetimes.p50),
                                            lifetime_text(lifetimes, *lifetimes.p99)}});
  return table;
}

render::Table sizes_table(const HeapProfile& heap) {
  render::Table table{.columns = {{.header = "up to", .align = Align::right},
                                  {.header = "allocations/op", .align = Align::right},
                                  {.header = "%", .align = Align::right}},
                      .groups = {{}}};
  for (std::size_t i = 0; i < heap.sizes.counts.size(); ++i) {
    const std::uint64_t count = heap.sizes.counts[i];
    if (count == 0) continue;
    const bool last = i + 1 == heap.sizes.counts.size();
    const auto limit = static_cast<double>(profile::SizeHistogram::limit_of(i));
    table.groups[0].rows.push_back(
        {.cells = {last ? "larger" : bytes_text(limit), render::PerOperation{heap.per_op(count)},
                   percent_of(static_cast<double>(count), static_cast<double>(heap.allocations))}});
  }
  return table;
}

}  // namespace

std::string site_of_stack(const HeapProfile& heap, std::size_t stack) {
  const profile::Frame* const site = profile::site_of(heap.stacks[stack].frames);
  return site == nullptr ? "unknown" : profile::site_text(*site);
}

std::string bytes_text(double bytes) { return render::Amount::of_bytes(bytes).text(); }

void add_heap_tables(render::Page& page, const HeapProfile& heap) {
  const bool knows_ends = heap.frees_lost == 0;
  const auto add = [&page](const char* heading, render::Table table) {
    page.add(render::Paragraph{{render::Text{heading, Tone::strong}}});
    page.add(std::move(table));
  };
  if (!heap.leaks.leaked.empty() && knows_ends) add("leaks", slope_table(heap, heap.leaks.leaked));
  if (!heap.leaks.kept.empty() && knows_ends) {
    add("kept until the benchmark ends", slope_table(heap, heap.leaks.kept));
  }
  if (heap.curve.peak_bytes > 0) add("heap over the operations", curve_table(heap));
  if (!heap.spots.empty()) add("where it allocates", spots_table(heap));
  if (!heap.at_peak.empty()) add("held at the peak", peak_table(heap));
  if (heap.lifetimes.blocks > 0) add("lifetimes", lifetimes_table(heap.lifetimes));
  if (heap.allocations > 0) add("sizes", sizes_table(heap));
}

}  // namespace pulsebench::report
