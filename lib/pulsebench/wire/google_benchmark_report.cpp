#include "pulsebench/wire/google_benchmark_report.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

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
    return fail(ErrorCode::nothing_measured,
                "it skipped: " + (has_text ? printable(text->get<std::string>(), 200)
                                           : std::string{"no reason given"}));
  }
  return {};
}

bool is_word(const json::Value& run, const char* key, std::string_view word) {
  const auto found = run.find(key);
  return found != run.end() && found->is_string() && found->get<std::string>() == word;
}

bool is_repetition(const json::Value& run) {
  return run.find("run_type") == run.end() || is_word(run, "run_type", "iteration");
}

/// What stands for the repetitions where the benchmark reports aggregates only.
bool is_median(const json::Value& run) {
  return is_word(run, "run_type", "aggregate") && is_word(run, "aggregate_name", "median");
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

/// What tells benchmarks of one name apart: the numbers of a registration and of its arguments.
std::pair<int, int> registration_of(const json::Value& run) {
  const auto number = [&](const char* key) {
    const auto found = run.find(key);
    return found != run.end() && found->is_number_integer() ? found->get<int>() : -1;
  };
  return {number("family_index"), number("per_family_instance_index")};
}

/// Appends what one repetition, or the median of all, says.
Result<void> add_run(const json::Value& run, const std::string& version, Visit& visit) {
  json::Problem problem;
  json::Reader fields{run, problem};
  const double unit = ns_in(fields.text("time_unit"));
  const double real = fields.real("real_time", 0.0, kMaxTime) * unit;
  const double cpu = fields.real("cpu_time", 0.0, kMaxTime) * unit;
  const int threads = fields.has("threads") ? fields.small("threads", 1, 1'000'000) : 1;
  visit.operations = fields.whole("iterations", 1, 1ULL << 60U);
  const RatedRun rated{.name = fields.text("run_name"),
                       .real_per_op = real / 1e9,
                       .cpu_per_op = cpu / 1e9,
                       .threads = threads,
                       .library_version = version};
  if (problem.noted()) return wrong(problem.text());
  if (unit == 0.0) return wrong("'time_unit' is none of ns, us, ms and s");
  if (real < std::numeric_limits<double>::min()) return wrong("'real_time' is zero");
  visit.slices.push_back(
      {.ns_per_op = wall_per_op(rated) * 1e9, .cpu_ns_per_op = cpu, .disturbances = 0});
  visit.processed = read_processed(run, rated);
  return {};
}

}  // namespace

Result<Visit> decode_google_benchmark(std::string_view text) {
  const auto report = json::Value::parse(repaired(text), nullptr, /*allow_exceptions=*/false);
  if (report.is_discarded()) return wrong("it is not JSON; a crash makes it so");
  json::Problem problem;
  json::Reader top{report, problem};
  const json::Value& runs = top.list("benchmarks");
  if (problem.noted()) return wrong(problem.text());
  const std::string version = library_version(report);
  const bool has_repetitions = std::any_of(runs.begin(), runs.end(), is_repetition);
  Visit visit;
  std::string name;
  std::optional<std::pair<int, int>> registration;
  for (const json::Value& run : runs) {
    json::Reader fields{run, problem};
    const std::string run_name = fields.text("run_name");
    if (problem.noted()) return wrong(problem.text());
    PB_CHECK(check_ran(run));
    if (has_repetitions ? !is_repetition(run) : !is_median(run)) continue;
    if (!name.empty() && run_name != name) return wrong("it holds more than one benchmark");
    name = run_name;
    if (registration.value_or(registration_of(run)) != registration_of(run)) {
      return wrong("it holds two benchmarks of one name");
    }
    registration = registration_of(run);
    PB_CHECK(add_run(run, version, visit));
  }
  if (visit.slices.empty()) return wrong("it has neither repetitions nor their median");
  return visit;
}

}  // namespace pulsebench::wire
