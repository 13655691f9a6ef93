#include "pulsebench/report/gpu_tool_page.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"

namespace pulsebench::report {
namespace {

using profile::GpuKernel;
using profile::GpuTool;
using profile::GpuToolReport;

constexpr std::size_t kMostKernelsShown = 20;

render::Headline headline_of_kernels(const GpuToolReport& report) {
  if (report.tool == GpuTool::ncu) return {.clauses = {"ncu wrote its report"}};
  if (report.kernels.empty()) return {.clauses = {"nsys saw no kernel"}};
  const GpuKernel& first = report.kernels.front();
  return {.clauses = {render::format_count(static_cast<long long>(report.kernels.size()), "kernel",
                                           "kernels"),
                      fmt::format("{:.0f} % of their time in {}", first.percent,
                                  profile::short_name(first.name))}};
}

render::Table kernels_table(const GpuToolReport& report) {
  render::Table table{.columns = {{.header = "%", .align = render::Align::right},
                                  {.header = "time", .align = render::Align::right},
                                  {.header = "runs", .align = render::Align::right},
                                  {.header = "kernel", .elastic = true}},
                      .groups = {{}}};
  const std::size_t shown = std::min(kMostKernelsShown, report.kernels.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const GpuKernel& kernel = report.kernels[i];
    table.groups[0].rows.push_back({.cells = {Percent{kernel.percent}, Cost{kernel.total_ns},
                                              render::Count{static_cast<long long>(kernel.runs)},
                                              render::Name{profile::short_name(kernel.name)}}});
  }
  return table;
}

std::string gpu_tool_json(const GpuToolReport& report) {
  auto kernels = nlohmann::ordered_json::array();
  for (const GpuKernel& kernel : report.kernels) {
    kernels.push_back({{"name", kernel.name},
                       {"percent", kernel.percent},
                       {"total_ns", kernel.total_ns},
                       {"runs", kernel.runs}});
  }
  return json::document_text({{"schema", "pulsebench-gpu-tool"},
                              {"version", 1},
                              {"benchmark", report.benchmark},
                              {"tool", name_of(report.tool)},
                              {"file", report.file.string()},
                              {"kernels", std::move(kernels)}});
}

}  // namespace

render::Page gpu_tool_page(const GpuToolReport& report) {
  render::Text title{fmt::format("{} of ", name_of(report.tool))};
  render::Page page{.title = std::move(title.add_verbatim(report.benchmark)),
                    .headline = headline_of_kernels(report),
                    .json = [&report] { return gpu_tool_json(report); }};
  if (!report.kernels.empty()) page.add(kernels_table(report));
  page.add(render::Paragraph{{render::Text{"kept: "}.add_verbatim(report.file.string())}});
  return page;
}

}  // namespace pulsebench::report
