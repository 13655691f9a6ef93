#include "pulsebench/report/memory_tool_page.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/heap_stacks.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/memory_parts.hpp"

namespace pulsebench::report {
namespace {

using profile::MemoryTool;
using profile::ToolFinding;
using profile::ToolReport;
using render::Align;
using render::Tone;

constexpr std::size_t kMostFindingsShown = 20;

std::string site_of_finding(const ToolFinding& finding) {
  const profile::Frame* const site = profile::site_of(finding.frames);
  return site == nullptr ? "unknown" : profile::site_text(*site);
}

std::string callers_of_finding(const ToolFinding& finding) {
  const profile::Frame* const site = profile::site_of(finding.frames);
  std::string callers;
  bool beyond = false;
  for (const profile::Frame& frame : finding.frames) {
    if (frame.function.find("pulsebench::harness::run_batch<") != std::string::npos) break;
    if (beyond) callers += (callers.empty() ? "" : " ← ") + profile::short_name(frame.function);
    beyond = beyond || &frame == site;
  }
  return callers;
}

const char* per(const ToolReport& report) { return report.operations > 0.0 ? "/op" : ""; }

/// What a leak or the greatest allocation is: "512 B in leak(int) mem.cpp:14".
std::string finding_text(const ToolReport& report, const ToolFinding& finding) {
  const std::string where = " in " + site_of_finding(finding);
  if (finding.bytes > 0.0) return bytes_text(finding.bytes) + per(report) + where;
  return render::format_per_operation(finding.blocks) + " allocations" + per(report) + where;
}

render::Headline headline_of_tool(const ToolReport& report) {
  if (report.tool == MemoryTool::massif) {
    render::Headline headline{.clauses = {"peak " + bytes_text(report.peak_bytes)}};
    if (!report.findings.empty()) {
      headline.clauses.emplace_back("most: " + finding_text(report, report.findings.front()));
    }
    return headline;
  }
  const auto lost = std::find_if(report.findings.begin(), report.findings.end(),
                                 [](const ToolFinding& finding) { return !finding.kind.empty(); });
  if (lost == report.findings.end()) {
    return {.verdict = "no leak",
            .tone = Tone::good,
            .clauses = {fmt::format("{} found none", name_of(report.tool))}};
  }
  // What a whole process leaves is often still reachable: the tool cannot tell.
  if (lost->kind == "left" && report.operations == 0.0) {
    return {.clauses = {"left at the exit, most: " + finding_text(report, *lost)}};
  }
  return {.verdict = lost->kind, .tone = Tone::bad, .clauses = {finding_text(report, *lost)}};
}

render::Table findings_table(const ToolReport& report) {
  const std::string unit = per(report);
  render::Table table{.columns = {{.header = "what"},
                                  {.header = "blocks" + unit, .align = Align::right},
                                  {.header = "bytes" + unit, .align = Align::right},
                                  {.header = "function"},
                                  {.header = "called by", .elastic = true}},
                      .groups = {{}}};
  const std::size_t shown = std::min(kMostFindingsShown, report.findings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const ToolFinding& finding = report.findings[i];
    const bool held = report.tool == MemoryTool::massif;
    const std::string what = !finding.kind.empty() ? finding.kind : held ? "held" : "allocated";
    table.groups[0].rows.push_back(
        {.cells = {what,
                   finding.blocks > 0.0 ? render::Cell{render::PerOperation{finding.blocks}}
                                        : render::Cell{},
                   finding.bytes > 0.0 ? render::Cell{bytes_text(finding.bytes)} : render::Cell{},
                   site_of_finding(finding), callers_of_finding(finding)}});
  }
  if (shown < report.findings.size()) {
    table.legend.push_back({.text = fmt::format("and {} more", report.findings.size() - shown)});
  }
  return table;
}

std::string tool_json(const ToolReport& report) {
  auto findings = nlohmann::ordered_json::array();
  for (const ToolFinding& finding : report.findings) {
    auto frames = nlohmann::ordered_json::array();
    for (const profile::Frame& frame : finding.frames) {
      frames.push_back({{"function", frame.function}, {"file", frame.file}, {"line", frame.line}});
    }
    findings.push_back({{"kind", finding.kind},
                        {"blocks", finding.blocks},
                        {"bytes", finding.bytes},
                        {"site", site_of_finding(finding)},
                        {"frames", std::move(frames)}});
  }
  return json::document_text({{"schema", "pulsebench-memory-tool"},
                              {"version", 1},
                              {"benchmark", report.benchmark},
                              {"tool", name_of(report.tool)},
                              {"per_op", report.operations > 0.0},
                              {"heap_bytes", report.heap_bytes},
                              {"peak_bytes", report.peak_bytes},
                              {"findings", std::move(findings)}});
}

}  // namespace

render::Page memory_tool_page(const ToolReport& report) {
  render::Text title{fmt::format("{} of ", name_of(report.tool))};
  render::Page page{.title = std::move(title.add_verbatim(report.benchmark)),
                    .headline = headline_of_tool(report),
                    .json = [&report] { return tool_json(report); }};
  if (!report.heap_bytes.empty()) {
    render::Table curve{.columns = {{.header = "heap over the time of the process"}},
                        .groups = {{}}};
    curve.groups[0].rows.push_back({.cells = {render::Sparkline{report.heap_bytes}}});
    page.add(std::move(curve));
  }
  if (!report.findings.empty()) page.add(findings_table(report));
  page.add(
      render::Paragraph{{report.operations > 0.0
                             ? "of an operation: a process with twice the operations less one"
                             : "of the whole process, with its start and the benchmark's set-up"}});
  return page;
}

}  // namespace pulsebench::report
