#include "pulsebench/wire/google_benchmark_report.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::wire {
namespace {

using json::text_at;

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

/// Why it did not run, in its own words; empty where it did. 1.7 writes `error_occurred`, 1.8 and
/// newer `skipped` beside it or alone.
std::string why_skipped(const json::Value& run) {
  for (const auto& [flag, message] :
       {std::pair{"error_occurred", "error_message"}, std::pair{"skipped", "skip_message"}}) {
    if (!is_set(run, flag)) continue;
    const std::string text = text_at(run, message);
    return "it skipped: " + (text.empty() ? "no reason given" : printable(text, 200));
  }
  return {};
}

bool is_repetition(const json::Value& run) {
  return run.find("run_type") == run.end() || text_at(run, "run_type") == "iteration";
}

/// Of aggregates: what stands for the repetitions where the benchmark reports nothing else.
bool is_median(const json::Value& run) { return text_at(run, "aggregate_name") == "median"; }

/// What is fitted over the sizes of several benchmarks.
bool is_fit(const json::Value& run) {
  const std::string aggregate = text_at(run, "aggregate_name");
  return aggregate == "BigO" || aggregate == "RMS";
}

/// The text as JSON: Google Benchmark writes a number that is none as NaN or Infinity, and the
/// bytes of a label as they are.
std::string repaired(std::string_view text) {
  std::string json;
  json.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (text[at] == '"') {
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end, text.size());
      json += '"' + printable(text.substr(at + 1, end - at - 1), text.size());
    } else if (std::isalpha(static_cast<unsigned char>(text[at])) != 0) {
      while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
      const std::string_view word = text.substr(at, end - at);
      const bool is_json = word == "true" || word == "false" || word == "null" || word == "e" ||
                           word == "E";  // of 1e+06
      if (!is_json && !json.empty() && json.back() == '-') json.pop_back();
      json += is_json ? word : "null";
    } else {
      json += text[at];
    }
    if (text[at] == '"' && end < text.size()) json += text[end++];
    at = end;
  }
  return json;
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

constexpr std::pair kUnsaid{-1, -1};

/// What tells benchmarks of one name apart: the numbers of a registration and of its arguments.
std::pair<int, int> registration_of(const json::Value& run) {
  const auto number = [&](const char* key) {
    const auto found = run.find(key);
    return found != run.end() && found->is_number_integer() ? found->get<int>() : kUnsaid.first;
  };
  return {number("family_index"), number("per_family_instance_index")};
}

/// Appends what one repetition, or the median of all, says. Returns what is wrong with it; empty
/// where nothing is.
std::string add_run(const json::Value& run, const std::string& version,
                    ReportedBenchmark& benchmark) {
  json::Problem problem;
  json::Reader fields{run, problem};
  Visit& visit = benchmark.visit;
  const double unit = ns_in(fields.text("time_unit"));
  const double real = fields.real("real_time", 0.0, kMaxTime) * unit;
  const double cpu = fields.real("cpu_time", 0.0, kMaxTime) * unit;
  const int threads =
      fields.has("threads") ? fields.small("threads", 1, 1'000'000) : benchmark.threads;
  visit.operations = fields.whole("iterations", 1, 1ULL << 60U);
  const RatedRun rated{.name = benchmark.name,
                       .real_per_op = real / 1e9,
                       .cpu_per_op = cpu / 1e9,
                       .threads = threads,
                       .library_version = version};
  if (problem.noted()) return problem.text();
  benchmark.threads = threads;
  if (unit == 0.0) return "'time_unit' is none of ns, us, ms and s";
  if (real < std::numeric_limits<double>::min()) return "'real_time' is zero";
  visit.slices.push_back(
      {.ns_per_op = wall_per_op(rated) * 1e9, .cpu_ns_per_op = cpu, .disturbances = 0});
  visit.processed = read_processed(run, rated);
  if (benchmark.label.empty()) benchmark.label = text_at(run, "label");
  return {};
}

/// Follows the rows of a report.
class ReportReading {
 public:
  explicit ReportReading(std::string version) : version_(std::move(version)) {}

