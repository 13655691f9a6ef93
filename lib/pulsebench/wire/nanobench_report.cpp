#include "pulsebench/wire/nanobench_report.hpp"

#include <utility>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::wire {
namespace {

constexpr double kMostSeconds = 1e4;
constexpr const char* kDefaultTitle = "benchmark";

Failure wrong_nanobench(const std::string& what) {
  return fail(ErrorCode::child_failed, "its nanobench report is not usable: " + what);
}

/// The document in what a program prints: from the first brace to the last.
std::string_view document_in(std::string_view text) {
  const std::size_t begin = text.find('{'), end = text.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  return text.substr(begin, end + 1 - begin);
}

Result<NanobenchResult> read_result(const json::Value& value) {
  json::Problem problem;
  json::Reader fields{value, problem};
  const std::string title = fields.text("title");
  NanobenchResult result{.id = fields.text("name"), .epochs = {}};
  if (title != kDefaultTitle) result.id = title + "/" + result.id;
  const double batch = fields.real("batch", 0.0, 1e18);
  const json::Value& epochs = fields.list("measurements");
  if (problem.noted()) return wrong_nanobench(problem.text());
  if (batch <= 0.0) return wrong_nanobench("'batch' is zero");
  for (const json::Value& epoch : epochs) {
    json::Reader measured{epoch, problem};
    const double seconds = measured.real("elapsed", 0.0, kMostSeconds);
    if (problem.noted()) return wrong_nanobench(problem.text());
    const double ns = seconds * 1e9 / batch;
    if (!(ns >= 1e-9)) return wrong_nanobench("'elapsed' is zero");
    result.epochs.push_back({.ns_per_op = ns, .cpu_ns_per_op = ns, .disturbances = 0});
  }
  if (result.epochs.empty()) return wrong_nanobench("'" + printable(result.id) + "' has no epochs");
  return result;
}

}  // namespace

bool looks_like_nanobench(std::string_view text) {
  return text.find("\"results\"") != std::string_view::npos &&
         text.find("\"elapsed\"") != std::string_view::npos;
}

Result<std::vector<NanobenchResult>> decode_nanobench(std::string_view text) {
  const auto report = json::parse_leniently(document_in(text), {});
  if (!report) return wrong_nanobench("it is not one JSON document");
  json::Problem problem;
  json::Reader top{*report, problem};
  const json::Value& results = top.list("results");
  if (problem.noted()) return wrong_nanobench(problem.text());
  std::vector<NanobenchResult> found;
  for (const json::Value& value : results) {
    PB_TRY(auto result, read_result(value));
    found.push_back(std::move(result));
  }
  if (found.empty()) return wrong_nanobench("it has no results");
  return found;
}

}  // namespace pulsebench::wire
