#include "pulsebench/report/gpu_page.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::GpuFigure;
using profile::GpuProfile;
using profile::GpuUse;
using render::Align;
using render::Tone;

/// `1.23 mJ`.
std::string energy_text(double joules) {
  constexpr std::pair<double, const char*> kUnits[] = {
      {1.0, "J"}, {1e-3, "mJ"}, {1e-6, "µJ"}, {1e-9, "nJ"}};
  for (const auto& [size, unit] : kUnits) {
    if (joules < size && size > 1e-9) continue;
    const double amount = joules / size;
    return amount < 1000.0 ? fmt::format("{:.{}f} {}", amount, render::decimals_for(amount), unit)
                           : fmt::format("{:.0f} {}", amount, unit);
  }
  return "0 J";
}

std::string memory_text(double bytes) {
  return (bytes < 0.0 ? "-" : "") + render::Amount::of_bytes(bytes < 0.0 ? -bytes : bytes).text();
}

/// One line of a device: the figure, its value or that it is absent, and why or how.
void add_figure(render::Table& table, const char* name, const GpuFigure& figure,
                std::string (*text)(double), const std::string& how) {
  if (figure.value) {
    table.groups.back().rows.push_back({.cells = {name, text(*figure.value), how}});
  } else {
    table.groups.back().rows.push_back(
        {.cells = {name, render::Text{"absent", Tone::quiet}, printable(figure.absent, 200)}});
  }
}

void add_device(render::Table& table, const GpuProfile& profile, const GpuUse& use) {
  const auto percent = [](double value) { return fmt::format("{:.0f} %", value); };
  const auto whole = [](double value) { return fmt::format("{:.0f} MHz", value); };
  const auto celsius = [](double value) { return fmt::format("{:.0f} °C", value); };
  table.groups.push_back({.title = printable(use.name, 100)});
  add_figure(table, "energy of an operation", profile.energy_per_op(use), energy_text,
             use.energy_by);
  add_figure(table, "energy", use.energy_joules, energy_text, use.energy_by);
  add_figure(table, "utilization", use.utilization_percent, percent, "mean");
  add_figure(table, "memory bus", use.memory_bus_percent, percent, "mean");
  add_figure(table, "memory, peak", use.memory_peak_bytes, memory_text, "of the device");
  add_figure(table, "memory, added", use.memory_delta_bytes, memory_text, "peak less start");
  add_figure(table, "memory, process", use.process_peak_bytes, memory_text, "peak");
  add_figure(table, "temperature", use.temperature_celsius, celsius, "highest");
  add_figure(table, "SM clock", use.sm_clock_mhz, whole, "mean");
  const auto& throttling = use.throttling;
  table.groups.back().rows.push_back(
      throttling.absent.empty()
          ? render::Row{.cells = {"throttled", throttling.at_end,
                                  "at the start: " + throttling.at_start}}
          : render::Row{.cells = {"throttled", render::Text{"absent", Tone::quiet},
                                  printable(throttling.absent, 200)}});
}

render::Headline headline_of(const GpuProfile& profile) {
  if (!profile.gpu.absent.empty()) return {.clauses = {printable(profile.gpu.absent, 400)}};
  const GpuUse& use = profile.gpu.devices.front();
  const GpuFigure energy = profile.energy_per_op(use);
  const std::string cost = render::format_cost(profile.cost) + " an operation";
  if (!energy.value) return {.clauses = {cost, "its energy is not known"}};
  return {.clauses = {energy_text(*energy.value) + " an operation, by the " + use.energy_by, cost}};
}

nlohmann::ordered_json figure_json(const GpuFigure& figure) {
  if (figure.value) return {{"value", *figure.value}};
  return {{"absent", figure.absent}};
}

nlohmann::ordered_json device_json(const GpuProfile& profile, const GpuUse& use) {
  nlohmann::ordered_json throttling{{"absent", use.throttling.absent}};
  if (use.throttling.absent.empty()) {
    throttling = {{"at_start", use.throttling.at_start}, {"at_end", use.throttling.at_end}};
  }
  return {{"name", use.name},
          {"energy_joules_per_op", figure_json(profile.energy_per_op(use))},
          {"energy_joules", figure_json(use.energy_joules)},
          {"energy_by", use.energy_by},
          {"utilization_percent", figure_json(use.utilization_percent)},
          {"memory_bus_percent", figure_json(use.memory_bus_percent)},
          {"memory_peak_bytes", figure_json(use.memory_peak_bytes)},
          {"memory_delta_bytes", figure_json(use.memory_delta_bytes)},
          {"process_peak_bytes", figure_json(use.process_peak_bytes)},
          {"temperature_celsius", figure_json(use.temperature_celsius)},
          {"sm_clock_mhz", figure_json(use.sm_clock_mhz)},
          {"throttling", std::move(throttling)}};
}

std::string gpu_json(const GpuProfile& profile) {
  auto devices = nlohmann::ordered_json::array();
  for (const GpuUse& use : profile.gpu.devices) devices.push_back(device_json(profile, use));
  return json::document_text({{"schema", "pulsebench-gpu"},
                              {"version", 1},
                              {"benchmark", profile.benchmark},
                              {"absent", profile.gpu.absent},
                              {"ns_per_op", profile.cost.value},
                              {"seconds", profile.gpu.seconds},
                              {"samples", profile.gpu.samples},
                              {"devices", std::move(devices)}});
}

}  // namespace

render::Page gpu_page(const GpuProfile& profile) {
  render::Page page{.title = render::Text{"GPU of "}.add_verbatim(profile.benchmark),
                    .headline = headline_of(profile),
                    .json = [&profile] { return gpu_json(profile); }};
  if (!profile.gpu.absent.empty()) return page;
  render::Table table{.columns = {{.header = "figure"},
                                  {.header = "value", .align = Align::right},
                                  {.header = "", .elastic = true}},
                      .groups_are = "device"};
  for (const GpuUse& use : profile.gpu.devices) add_device(table, profile, use);
  page.add(std::move(table));
  page.add(render::Paragraph{{fmt::format("{:.1f} s", profile.gpu.seconds),
                              render::format_count(profile.gpu.samples, "sample", "samples"),
                              "energy has the idle GPU's and the benchmark's set-up in it"}});
  return page;
}

}  // namespace pulsebench::report