  /// Returns what is wrong with the report; empty where nothing is.
  std::string take(const json::Value& run) {
    json::Problem problem;
    json::Reader fields{run, problem};
    if (problem.noted()) return problem.text();
    if (!fields.has("run_name") && !fields.has("time_unit") && fields.has("name")) {
      return "it lists benchmarks (--benchmark_list_tests), and has no times";
    }
    const std::string name = fields.text("run_name");
    if (problem.noted()) return problem.text();
    if (!is_fit(run)) take(run, benchmark_of(run, name));
    return {};
  }

  std::vector<ReportedBenchmark> finish() && {
    for (Rows& rows : found_) {
      ReportedBenchmark& benchmark = rows.benchmark;
      if (benchmark.outcome.status == Status::ok && benchmark.visit.slices.empty()) {
        benchmark.outcome = {Status::failed, "it has neither repetitions nor their median"};
      }
    }
    std::vector<ReportedBenchmark> benchmarks;
    for (Rows& rows : found_) benchmarks.push_back(std::move(rows.benchmark));
    return benchmarks;
  }

 private:
  struct Rows {
    ReportedBenchmark benchmark;
    bool repetitions = false;
  };

  /// An aggregate that does not say its registration belongs to the repetitions before it.
  Rows& benchmark_of(const json::Value& run, const std::string& name) {
    const auto registration = registration_of(run);
    const bool unsaid = registration == kUnsaid && !is_repetition(run);
    if (unsaid && !found_.empty() && found_.back().benchmark.name == name) return found_.back();
    const auto [at, is_new] = places_.try_emplace({name, registration}, found_.size());
    if (is_new) found_.push_back({{.name = name, .registration = registration}});
    return found_[at->second];
  }

  void take(const json::Value& run, Rows& rows) {
    ReportedBenchmark& benchmark = rows.benchmark;
    if (benchmark.outcome.status != Status::ok) return;
    if (const std::string why = why_skipped(run); !why.empty()) {
      benchmark.outcome = {Status::skipped, why};
      return;
    }
    const bool repetition = is_repetition(run);
    if (!repetition && (rows.repetitions || !is_median(run))) return;
    if (repetition && !rows.repetitions) benchmark.visit.slices.clear();  // a median came before
    rows.repetitions = repetition;
    if (const std::string wrong = add_run(run, version_, benchmark); !wrong.empty()) {
      benchmark.outcome = {Status::failed, wrong};
    }
    benchmark.median_of = repetition ? 0 : benchmark.visit.operations;
  }

  std::string version_;
  std::map<std::pair<std::string, std::pair<int, int>>, std::size_t> places_;
  std::vector<Rows> found_;
};

}  // namespace

Result<GoogleBenchmarkReport> decode_google_benchmark_report(std::string_view text) {
  const auto parsed = json::parse_leniently(repaired(text), {});
  if (!parsed) return wrong("it is not JSON; a crash makes it so");
  json::Problem problem;
  json::Reader top{*parsed, problem};
  const json::Value& runs = top.list("benchmarks");
  if (problem.noted()) return wrong(problem.text());
  const json::Value* context = top.find("context");
  const auto said = [&](const char* key) {
    return context == nullptr ? std::string{} : text_at(*context, key);
  };
  GoogleBenchmarkReport report{.library_version = said("library_version"),
                               .date = said("date"),
                               .host = said("host_name"),
                               .benchmarks = {}};
  ReportReading reading{report.library_version};
  for (const json::Value& run : runs) {
    if (const std::string fault = reading.take(run); !fault.empty()) return wrong(fault);
  }
  report.benchmarks = std::move(reading).finish();
  return report;
}

Result<Visit> decode_google_benchmark(std::string_view text) {
  PB_TRY(auto report, decode_google_benchmark_report(text));
  auto& benchmarks = report.benchmarks;
  if (benchmarks.empty()) return wrong("it has neither repetitions nor their median");
  for (const ReportedBenchmark& benchmark : benchmarks) {
    const auto& [status, reason] = benchmark.outcome;
    if (status == Status::skipped) return fail(ErrorCode::nothing_measured, reason);
    if (status != Status::ok) return wrong(reason);
    if (benchmark.name != benchmarks.front().name) return wrong("it holds more than one benchmark");
  }
  if (benchmarks.size() > 1) return wrong("it holds two benchmarks of one name");
  return std::move(benchmarks.front().visit);
}

}  // namespace pulsebench::wire
