#include "pulsebench/exchange/exporters.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "pulsebench/exchange/go_text.hpp"
#include "pulsebench/json/parse.hpp"
#include "sources.hpp"

using namespace pulsebench;
using namespace pulsebench::exchange;
using baseline::BenchmarkResult;
using baseline::Document;

namespace {

/// Two launches of 100 slices of 50 operations, 4 and 5 ns; an interval where that is asked for.
BenchmarkResult result_of(const std::string& id) {
  BenchmarkResult result{.info = {.id = *BenchmarkId::parse(id), .tier = Tier::fast}};
  result.batching = {.operations = 50, .slices = 100};
  result.launches.launch = {0, 1};
  result.launches.p25 = {4.0, 5.0};
  result.launches.slices = {100, 90};
  result.value = Cost{4.5};
  return result;
}

Document document_of(std::vector<BenchmarkResult> results) {
  Document document;
  document.benchmarks = std::move(results);
  return document;
}

std::string written(const char* format, std::vector<BenchmarkResult> results) {
  const Exporter* exporter = find_exporter(format);
  REQUIRE(exporter != nullptr);
  return exporter->write(document_of(std::move(results)));
}

BenchmarkResult crashed(const std::string& id) {
  BenchmarkResult result{.info = {.id = *BenchmarkId::parse(id)}};
  result.outcome = {Status::crashed, "SIGSEGV"};
  return result;
}

}  // namespace

// The format: https://go.dev/design/14313-benchmark-format
TEST_CASE("Go's text has a line for each launch, so that benchstat sees samples") {
  BenchmarkResult counted = result_of("a b/100%");
  counted.exact = ExactCount{.instructions_per_op = 21.0, .operations = 1000};
  counted.allocations = Allocations{.per_op = 2.0, .bytes_per_op = 96.0};
  CHECK(written("go", {counted, crashed("c")}) ==
        "Unit ns/op better=lower assume=nothing\n"
        "Unit instructions/op better=lower assume=exact\n"
        "Benchmark_a%20b/100%25 5000 4 ns/op 21 instructions/op 96 B/op 2 allocs/op\n"
        "Benchmark_a%20b/100%25 4500 5 ns/op 21 instructions/op 96 B/op 2 allocs/op\n");
}

TEST_CASE("a metric of a workload is written in its unit") {
  BenchmarkResult rate = result_of("ai:rate");
  rate.info.metric = Metric{.name = "rate", .unit = Unit::per_second, .better = Better::higher};
  CHECK(written("go", {rate})
            .find("Unit 1/s better=higher assume=nothing\n"
                  "Benchmark_ai:rate 5000 4 1/s\n") != std::string::npos);
  CHECK(written("bencher", {rate}).find("\"rate\"") != std::string::npos);
  CHECK(written("github-action-benchmark", {rate}).find("\"1/(1/s)\"") != std::string::npos);
}

// Mean and standard deviation of 4 and 5 by hand: 4.5, and the root of 0.5.
TEST_CASE("hyperfine's document has the times of a command, and its memory") {
  BenchmarkResult wall = result_of("pack:wall");
  wall.info.metric = Metric{.name = "wall"};
  BenchmarkResult memory = result_of("pack:max_rss");
  memory.info.metric = Metric{.name = "max_rss", .unit = Unit::bytes};
  const auto text = written("hyperfine", {wall, memory, result_of("sort"), crashed("c")});
  const auto document = json::parse(text, "x.json");
  REQUIRE(document.has_value());
  const json::Value& results = (*document)["results"];
  REQUIRE(results.size() == 2);
  CHECK(results[0]["command"] == "pack");
  CHECK(results[0]["mean"].get<double>() == doctest::Approx(4.5e-9));
  CHECK(results[0]["stddev"].get<double>() == doctest::Approx(std::sqrt(0.5) * 1e-9));
  CHECK(results[0]["times"].size() == 2);
  CHECK(results[0]["memory_usage_byte"] == json::Value({4.0, 5.0}));
  CHECK(results[1]["command"] == "sort");
  CHECK(!results[1].contains("memory_usage_byte"));
}

TEST_CASE("Go's text says the threads, and no id is taken for a number of processors") {
  BenchmarkResult threaded = result_of("sort/threads:4");
  threaded.info.threads = 4;
  CHECK(has(written("go", {threaded}), "Benchmark_sort/threads:4-4 "));
  CHECK(has(written("go", {result_of("utf-8")}), "Benchmark_utf-8-1 "));
  CHECK(has(written("go", {result_of("a\u00a0b\u2003c")}), "Benchmark_a%c2%a0b%e2%80%83c "));
}

TEST_CASE("Go's text of an import without samples is its aggregate") {
  BenchmarkResult aggregate = result_of("a");
  aggregate.launches = {};
  aggregate.aggregate = baseline::Aggregate{.figure = "median"};
  CHECK(has(written("go", {aggregate}), "Benchmark_a 1 4.5 ns/op\n"));
}

TEST_CASE("what is written for Go is read as it was") {
  Source source = text_source(written("go", {result_of("a/b")}));
  const auto document = imported(source);
  REQUIRE(document.has_value());
  CHECK(document->benchmarks[0].info.id.text() == "Benchmark_a/b");
  CHECK(document->benchmarks[0].value->value == 4.5);
  CHECK(document->benchmarks[0].launches.slices == std::vector{2});
}

// The format: https://bencher.dev/docs/reference/bencher-metric-format/
TEST_CASE("Bencher's format has the latency with its interval, and what was counted") {
  BenchmarkResult result = result_of("a\"b");
  result.interval = baseline::Interval{4.0, 5.0, 0.99};
  result.exact = ExactCount{.instructions_per_op = 21.0};
  const std::string text = written("bencher", {result, crashed("c")});
  CHECK(
      text ==
      "{\n  \"a\\\"b\": {\n    \"latency\": {\n      \"value\": 4.5,\n      \"lower_value\": 4.0,\n"
      "      \"upper_value\": 5.0\n    },\n    \"instructions\": {\n      \"value\": 21.0\n    }\n"
      "  }\n}\n");
}

TEST_CASE("github-action-benchmark's format has half the interval as the range") {
  BenchmarkResult result = result_of("a");
  result.interval = baseline::Interval{4.0, 5.0, 0.99};
  const std::string text = written("github-action-benchmark", {result});
  CHECK(has(text, "\"unit\": \"ns/op\""));
  CHECK(has(text, "\"range\": \"± 0.5\""));
  CHECK(has(text, "\"extra\": \"2 launches\\n99 % interval 4 to 5 ns\""));
  CHECK(written("github-action-benchmark", {}) == "[]\n");
}
