#include "pulsebench/run/framework.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "pulsebench/run/catch2.hpp"
#include "pulsebench/run/criterion.hpp"
#include "pulsebench/run/nanobench.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {

std::span<const Framework> frameworks() {
  static constexpr std::array kFrameworks{
      Framework{Driver::nanobench, "nanobench", 0.1, list_nanobench, nanobench_visit},
      Framework{Driver::catch2, "catch2", 1.0, list_catch2, catch2_visit},
      Framework{Driver::criterion, "criterion", 0.3, list_criterion, criterion_visit}};
  return kFrameworks;
}

const Framework* framework_of(Driver driver) {
  const auto found = std::ranges::find(frameworks(), driver, &Framework::driver);
  return found == frameworks().end() ? nullptr : &*found;
}

Opened open_as(Driver driver, const ProcessSpec& spec, std::optional<Tier> tier) {
  const Framework& framework = *framework_of(driver);
  PB_TRY(auto listed, framework.list(spec));
  if (!listed) return std::nullopt;
  Suite suite{.executable = spec.executable,
              .driver = driver,
              .name = printable(spec.executable.filename().string(), 60),
              .build = {{"driver", std::string{framework.name}}},
              .benchmarks = {},
              .native_names = {}};
  for (NamedBenchmark& benchmark : *listed) {
    const auto id = BenchmarkId::parse(benchmark.id);
    if (!id) return failed("its list of benchmarks: " + id.error().message);
    suite.benchmarks.push_back(
        {.id = *id, .tier = tier.value_or(Tier::critical), .tier_declared = tier.has_value()});
    suite.native_names.push_back(std::move(benchmark.native_name));
  }
  return suite;
}

Opened open_other_program(const ProcessSpec& spec, std::optional<Tier> tier) {
  for (const Driver driver : {Driver::catch2, Driver::criterion}) {
    auto opened = open_as(driver, spec, tier);
    if (!opened || *opened) return opened;
  }
  return std::nullopt;
}

bool is_nanobench_output(const std::vector<std::string>& lines) {
  return std::ranges::any_of(lines, [](const std::string& line) {
    return line.find("\"results\": [") != std::string::npos ||
           line.find("ns/op |") != std::string::npos;
  });
}

}  // namespace pulsebench::run
