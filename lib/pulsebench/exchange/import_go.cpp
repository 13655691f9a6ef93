#include <cctype>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/go_text.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/exchange/lines.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr std::string_view kFailed = "--- FAIL: ", kSkipped = "--- SKIP: ";

/// The lines of one benchmark.
struct GoBenchmark {
  std::string name, package;
  Outcome outcome = {};
  Visit visit = {};
  std::vector<std::pair<std::string, std::vector<double>>> others = {};  ///< by their unit

  void add(double value, const std::string& unit) {
    for (auto& [known, values] : others) {
      if (known == unit) return values.push_back(value);
    }
    others.emplace_back(unit, std::vector{value});
  }
};

/// Nanoseconds of an operation where `unit` is a time; else 0.
double ns_of(double value, const std::string& unit) {
  if (unit == "ns/op") return value;
  return unit == "sec/op" ? value * 1e9 : 0.0;  // as golang.org/x/perf writes it
}

void add_line(const GoLine& line, GoBenchmark& benchmark) {
  double ns = 0.0, bytes_per_second = 0.0;
  for (const auto& [value, unit] : line.values) {
    if (unit == "ns/op" || unit == "sec/op") {
      ns = ns_of(value, unit);
      benchmark.visit.slices.push_back({.ns_per_op = ns, .cpu_ns_per_op = ns, .disturbances = 0});
    } else if (unit == "MB/s" || unit == "B/s") {
      bytes_per_second = unit == "MB/s" ? value * 1e6 : value;
    } else {
      benchmark.add(value, unit);
    }
  }
  benchmark.visit.operations = line.operations;
  const double bytes = bytes_per_second * ns / 1e9;
  if (bytes >= 1e-9 && bytes <= 1e18) benchmark.visit.processed.bytes = bytes;
}

ForeignBenchmark foreign_of(GoBenchmark benchmark) {
  ForeignBenchmark foreign{.name = benchmark.name, .outcome = std::move(benchmark.outcome)};
  if (!benchmark.package.empty()) foreign.key = benchmark.package + "/" + benchmark.name;
  const std::uint64_t operations = benchmark.visit.operations;
  if (!benchmark.visit.slices.empty()) foreign.visits.push_back(std::move(benchmark.visit));
  std::optional<double> times, bytes;
  for (const auto& [unit, values] : benchmark.others) {
    const double median = stats::median(values);
    if (!(median >= 0.0) || median > 1e15) continue;
    if (unit == "allocs/op") {
      times = median;
    } else if (unit == "B/op") {
      bytes = median;
    } else {
      foreign.counters.push_back({.name = printable(unit, 100), .per_op = median});
    }
  }
  if (times) {
    foreign.allocations =
        Allocations{.per_op = times, .bytes_per_op = bytes.value_or(0.0), .operations = operations};
  }
  return foreign;
}

/// Follows the lines of a text.
class GoReading {
 public:
  Result<void> take(std::string_view line, const Source& source, std::size_t number) {
    if (const auto result = parse_go_line(line)) {
      if (!result->whole) {
        return wrong_source(source, fmt::format("its line {} is not values with units", number));
      }
      add_line(*result, benchmark_of(result->name));
    } else if (line.starts_with(kFailed) || line.starts_with(kSkipped)) {
      take_end(line);
    } else {
      take_configuration(line);
    }
    return {};
  }

  ForeignReport finish() && {
    for (GoBenchmark& benchmark : found_)
      report_.benchmarks.push_back(foreign_of(std::move(benchmark)));
    return std::move(report_);
  }

 private:
  GoBenchmark& benchmark_of(const std::string& name) {
    const auto [at, is_new] = places_.try_emplace(package_ + '\n' + name, found_.size());
    if (is_new) found_.push_back({.name = name, .package = package_});
    return found_[at->second];
  }

  /// "--- FAIL: BenchmarkEncode"
  void take_end(std::string_view line) {
    const bool failed = line.starts_with(kFailed);
    line.remove_prefix(kFailed.size());
    const std::string name{line.substr(0, line.find_first_of(" \t\r"))};
    if (!name.starts_with("Benchmark")) return;
    benchmark_of(name).outcome = {failed ? Status::failed : Status::skipped,
                                  failed ? "go test says that it failed" : "it skipped"};
  }

  /// "pkg: example.org/codec": holds for the lines below.
  void take_configuration(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = line.substr(0, colon);
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    value = value.substr(0, value.find('\r'));
    if (key == "pkg") package_ = value;
    if (key == "goos" || key == "goarch" || key == "cpu") {
      for (const auto& [known, unused] : report_.facts) {
        if (known == key) return;
      }
      report_.facts.emplace_back(key, value);
    }
  }

  ForeignReport report_;
  std::string package_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<GoBenchmark> found_;
};

}  // namespace

/// Lines of one name (`-count`) are of one process. The suffix of GOMAXPROCS stays in the name: it
/// is not there for one, and a name may end in a number itself.
Result<ForeignReport> read_go(const Source& source) {
  GoReading reading;
  PB_CHECK(each_line(source, [&](std::string_view line, std::size_t number) {
    return reading.take(line, source, number);
  }));
  return std::move(reading).finish();
}

}  // namespace pulsebench::exchange
