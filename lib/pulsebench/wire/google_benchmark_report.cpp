#include "pulsebench/wire/google_benchmark_report.hpp"

#include <limits>
#include <optional>
#include <string>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::wire {
namespace {

constexpr double kMaxTime = 1e13;

Failure wrong(const std::string& what) {
  return fail(ErrorCode::child_failed, "its Google Benchmark report is not usable: " + what);
}

/// Nanoseconds in one of `unit`; 0 where it is none that Google Benchmark writes.
double ns_in(const std::string& unit) {
  if (unit == "ns") return 1.0;
  if (unit == "us") return 1e3;
  if (unit == "ms") return 1e6;
  return unit == "s" ? 1e9 : 0.0;
}

bool is_set(const json::Value& run, const char* key) {
  const auto found = run.find(key);
  return found != run.end() && *found == true;
}

/// 1.7 writes `error_occurred`, 1.8 and newer `skipped` beside it or alone.
Result<void> check_ran(const json::Value& run) {
  for (const auto& [flag, message] :
       {std::pair{"error_occurred", "error_message"}, std::pair{"skipped", "skip_message"}}) {
    if (!is_set(run, flag)) continue;
    const auto text = run.find(message);
    const bool has_text = text != run.end() && text->is_string();
    return fail(ErrorCode::child_failed,
                "it skipped: " + (has_text ? printable(text->get<std::string>(), 200)
                                           : std::string{"no reason given"}));
  }
  return {};
}

bool is_repetition(const json::Value& run) {
  const auto type = run.find("run_type");
  return type == run.end() || *type == "iteration";
}

/// Of the library that wrote the report; empty before it said so.
std::string library_version(const json::Value& report) {
  const auto context = report.find("context");
  if (context == report.end() || !context->is_object()) return {};
  const auto version = context->find("library_version");
  return version != context->end() && version->is_string() ? version->get<std::string>() : "";
}

/// A rate that is no number is nobody's: the time beside it still counts.
std::optional<double> read_rate(const json::Value& run, const char* key, const RatedRun& rated) {
  const auto rate = run.find(key);
  if (rate == run.end() || !rate->is_number()) return std::nullopt;
  return amount_per_op(rate->get<double>(), rated);
}

Processed read_processed(const json::Value& run, const RatedRun& rated) {
  return {.bytes = read_rate(run, kBytesRate, rated), .items = read_rate(run, kItemsRate, rated)};
}

}  // namespace

Result<Visit> decode_google_benchmark(std::string_view text) {
  const auto report = json::Value::parse(text, nullptr, /*allow_exceptions=*/false);
  if (report.is_discarded()) {
    return wrong("it is not JSON; a result that is not a number, or a crash, makes it so");
  }
  json::Problem problem;
  json::Reader top{report, problem};
  const json::Value& runs = top.list("benchmarks");
  if (problem.noted()) return wrong(problem.text());
  const std::string version = library_version(report);
  Visit visit;
  std::string name;
  for (const json::Value& run : runs) {
    json::Reader fields{run, problem};
    const std::string run_name = fields.text("run_name");
    if (problem.noted()) return wrong(problem.text());
    PB_CHECK(check_ran(run));
    if (!is_repetition(run)) continue;
    if (!name.empty() && run_name != name) return wrong("it holds more than one benchmark");
    name = run_name;
    const double unit = ns_in(fields.text("time_unit"));
    const double real = fields.real("real_time", 0.0, kMaxTime) * unit;
    const double cpu = fields.real("cpu_time", 0.0, kMaxTime) * unit;
    visit.operations = fields.whole("iterations", 1, 1ULL << 60U);
    if (problem.noted()) return wrong(problem.text());
    if (unit == 0.0) return wrong("'time_unit' is none of ns, us, ms and s");
    if (real < std::numeric_limits<double>::min()) return wrong("'real_time' is zero");
    visit.slices.push_back({.ns_per_op = real, .cpu_ns_per_op = cpu, .disturbances = 0});
    const int threads = fields.has("threads") ? fields.small("threads", 1, 1'000'000) : 1;
    if (problem.noted()) return wrong(problem.text());
    visit.processed = read_processed(run, {.name = run_name,
                                           .real_per_op = real / 1e9,
                                           .cpu_per_op = cpu / 1e9,
                                           .threads = threads,
                                           .library_version = version});
  }
  if (visit.slices.empty()) {
    return wrong("it has no repetitions; take ReportAggregatesOnly off the benchmark");
  }
  return visit;
}

}  // namespace pulsebench::wire
