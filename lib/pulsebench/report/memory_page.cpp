#include "pulsebench/report/memory_page.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/memory_parts.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::CountRange;
using profile::HeapChange;
using profile::HeapCounts;
using profile::HeapProfile;
using profile::MemoryReport;
using render::Align;
using render::Mark;
using render::Tone;

std::string allocations_text(const HeapProfile& heap) {
  if (heap.allocations == 0) return "no allocations";
  const std::string count = render::format_per_operation(heap.per_op(heap.allocations));
  return fmt::format("{} {} and {} an operation", count,
                     count == "1" ? "allocation" : "allocations",
                     bytes_text(heap.per_op(heap.bytes)));
}

std::string leak_text(const HeapProfile& heap) {
  double bytes = 0.0;
  for (const profile::HeapSlope& leak : heap.leaks.leaked) bytes += leak.bytes_per_op;
  std::string text = fmt::format("{}/op in {}", bytes_text(bytes),
                                 site_of_stack(heap, heap.leaks.leaked.front().stack));
  if (heap.leaks.leaked.size() > 1) {
    text += fmt::format(" and {} more", heap.leaks.leaked.size() - 1);
  }
  return text;
}

render::Headline headline_of_heap(const HeapProfile& heap) {
  if (heap.frees_lost > 0) {
    return {
        .verdict = "leaks unknown",
        .tone = Tone::doubtful,
        .clauses = {"the recording had no room for the frees at the end", allocations_text(heap)}};
  }
  if (heap.leaks.leaked.empty()) {
    return {.verdict = "no leak", .tone = Tone::good, .clauses = {allocations_text(heap)}};
  }
  return {
      .verdict = "leaks", .tone = Tone::bad, .clauses = {leak_text(heap), allocations_text(heap)}};
}

std::string range_text(const CountRange& range) {
  if (range.exact()) return render::format_per_operation(range.low);
  return render::format_per_operation(range.low) + "–" + render::format_per_operation(range.high);
}

std::string change_text(const CountRange& before, const CountRange& after) {
  return range_text(before) + " → " + range_text(after);
}

bool same(const CountRange& a, const CountRange& b) { return a.low == b.low && a.high == b.high; }

render::Headline headline_of_change(const MemoryReport& report, int exit_code) {
  const HeapChange& change = *report.change;
  const bool more = grew(change.before, change.after), less = grew(change.after, change.before);
  render::Headline headline{.verdict = more   ? "more"
                                       : less ? "less"
                                              : "unchanged",
                            .tone = more ? Tone::bad : Tone::good,
                            .clauses = {}};
  const auto clause = [&](const char* what, const CountRange& before, const CountRange& after) {
    if (same(before, after)) return;
    headline.clauses.emplace_back(
        fmt::format("{} {} an operation", what, change_text(before, after)));
  };
  clause("allocations", change.before.allocations, change.after.allocations);
  clause("bytes", change.before.bytes, change.after.bytes);
  clause("leaked bytes", change.before.leaked_bytes, change.after.leaked_bytes);
  if (headline.clauses.empty()) headline.clauses.emplace_back(allocations_text(report.heap));
  if (more && !change.sites.empty()) {
    headline.clauses.emplace_back("most in " + change.sites.front().site);
  }
  if (exit_code != 0) headline.exit_code = exit_code;
  return headline;
}

render::Table change_table(const HeapChange& change) {
  render::Table table{.columns = {{.header = "allocations/op", .align = Align::right},
                                  {.header = "bytes/op", .align = Align::right},
                                  {.header = "leaked B/op", .align = Align::right},
                                  {.header = "function", .elastic = true}},
                      .groups = {{}}};
  for (const profile::SiteChange& site : change.sites) {
    const HeapCounts &before = site.before, &after = site.after;
    const auto cell = [](const CountRange& a, const CountRange& b) {
      return same(a, b) ? render::Text{range_text(b), Tone::quiet}
                        : render::Text{change_text(a, b)};
    };
    table.groups[0].rows.push_back(
        {.cells = {cell(before.allocations, after.allocations), cell(before.bytes, after.bytes),
                   cell(before.leaked_bytes, after.leaked_bytes), render::Name{site.site}}});
  }
  return table;
}

void add_notes(render::Page& page, const MemoryReport& report) {
  const HeapProfile& heap = report.heap;
  if (report.change && !report.change->repeats) {
    page.add(render::Note{Mark::unsure,
                          "the counts do not repeat: two runs of one side differ, so ranges are "
                          "shown, and only ranges that are apart count as a change"});
  }
  if (heap.operations < heap.operations_asked) {
    page.add(render::Note{
        Mark::attention,
        fmt::format("{} of {} operations were recorded: the next one would exceed 64 MiB",
                    heap.operations, heap.operations_asked)});
  }
  for (const profile::UnnamedFile& file : heap.unnamed) {
    page.add(render::Note{Mark::absent,
                          "functions of " + printable(file.path, 200) +
                              " have no names; install its debugging information",
                          /*detail=*/true});
  }
}

}  // namespace

render::Page memory_page(const MemoryReport& report, int exit_code) {
  const HeapProfile& heap = report.heap;
  render::Text title{"memory of "};
  title.add_verbatim(report.benchmark);
  if (report.change) title.add(" against ").add_verbatim(report.old_side);
  render::Page page{
      .title = std::move(title),
      .headline = report.change ? headline_of_change(report, exit_code) : headline_of_heap(heap),
      .json = [&report, exit_code] { return memory_json(report, exit_code); }};
  if (report.change && !report.change->sites.empty()) {
    page.add(render::Paragraph{{render::Text{"what changed", Tone::strong}}});
    page.add(change_table(*report.change));
  }
  add_heap_tables(page, heap);
  add_notes(page, report);
  page.add(
      render::Paragraph{{fmt::format("{} operations recorded",
                                     render::format_count(static_cast<long long>(heap.operations))),
                         fmt::format("counted in the last {}",
                                     render::format_count(static_cast<long long>(heap.counted)))}});
  return page;
}

}  // namespace pulsebench::report
